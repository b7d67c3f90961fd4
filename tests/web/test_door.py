from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from engine.reporting.seal import COOKIE, opened, secret_beside
from engine.store import clients, meta, people
from web.carry_on import CarryOn
from web.door import demo_routes, go_route

NOW = datetime(2026, 11, 9, tzinfo=UTC)


@pytest.fixture
def browser(temp_store):
    def fill(conn):
        meta.put(conn, "demo", "1")
        clients.add_client(
            conn,
            clients.Client(
                client="alder",
                name="Alder & Finch",
                sector="ecommerce",
                currency="USD",
                time_zone="America/New_York",
                phase="closed_loop",
                primary_action="order",
                paused=False,
                opened_on=date(2026, 9, 10),
            ),
        )
        right = people.Right("alder", "client")
        people.add_person(conn, people.Person("ben", "Ben Carver", "client"), [right])

    temp_store.write(fill)
    house = SimpleNamespace(store=temp_store)
    app = Starlette(
        routes=[*demo_routes(lambda: house), go_route()], middleware=[Middleware(CarryOn)]
    )
    app.state.house = house
    return TestClient(
        app, client=("127.0.0.1", 1), base_url="http://localhost:8501", follow_redirects=False
    )


def test_entering_as_a_demo_person_sets_a_sealed_cookie_and_goes_home(browser):
    answer = browser.get("/demo/enter/ben")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    secret = secret_beside(browser.app.state.house.store.path)
    assert opened(answer.cookies[COOKIE], secret) == "ben"
    flags = answer.headers["set-cookie"].lower()
    assert "httponly" in flags
    assert "samesite=lax" in flags


def test_an_unknown_person_gets_no_cookie(browser):
    answer = browser.get("/demo/enter/mallory")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_real_store_has_no_demo_people(browser):
    browser.app.state.house.store.write(lambda conn: meta.put(conn, "demo", "0"))
    assert browser.get("/demo/enter/ben").status_code == 404


def test_nobody_enters_from_another_machine(browser):
    far = TestClient(browser.app, client=("10.0.0.7", 1), base_url="http://localhost")
    assert far.get("/demo/enter/ben").status_code == 403


def test_leaving_takes_the_cookie_back(browser):
    browser.get("/demo/enter/ben")
    answer = browser.get("/demo/leave")
    assert answer.status_code == 303
    assert 'cc_demo_person=""' in answer.headers["set-cookie"]


def test_a_link_in_a_message_leads_to_its_escalation(browser):
    answer = browser.get("/go/E-101")
    assert answer.headers["location"] == "/?go=E-101"
    kept = answer.headers["set-cookie"].lower()
    assert kept.startswith("cc_go=e-101;")
    assert all(flag in kept for flag in ("httponly", "max-age=600", "samesite=lax"))


def test_who_enters_after_a_link_is_led_on_once(browser):
    browser.get("/go/E-101")
    assert browser.get("/demo/enter/ben").headers["location"] == "/?go=E-101"
    assert browser.get("/demo/enter/ben").headers["location"] == "/"


def test_a_refused_entry_keeps_the_link(browser):
    browser.get("/go/E-101")
    assert browser.get("/demo/enter/mallory").status_code == 404
    assert browser.get("/demo/enter/ben").headers["location"] == "/?go=E-101"


def test_a_kept_link_that_is_no_name_leads_nowhere(browser):
    browser.cookies.set("cc_go", "//evil.example")
    assert browser.get("/demo/enter/ben").headers["location"] == "/"


@pytest.mark.parametrize("wanted", ["E-1%0d%0aX: y", "https:%2f%2fevil.example", "101", "E-"])
def test_a_link_takes_names_only_and_never_an_address(browser, wanted):
    assert browser.get(f"/go/{wanted}").status_code == 404

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.reporting.seal import COOKIE, opened, secret_beside
from engine.store import clients, meta, people
from web.door import door_routes

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
    app = Starlette(routes=door_routes(lambda: house))
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
    assert browser.get("/go/E-101").headers["location"] == "/inbox?e=E-101"


@pytest.mark.parametrize("wanted", ["E-1%0d%0aX: y", "https:%2f%2fevil.example", "101", "E-"])
def test_a_link_takes_names_only_and_never_an_address(browser, wanted):
    assert browser.get(f"/go/{wanted}").status_code == 404

from starlette.applications import Starlette
from starlette.testclient import TestClient

from engine.model.errors import TryLater
from web.health import exposition, health_routes

WELL = {
    "ok": True,
    "store": True,
    "scheduler": True,
    "sandbox": None,
    "tick_age_seconds": {"alder": 12.4, "northgate": None},
}


def _get(answer, path="/healthz"):
    app = Starlette(routes=health_routes({"health": answer}, object))
    return TestClient(app).get(path)


def test_a_well_process_answers_200_with_the_age_of_each_tick():
    answer = _get(lambda house, arguments: WELL)
    assert answer.status_code == 200
    assert answer.json()["tick_age_seconds"]["alder"] == 12.4


def test_a_scheduler_that_stands_still_is_503():
    answer = _get(lambda house, arguments: {**WELL, "ok": False, "scheduler": False})
    assert (answer.status_code, answer.json()["scheduler"]) == (503, False)


def test_a_store_that_cannot_be_read_is_503_and_says_so():
    def broken(house, arguments):
        raise TryLater("The store is open elsewhere.")

    answer = _get(broken)
    assert answer.status_code == 503
    assert answer.json()["problem"] == "The store is open elsewhere."


def test_an_unforeseen_failure_is_503_without_its_inner_words():
    def broken(house, arguments):
        raise RuntimeError("secret path /x")

    answer = _get(broken)
    assert answer.status_code == 503
    assert "secret" not in answer.text


def test_metrics_show_parts_and_ages_and_leave_out_what_is_unknown():
    text = exposition({**WELL, "sandbox": False})
    assert "cc_up 1\n" in text
    assert 'cc_part_up{part="sandbox"} 0\n' in text
    assert 'cc_last_tick_age_seconds{client="alder"} 12\n' in text
    assert "northgate" not in text


def test_the_metrics_route_answers_even_when_the_store_is_down():
    def broken(house, arguments):
        raise TryLater("no")

    answer = _get(broken, "/metrics")
    assert answer.status_code == 200
    assert "cc_up 0" in answer.text

"""Chores after a pass: one that fails stops no other."""

from datetime import UTC, datetime

from engine.model.errors import TryLater
from jobs.chores import do_chores

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)


def test_a_chore_that_fails_is_logged_and_stops_no_other(caplog):
    done = []

    def late(_house, _client, _now):
        raise TryLater("The post is not there.")

    def broken(_house, _client, _now):
        raise ZeroDivisionError

    def well(_house, client, now):
        done.append((client, now))

    do_chores(None, "northgate", NOW, (late, broken, well))
    assert done == [("northgate", NOW)]
    assert "late for northgate waits: The post is not there." in caplog.text
    assert "broken for northgate broke down" in caplog.text

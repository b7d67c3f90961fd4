from datetime import date, datetime
from typing import Any

from engine.model.errors import AskPerson, GiveUp, TryLater
from engine.model.outcomes import Pull
from engine.signal.collect import read_account, read_deals
from tests.engine.brainkit import ACCOUNT, NOW, TODAY, deals, facts, snapshot

DAYS = (date(2026, 10, 11), TODAY)


class Recorded:
    """A platform that answers from memory, or fails at the call it is told to."""

    key = "google_ads"

    def __init__(self, **faults: Exception) -> None:
        self.faults = faults

    def snapshot(self, client: str, account: Any, now: datetime) -> Any:
        if "snapshot" in self.faults:
            raise self.faults["snapshot"]
        return snapshot({"a": True})

    def facts(self, client: str, account: Any, first: date, last: date, now: datetime) -> Pull:
        if "facts" in self.faults:
            raise self.faults["facts"]
        return Pull(self.key, facts([]), first, last, now)


class Crm:
    key = "crm"

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def deals(self, client: str, since: str, now: datetime) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_platform_that_answers_gives_structure_figures_and_a_fresh_state() -> None:
    found = read_account(Recorded(), "acme", ACCOUNT, NOW, DAYS)
    assert found.snapshot is not None
    assert found.pull is not None
    assert (found.pull.first, found.pull.last) == DAYS
    assert found.state.state == "fresh"


def test_figures_that_fail_keep_the_structure_that_was_read() -> None:
    found = read_account(Recorded(facts=TryLater("Quota.")), "acme", ACCOUNT, NOW, DAYS)
    assert found.snapshot is not None
    assert found.pull is None
    assert found.state.state == "late"


def test_no_fault_of_one_source_reaches_the_next() -> None:
    for fault in (TryLater("a"), GiveUp("b"), AskPerson("c")):
        found = read_account(Recorded(snapshot=fault), "acme", ACCOUNT, NOW, DAYS)
        assert found.snapshot is None
        assert found.state.state != "fresh"
        assert read_deals(Crm(fault), "acme", "mark", NOW).bookmark == "mark"


def test_new_deals_move_the_bookmark_and_none_leave_it() -> None:
    pull = Pull("crm", deals([{}]), TODAY, TODAY, NOW)
    assert read_deals(Crm((pull, "next")), "acme", "mark", NOW).bookmark == "next"
    nothing = read_deals(Crm(None), "acme", "mark", NOW)
    assert (nothing.pull, nothing.bookmark, nothing.state.state) == (None, "mark", "fresh")

"""What is allowed in which state, and what an event makes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.model.escalation_life import (
    ALLOWED,
    UNDECIDED,
    Acknowledge,
    Answer,
    Breach,
    Close,
    Defer,
    Drafted,
    HandOver,
    Life,
    NotAllowed,
    Reassign,
    Return,
    Snooze,
    Wake,
    due_for,
    step,
)

NOW = datetime(2026, 11, 9, 10, tzinfo=UTC)
DUE = NOW + timedelta(hours=4)
HOUR = timedelta(hours=1)
OPEN = Life("open", "ann", "bob", NOW - HOUR, 5.0, DUE)
STATES = (*UNDECIDED, "approved", "rejected", "tightened", "done", "voided")
EVENTS = {
    Acknowledge: Acknowledge("ann"),
    Reassign: Reassign("ann", "cat", DUE, 4.0),
    HandOver: HandOver(DUE, 4.0),
    Snooze: Snooze("ann", NOW + HOUR, "Later."),
    Defer: Defer("ann", NOW + HOUR, "Later."),
    Answer: Answer("ann", "approved", "Yes."),
    Drafted: Drafted("ann"),
    Wake: Wake(),
    Return: Return("ann", DUE),
    Breach: Breach(),
    Close: Close("done", "It is over."),
}


def in_state(status: str) -> Life:
    past = NOW - HOUR
    return replace(OPEN, status=status, snoozed_until=past, deferred_until=past)


@pytest.mark.parametrize("status", STATES)
@pytest.mark.parametrize("event", EVENTS)
def test_an_event_happens_only_where_the_table_allows_it(status, event) -> None:
    life = in_state(status)
    now = NOW
    if event is Breach:
        life = replace(life, due_at=NOW)
    if status in ALLOWED[event]:
        assert step(life, EVENTS[event], now) != life
    else:
        with pytest.raises(NotAllowed, match=status):
            step(life, EVENTS[event], now)


def test_the_table_speaks_of_every_event() -> None:
    assert set(ALLOWED) == set(EVENTS)


@pytest.mark.parametrize("event", [Wake(), Return("ann", DUE), Breach()])
def test_time_does_nothing_before_its_instant(event) -> None:
    status = {Wake: "snoozed", Return: "deferred", Breach: "open"}[type(event)]
    life = replace(OPEN, status=status, snoozed_until=DUE, deferred_until=DUE)
    with pytest.raises(NotAllowed, match="not time"):
        step(life, event, NOW)


def test_what_sleeps_wakes_as_what_it_was() -> None:
    taken = step(OPEN, Acknowledge("ann"), NOW)
    asleep = step(taken, Snooze("ann", NOW + HOUR, "Later."), NOW)
    assert due_for(asleep, NOW) is None
    assert due_for(asleep, NOW + HOUR) == Wake()
    assert step(asleep, Wake(), NOW + HOUR).status == "acknowledged"
    assert asleep.due_at == DUE


def test_a_snooze_ends_at_the_deadline_at_the_latest() -> None:
    assert step(OPEN, Snooze("ann", DUE, "Later."), NOW).snoozed_until == DUE
    with pytest.raises(NotAllowed, match="until its deadline at most"):
        step(OPEN, Snooze("ann", DUE + HOUR, "Later."), NOW)


def test_a_deadline_is_dealt_with_once_and_approves_nothing() -> None:
    assert due_for(OPEN, DUE) == Breach()
    late = step(OPEN, Breach(), DUE)
    assert (late.status, late.asked, late.breached_due) == ("open", "bob", DUE)
    assert due_for(late, DUE + 9 * HOUR) is None
    with pytest.raises(NotAllowed, match="done already"):
        step(late, Breach(), DUE)


def test_what_was_put_off_comes_back_with_a_fresh_deadline_and_nobody_holding_it() -> None:
    away = step(step(OPEN, Acknowledge("ann"), NOW), Defer("ann", DUE + HOUR, "Monday."), NOW)
    assert due_for(away, DUE) is None  # its old deadline does not count meanwhile
    assert due_for(away, DUE + HOUR) == "return"
    back = step(away, Return("bob", DUE + 9 * HOUR), DUE + HOUR)
    assert (back.status, back.asked, back.acknowledged_by) == ("open", "bob", None)
    assert back.due_at == DUE + 9 * HOUR


def test_the_rest_of_the_time_goes_on_with_somebody_else_and_what_is_late_stays_late() -> None:
    given = step(OPEN, Reassign("ann", "cat", DUE + HOUR, 4.0), NOW)
    assert (given.asked, given.due_at, given.sla_hours, given.clock_from) == (
        "cat",
        DUE + HOUR,
        4.0,
        NOW,
    )
    late = step(OPEN, Breach(), DUE)
    assert step(late, Reassign("bob", "cat", DUE + 9 * HOUR, 4.0), DUE).due_at == DUE
    with pytest.raises(NotAllowed, match="asked already"):
        step(OPEN, Reassign("bob", "ann", DUE, 4.0), NOW)

"""Hands off holds for everybody until it ends or is lifted."""

from datetime import date, timedelta

import pytest

from engine.commands import control, live, locks, moves
from engine.model.errors import BadInput
from engine.model.moves import Wanted
from engine.model.world import World
from engine.reporting.moves import moves as seen_moves
from tests.engine.commands.moving import (
    ACCOUNT,
    NOW,
    A,
    budget,
    house,
    market,
    strategies,
    who,
)

__all__ = ["house", "market", "who"]  # fixtures


@pytest.mark.parametrize(
    ("level", "thing"),
    [("campaign", "s1"), ("channel", "google_search"), ("account", ACCOUNT.account)],
)
def test_what_is_hands_off_is_touched_by_nobody_until_it_ends(house, who, market, level, thing):
    until = NOW + timedelta(days=2)
    locks.put(
        house, who("tom"), NOW, client=A, level=level, thing=thing, until=until, reason="Audit."
    )
    for wish in (budget(290), Wanted("pause", "s1"), Wanted("pause_ad", "s1", variant="a1")):
        shown = moves.preview(house, who("priya"), NOW, client=A, wanted=wish)
        assert shown.verdict == "blocked"
        assert any("hands off" in r and "Tom Okafor" in r and "Audit." in r for r in shown.reasons)
    later = moves.preview(house, who("priya"), until, client=A, wanted=Wanted("pause", "s1"))
    assert not any("hands off" in r for r in later.reasons)


def test_the_kill_switch_stops_what_is_hands_off(house, who, market):
    until = NOW + timedelta(days=2)
    locks.put(
        house, who("tom"), NOW, client=A, level="campaign", thing="s1", until=until, reason="Audit."
    )
    report = control.pause(house, who("priya"), NOW, A)
    assert sorted(report["verified"]) == [f"{A}/s1", f"{A}/s2"]


def test_a_lock_is_lifted_with_a_reason_and_only_once(house, who):
    until = NOW + timedelta(days=2)
    number = locks.put(
        house, who("tom"), NOW, client=A, level="campaign", thing="s1", until=until, reason="Audit."
    )
    assert [k.thing for k in seen_moves(house.store, who("maya"), A, NOW).locks] == ["Campaign s1"]
    with pytest.raises(BadInput, match="reason"):
        locks.lift(house, who("priya"), NOW, client=A, lock=number, reason=" ")
    locks.lift(house, who("priya"), NOW, client=A, lock=number, reason="Done.")
    with pytest.raises(BadInput, match="does not hold"):
        locks.lift(house, who("priya"), NOW, client=A, lock=number, reason="Done.")
    shown = moves.preview(house, who("priya"), NOW, client=A, wanted=budget(290))
    assert shown.verdict == "allowed"


@pytest.mark.parametrize(
    ("level", "thing", "until"),
    [
        ("campaign", "gone", NOW + timedelta(days=1)),
        ("channel", "radio", NOW + timedelta(days=1)),
        ("campaign", "s1", NOW),
        ("campaign", "s1", NOW + timedelta(days=400)),
    ],
)
def test_a_lock_names_a_thing_there_is_and_ends(house, who, level, thing, until):
    with pytest.raises(BadInput):
        locks.put(
            house, who("tom"), NOW, client=A, level=level, thing=thing, until=until, reason="x"
        )


def test_agents_leave_alone_what_is_hands_off(house, who, market):
    until = NOW + timedelta(days=2)
    locks.put(
        house,
        who("tom"),
        NOW,
        client=A,
        level="channel",
        thing="google_search",
        until=until,
        reason="x",
    )
    here = live.read(house, A, NOW)
    world = World(
        client=A,
        currency="GBP",
        time_zone="Europe/London",
        today=date(2026, 11, 9),
        now=NOW,
        policy=strategies.policy(),
        standing=here.standing,
        desired=here.desired,
    )
    assert world.hands_off == {"s1", "s2"}

"""The matrix says what the gate says: alone is allowed, one more asks, never is blocked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.authority import matrix, never, settled
from policies.gate import judge
from policies.levers_asked import LEVERS
from policies.verdict import Allowed, Blocked, Escalated
from tests.strategies import NOW, policy, standing, standings, with_rule

AGENTS = ("channel_mix", "person:anybody")


@settings(max_examples=25)
@given(standings(), st.data())
def test_the_gate_answers_as_the_matrix_says(world, data):
    rules = with_rule("step_size", max_share=data.draw(st.integers(0, 10**6)))
    there = settled(world)
    for cell in matrix(rules, world, AGENTS):
        sizes = {1, cell.alone, cell.alone + 1, cell.largest}
        sizes.add(data.draw(st.integers(1, cell.largest)))
        for size in sizes - {0}:
            act = cell.lever.at(cell.ground, size)
            if act is None or size > cell.largest:
                continue
            verdict = judge(act, rules, there)
            assert isinstance(verdict, Allowed) == (size <= cell.alone), (cell.lever.key, size)
            if size == cell.alone + 1:
                assert cell.why in verdict.sentence
        for act in cell.lever.forbidden(cell.ground):
            assert isinstance(judge(act, rules, there), Blocked)


def at(key, rules=None, agent="channel_mix", channel="google_search", **more):
    world = standing(**{"phase": "continuous", **more})
    return next(
        c
        for c in matrix(rules or policy(), world, (agent,))
        if (c.lever.key, c.channel) == (key, channel)
    )


def test_sizes_are_told_in_the_units_of_their_lever():
    told = {c.lever.key: c.upto for c in matrix(policy(), standing(phase="continuous"), AGENTS[:1])}
    assert set(told) == {lever.key for lever in LEVERS}
    raised, split, cost = at("raise"), at("split"), at("bid_cpa")
    assert (raised.upto, split.upto, cost.upto) == ("£147 a day", "70%", "15%")
    assert raised.rule == "step_size"
    assert at("hours").upto == "00:00–06:00"
    assert at("audience").upto == "60%"


def test_a_phase_that_gives_nothing_makes_every_cell_ask():
    cells = matrix(policy(), standing(phase="configure"), ("channel_mix",))
    assert cells
    assert {c.alone for c in cells} == {0}
    assert {c.rule for c in cells} >= {"phase"}
    assert all(c.limit is None for c in cells)


def test_what_a_lever_calls_never_is_blocked_by_the_gate():
    cells = matrix(policy(), standing(phase="continuous"), AGENTS)
    assert {c.lever.key for c in cells if never(c)} == {"new_ad", "audience"}


def test_a_campaign_is_opened_by_nobody_alone():
    cells = [
        c for c in matrix(policy(), standing(phase="continuous"), AGENTS) if c.lever.key == "open"
    ]
    assert cells
    assert {c.alone for c in cells} == {0}
    verdict = judge(cells[0].lever.at(cells[0].ground, 1), policy(), cells[0].ground.standing)
    assert isinstance(verdict, Escalated)
    assert "structure" in {r.rule for r in verdict.reasons}


def test_what_holds_only_today_is_no_part_of_anybodys_authority():
    world = standing(phase="continuous", paused=True)
    busy = world.model_copy(
        update={
            "campaigns": tuple(
                c.model_copy(update={"written_today": True, "pending_micros": (1,)})
                for c in world.campaigns
            )
        }
    )
    shown = [(c.lever.key, c.alone) for c in matrix(policy(), busy, AGENTS)]
    quiet = standing(phase="continuous")
    assert shown == [(c.lever.key, c.alone) for c in matrix(policy(), quiet, AGENTS)]
    assert settled(busy).now == NOW


def test_a_tighter_bound_shrinks_what_is_done_alone():
    assert at("raise", with_rule("step_size", max_share=50_000)).alone == 21  # of 420
    assert at("pause_ad", with_rule("pausing", max_per_day=0)).alone == 0

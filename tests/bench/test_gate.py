import random

import pytest

from bench import gate
from policies import presets
from policies.reading import read_policy

pytestmark = pytest.mark.xdist_group("bench_gate")


@pytest.fixture(scope="module")
def answer():
    said = []
    found = gate.measure(2, 120, said.append)
    assert len(said) == 2
    return found


def test_it_answers_with_the_rate_and_what_was_judged(answer):
    assert answer["short"] is True
    assert answer["verdicts_per_s"] > 0
    assert answer["sizes"]["verdicts"] == 2 * 120 * 3
    assert sum(answer["outcomes"].values()) == answer["sizes"]["verdicts"]
    assert set(answer["by_family"]) == set(gate.FAMILIES)
    assert set(answer["by_campaigns"]) == {"20", "200"}
    assert min(answer["by_campaigns"].values()) > 0


def test_the_work_is_mixed_so_every_verdict_occurs(answer):
    assert set(answer["outcomes"]) == {"allowed", "escalated", "blocked"}
    assert min(answer["outcomes"].values()) > 20


def test_the_check_beside_it_is_cheaper_and_overlooks_what_can_be_billed(answer):
    assert 0 < answer["ratio_to_naive"] < 1
    assert answer["ratio_to_naive"] < answer["ratio_to_naive_with_exposure"]
    assert answer["overspend_naive_lets_through"] > 0


def test_it_reads_as_a_sentence(answer):
    assert f"{answer['verdicts_per_s']:,} verdicts/s" in gate.line(answer)


def test_every_action_is_new_and_distinct_standings_are_each_met_once():
    pairs = gate._pairs("distinct_standings", random.Random(1), 50)
    assert len({id(action) for action, _ in pairs}) == 50
    assert len({id(standing) for _, standing in pairs}) == 50
    shared = gate._pairs("one_change", random.Random(1), 50)
    assert len({id(action) for action, _ in shared}) == 50
    assert len({id(standing) for _, standing in shared}) == 13


def test_the_two_checks_differ_by_what_google_may_bill_on_a_day():
    policy = read_policy(presets.text(gate.PRESET), suffix=".toml")
    action, standing = gate._pairs("one_change", random.Random(3), 1)[0]
    top = policy.guardrails.channel_daily.channels["youtube"].max_daily
    only = standing.campaigns[1].model_copy(
        update={"enabled": True, "daily_micros": top - 1, "highest_today_micros": top - 1}
    )
    world = standing.model_copy(update={"campaigns": (only,)})
    edit = action.model_copy(update={"changes": (gate._to(only, top),)})
    assert gate.by_setting(edit, policy, world)
    assert not gate.by_worst_case(edit, policy, world)

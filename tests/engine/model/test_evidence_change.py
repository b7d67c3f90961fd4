"""What a person said no to is asked again only when its evidence changed, and says what."""

import json

import pytest

from engine.model.evidence_change import bounds_of, changed, figures, subject
from policies.actions import Evidence
from tests import strategies

NONE: frozenset[str] = frozenset()


def raise_to(after: int, **figures_: float):
    evidence = tuple(Evidence(name=n, value=v) for n, v in figures_.items())
    row = strategies.change("s1", "google_search", 300, after)
    return strategies.set_budgets(row, evidence=evidence)


def test_the_same_campaigns_and_kind_are_one_subject_whatever_the_amounts() -> None:
    assert subject(raise_to(400)) == subject(raise_to(900))
    assert subject(raise_to(400)) != subject(strategies.pause_variant())


@pytest.mark.parametrize(("now", "told"), [(119, False), (120, True), (80, True), (81, False)])
def test_a_figure_has_changed_when_it_moved_by_a_fifth(now, told) -> None:
    said = changed({"Gain": 100.0}, {"Gain": float(now)}, NONE, NONE)
    assert said == ((f"Gain: 100.00 → {now}.00",) if told else ())


def test_a_figure_that_is_new_or_gone_is_told() -> None:
    assert changed({"A": 1.0}, {"B": 2.0}, NONE, NONE) == ("A: 1.00 → –", "B: – → 2.00")


def test_another_bound_that_is_met_is_told() -> None:
    then, now = (
        bounds_of(f"bound:set_budgets:{r}:s1") for r in ("step_size", "month_cap+step_size")
    )
    assert changed({}, {}, then, now) == ("it now also meets: month cap",)
    assert changed({}, {}, now, then) == ()


def test_the_amount_asked_for_is_one_of_the_figures() -> None:
    small, large = figures(raise_to(400, Gain=5)), figures(raise_to(500, Gain=5))
    assert changed(small, large, NONE, NONE) == ("Budget of s1: 400.00 → 500.00",)


def test_evidence_as_stored_counts_where_there_is_some() -> None:
    stored = json.dumps(
        [{"name": "Gain", "value": 7, "unit": ""}, {"name": "Note", "value": "text"}]
    )
    assert figures(raise_to(400, Gain=5), stored)["Gain"] == 7.0

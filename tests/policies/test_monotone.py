"""Each field that says its rule is monotone in it: a tighter value never gives a milder verdict."""

from __future__ import annotations

import pytest
from hypothesis import Phase, assume, find, given, settings
from hypothesis import strategies as st

from policies.drafting.diff import differences
from policies.drafting.dry_run import RANK
from policies.drafting.forms import EVERYTHING, policy_fields
from policies.drafting.layers import Head, Layer, leaves, resolve
from policies.drafting.proof import proof
from policies.gate import judge
from policies.money import decimal_text
from policies.policy import Policy
from policies.reading import BadPolicy
from tests.strategies import CLIENT, actions, policy, standings

PROVING = sorted(path for path, one in policy_fields().items() if one.proves)
HEAD = Head(CLIENT, "GBP", "Europe/London")
WORDS = st.sampled_from(["facts", "plain", "results", "brochure", "any", "channel_mix", "because"])


def made(values) -> Policy:
    """The policy these values make; a draw that makes none is thrown away."""
    try:
        return resolve(HEAD, [Layer("client", None, values)]).policy
    except BadPolicy:
        assume(False)
        raise


def value(one):
    """Any value a field takes, as a policy file has it."""
    low, high = (one.low or 0) + one.over, one.high
    if one.kind in {"money", "share"}:
        top = 3 * 10**10 if one.path == "targets.month_budget" else 10**9
        return st.integers(low, min(high or top, top)).map(decimal_text)
    if one.kind == "whole":
        return st.integers(low, min(high if high is not None else 1000, 40))
    if one.kind == "yes_no":
        return st.booleans()
    if one.kind == "choice":
        return st.sampled_from(sorted(one.choices))
    if one.kind == "choices":
        return st.lists(st.sampled_from(sorted(one.choices)), unique=True)
    if one.kind == "words":
        return st.lists(WORDS, unique=True, max_size=4)
    return st.lists(row(one), max_size=3)


def row(one):
    """One row of a list of rows; what a column takes is read from its own field."""
    cells = {}
    for column in one.columns:
        name = column.path.rpartition(".")[2]
        if column.kind == "text":
            cells[name] = WORDS
        elif column.kind == "words":
            cells[name] = st.lists(WORDS, unique=True, min_size=1, max_size=2)
        elif column.everything:
            cells[name] = st.just(EVERYTHING)
        else:
            cells[name] = value(column)
    return st.fixed_dictionaries(cells)


WIDE = {
    **leaves(policy()),
    **{p: "1.00" for p in policy_fields() if ".max_shares." in p},
    **{p: "0.00" for p in policy_fields() if p.endswith(".min_daily")},
    **{p: "1000.00" for p in policy_fields() if p.endswith(".max_daily")},
    "targets.month_budget": "30000.00",
    "guardrails.step_size.max_share": "1.00",
    "guardrails.movement.max_share": "0.40",
    "guardrails.pausing.max_per_day": 1000,
}
"""A policy with room on every side, so that most draws of one field are valid."""


def pairs(path):
    """Two values of a field, of a list often one with more entries than the other; None: nothing is written."""
    one = policy_fields()[path]
    each = value(one)
    if one.kind in {"choices", "words", "rows"}:
        both = st.tuples(each, each)
        return both | both.map(lambda t: (t[0], [*t[0], *(e for e in t[1] if e not in t[0])]))
    alone = one.row and [
        f for f in policy_fields().values() if (f.table, f.row) == (one.table, one.row)
    ] == [one]
    return st.tuples(each, each | (st.none() if alone else st.nothing()))


def test_the_fields_that_prove_are_those_of_the_gate():
    assert PROVING
    assert not any(path.startswith("triggers.") for path in PROVING)
    assert "targets.cac" not in PROVING


@st.composite
def tightened(draw, path):
    """A policy, a tightening of it in one field, and a world with an action for both to judge."""
    both = draw(pairs(path))
    base = WIDE | ({} if ".movement." in path else {"guardrails.movement.max_share": "1.00"})
    sides = [{p: v for p, v in {**base, path: x}.items() if v is not None} for x in both]
    if [d.direction for d in differences(*sides)] != ["tighter"]:
        sides.reverse()
    assume([d.direction for d in differences(*sides)] == ["tighter"])
    now, tighter = (made(side) for side in sides)
    world = draw(standings())
    if draw(st.integers(0, 3)):
        world = quiet(world, draw(st.sampled_from(["launch", "closed_loop", "continuous"])))
    return now, tighter, world, [draw(actions(world)) for _ in range(4)]


def quiet(world, phase):
    """The same accounts with nothing in the way but the bounds."""
    calm = {"pending_micros": (), "written_today": False, "enabled": True}
    accounts = tuple(a.model_copy(update={"stale": False}) for a in world.accounts)
    campaigns = tuple(c.model_copy(update=calm) for c in world.campaigns)
    return world.model_copy(
        update={"phase": phase, "paused": False, "accounts": accounts, "campaigns": campaigns}
    )


@pytest.mark.parametrize("path", PROVING)
@settings(max_examples=12)
@given(data=st.data())
def test_a_proven_tightening_never_lets_more_through(path, data) -> None:
    now, tighter, world, drawn = data.draw(tightened(path))
    assert proof(now, tighter).proven
    for action in drawn:
        assert never_milder(action, now, tighter, world)


_ELSEWHERE = {"meta", "linkedin", "microsoft_search"}
MET = [p for p in PROVING if not _ELSEWHERE & set(p.split("."))]
"""The fields that speak of channels the drawn accounts have."""


@pytest.mark.parametrize("path", MET)
def test_the_draws_meet_the_bound_of_each_field_that_proves(path) -> None:
    """Or the test above could not fail."""
    once = settings(max_examples=600, phases=[Phase.generate], derandomize=True, database=None)
    find(tightened(path), lambda t: any(stricter(a, *t[:3]) for a in t[3]), settings=once)


def stricter(action, now, tighter, world) -> bool:
    return RANK[judge(action, tighter, world).verdict] > RANK[judge(action, now, world).verdict]


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_proven_lets_nothing_more_through(data) -> None:
    """Several fields at once, in any direction: what passes for proven never is milder."""
    base = leaves(policy())
    paths = data.draw(st.lists(st.sampled_from(sorted(policy_fields())), unique=True, max_size=4))
    fields = policy_fields()
    drawn = {p: data.draw(value(fields[p])) for p in paths if fields[p].kind not in {"text"}}
    now, draft = policy(), made({**base, **drawn})
    world = data.draw(standings())
    for _ in range(3):
        action = data.draw(actions(world))
        if proof(now, draft).proven:
            assert never_milder(action, now, draft, world)
        elif not never_milder(action, now, draft, world):
            assert proof(now, draft).why


def never_milder(action, now, tighter, world) -> bool:
    return RANK[judge(action, tighter, world).verdict] >= RANK[judge(action, now, world).verdict]


def test_nothing_is_proven_of_what_cannot_be_compared():
    now = policy()
    assert proof(None, now).why == "Nothing is in force that it could tighten."
    assert proof(now, None).why == "It cannot be read."
    assert "no value differs" in proof(now, now.model_copy(update={"version": 9})).why.lower()


@pytest.mark.parametrize(
    ("path", "new", "said"),
    [
        (
            "guardrails.step_size.max_share",
            "0.50",
            "“Size of one step: Largest single step” is looser.",
        ),
        (
            "triggers.bound.owner",
            "maya",
            "“A bound that was met: Owner” changes in a way that is neither",
        ),
        (
            "triggers.bound.sla_working_hours",
            2,
            "No rule of the gate is known to get stricter with",
        ),
        (
            "targets.cac",
            "400.00",
            "No rule of the gate is known to get stricter with “Targets: Cost",
        ),
        ("targets.margin", "0.40", "“Targets: Gross margin” changes"),
    ],
)
def test_the_field_that_stops_the_proof_is_named(path, new, said):
    now = policy()
    found = proof(now, made({**leaves(now), path: new}))
    assert said in found.why
    assert [d.field.path for d in found.stops] == [path]


def test_one_loosening_among_tightenings_stops_the_proof():
    now = policy()
    both = {
        "guardrails.step_size.max_share": "0.10",
        "guardrails.pausing.max_per_day": 7,
    }
    found = proof(now, made({**leaves(now), **both}))
    assert [d.field.path for d in found.stops] == ["guardrails.pausing.max_per_day"]


def test_a_policy_in_another_currency_or_of_another_client_proves_nothing():
    now = policy()
    tighter = made({**leaves(now), "guardrails.pausing.max_per_day": 1})
    assert proof(now, tighter).proven
    for head in ({"currency": "USD"}, {"time_zone": "Asia/Tokyo"}, {"client": "other"}):
        assert "more than its values" in proof(now, tighter.model_copy(update=head)).why

"""The guardrails page as a value: who may do what with a draft, what it changes, where values come from."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.model.errors import AskPerson
from engine.model.people import Scope
from engine.reporting.policies.form import Start, cards
from engine.reporting.policies.material import Kept, Material
from engine.reporting.policies.read import material, preset, text_of
from engine.reporting.policies.view import page
from engine.store import Store
from engine.store.connect import connect
from engine.store.policies import AGENCY
from policies.drafting.layers import Layer, leaves
from policies.reading import read_policy
from tests.pages.build import build
from tests.strategies import policy

NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)
BASE = leaves(policy())
STEP = "guardrails.step_size.max_share"
SENIORS = {"priya": "Priya", "tom": "Tom"}


def kept(version, state="draft", values=BASE, author="maya", **more):
    fields = {
        "version": version,
        "state": state,
        "author": author.capitalize(),
        "written_at": NOW - timedelta(hours=version),
        "publisher": "Tom" if state == "published" else "",
        "published_at": NOW if state == "published" else None,
        "values": values,
        "own": values,
        "base": version - 1,
        "seal": f"seal {version}",
        "outdated": "",
        "authors": frozenset({author}),
        "readable": True,
    }
    return Kept(**{**fields, **more})


def found(*versions, me="priya", above=None, **more):
    fields = {
        "client": "northgate",
        "name": "Northgate",
        "currency": "GBP",
        "zone": "Europe/London",
        "agency": False,
        "above": above or Layer("agency", None, {}),
        "versions": versions,
        "me": me,
        "writes": True,
        "publishes": True,
        "senior": me in SENIORS,
        "seniors": SENIORS,
    }
    return Material(**{**fields, **more})


TIGHTER = kept(2, values={**BASE, STEP: "0.20"})
IN_FORCE = kept(1, "published")


def review(material_, version=2):
    seen = page(material_, NOW, version=version).review
    assert seen is not None
    return seen


def test_a_draft_is_compared_with_what_is_in_force_and_bound_to_both():
    seen = review(found(TIGHTER, IN_FORCE))
    assert (seen.seal, seen.against) == ("seal 2", 1)
    (line,) = seen.lines
    assert (line.before, line.after, line.direction) == ("35%", "20%", "tighter")
    assert seen.told == "1 change: 1 tighter"
    assert seen.refusal == ""


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"me": "maya"}, "a second person publishes it. Priya or Tom may publish it."),
        ({"me": "sam"}, "Publishing takes a senior right. Priya or Tom may publish it."),
        ({"publishes": False}, "Publishing takes a senior right"),
        ({"me": "sam", "seniors": {}}, "An admin gives a second person the senior right."),
    ],
)
def test_who_may_not_publish_is_told_why_and_who_may(more, said):
    assert said in review(found(TIGHTER, IN_FORCE, **more)).refusal


def test_an_author_with_the_senior_right_is_named_the_others_only():
    mine = kept(2, author="priya")
    said = review(found(mine, IN_FORCE)).refusal
    assert "Tom may publish it" in said
    assert "Priya" not in said


def test_who_wrote_the_agencys_values_a_draft_brings_is_told_so():
    brings = kept(2, brought=frozenset({"priya"}))
    said = review(found(brings, IN_FORCE)).refusal
    assert said == (
        "You wrote the agency's values it brings, so a second person publishes it. Tom may publish it."
        " It is not a proven tightening: Nobody asked."
    )


def test_an_outdated_draft_and_one_that_cannot_be_read_are_not_published():
    old = kept(2, outdated="Draft v2 was made on v0; v1 is in force now.")
    assert "Carry its changes over first" in review(found(old, IN_FORCE)).refusal
    assert "cannot read" in review(found(kept(2, readable=False), IN_FORCE)).refusal


def test_a_draft_is_discarded_by_its_authors_and_seniors():
    assert review(found(TIGHTER, IN_FORCE, me="maya")).discards
    assert review(found(TIGHTER, IN_FORCE, me="priya")).discards
    assert not review(found(TIGHTER, IN_FORCE, me="zoe")).discards


def test_the_lead_says_what_is_in_force_and_what_waits():
    assert page(found(TIGHTER, IN_FORCE), NOW).lead == (
        "This client's policy v1 has been in force since 09:40. 1 draft waits for a second person."
    )
    assert "the gate stops everything but pauses" in page(found(), NOW).lead


def test_a_policy_the_gate_cannot_read_is_not_said_to_be_in_force():
    lead = page(found(kept(1, "published", readable=False)), NOW).lead
    assert lead.startswith(
        "This client's policy v1 cannot be read by the gate. It stops everything"
    )
    assert "been in force" not in lead


def test_an_earlier_version_is_read_only_and_compared():
    old = kept(1, "retired", {**BASE, STEP: "0.50"})
    seen = page(found(kept(2, "published"), old), NOW, version=1)
    assert seen.cards == ()
    assert not seen.editable
    assert [(x.before, x.after) for x in seen.old] == [("35%", "50%")]


def test_the_history_says_what_each_version_changed():
    first, second = page(found(TIGHTER, IN_FORCE), NOW).history[::-1]
    assert first.changes == "The first version"
    assert second.changes == "1 change: 1 tighter (Size of one step)"
    assert first.published == "published by Tom, 09:40"
    assert second.published == ""


def test_values_of_the_agency_that_are_not_in_force_yet_are_told():
    own = {p: v for p, v in BASE.items() if p != STEP}
    now = kept(1, "published", own=own)
    seen = page(found(now, above=Layer("agency", 4, {STEP: "0.10"})), NOW)
    assert seen.lag.startswith("1 value of the agency's v4 is not in force")
    assert page(found(now, above=Layer("agency", 3, {STEP: "0.35"})), NOW).lag == ""


def fields(start):
    return {f.path: f for c in cards(start) for f in c.fields}


def test_a_field_says_its_own_value_or_what_it_inherits_and_from_where():
    above = Layer("agency", 3, {STEP: "0.10", "guardrails.pausing.max_per_day": 2})
    own = {p: v for p, v in BASE.items() if p != STEP}
    all_ = fields(Start(own, above, BASE, "GBP"))
    step, pauses = all_[STEP], all_["guardrails.pausing.max_per_day"]
    assert (step.value, step.inherited, step.clears) == (None, "10%", False)
    assert step.origin == "From the agency, v3; type to override"
    assert (pauses.value, pauses.clears) == (6, True)
    assert pauses.origin == "Set here · the agency, v3, has 2"


def test_a_changed_field_of_a_draft_says_what_is_in_force():
    all_ = fields(Start({**BASE, STEP: "0.20"}, Layer("agency", None, {}), BASE, "GBP", draft=True))
    assert all_[STEP].changed == "35%"
    assert [p for p, f in all_.items() if f.changed] == [STEP]


def test_a_maximum_says_what_budget_it_lets_through_where_the_billing_is_known():
    values = {**BASE, "guardrails.channel_daily.channels.meta.max_daily": "100.00"}
    all_ = fields(Start(values, Layer("agency", None, {}), {}, "GBP"))
    daily = "guardrails.channel_daily.channels"
    assert "budget of £700 a day" in all_[f"{daily}.google_search.max_daily"].hint
    assert all_[f"{daily}.linkedin.max_daily"].hint == "Closed"
    assert "budget of £57 a day: Meta may bill 1.75×" in all_[f"{daily}.meta.max_daily"].hint
    assert all_[f"{daily}.meta.min_daily"].hint == ""


def test_the_agencys_form_leaves_out_what_is_money():
    start = Start({}, Layer("agency", None, {}), {}, "", agency=True)
    kinds = {f.kind for f in fields(start).values()}
    assert "money" not in kinds
    assert not any(c.path == "guardrails.channel_daily" for c in cards(start))


def test_a_preset_keeps_its_amounts_only_in_its_own_currency():
    assert preset("b2b_services", "GBP") == BASE
    other = preset("b2b_services", "USD")
    assert "targets.cac" not in other
    assert other[STEP] == "0.35"
    assert preset("nothing", "GBP") is None


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = build(tmp_path_factory.mktemp("policies") / "store.duckdb")
    path = made.path
    made.close()
    again = Store(connect(f"duckdb:///{path}"))
    yield again
    again.close()


def test_the_house_reads_every_version_and_others_read_none(store):
    team = Scope("maya", "Maya", "team", frozenset({"northgate"}))
    seen = material(store, team, "northgate")
    assert [k.version for k in seen.versions] == [1]
    assert (seen.versions[0].author, seen.versions[0].publisher) == ("Priya Shah", "Tom Okafor")
    assert (seen.writes, seen.publishes, seen.senior) == (True, False, False)
    assert set(seen.seniors) == {"priya", "tom"}
    for client in ("alder", AGENCY):
        with pytest.raises(AskPerson):
            material(store, Scope("nora", "Nora", "client", frozenset({"northgate"})), client)
    with pytest.raises(AskPerson):
        material(store, team, "alder")


def test_a_version_is_downloaded_as_a_file_that_reads_back(store):
    team = Scope("maya", "Maya", "team", frozenset({"northgate"}))
    text = text_of(store, team, "northgate", 1, ".toml")
    assert read_policy(text, suffix=".toml").client == "northgate"
    assert text_of(store, team, "northgate", 9, ".toml") == ""
    with pytest.raises(AskPerson):
        text_of(store, team, "alder", 1, ".toml")

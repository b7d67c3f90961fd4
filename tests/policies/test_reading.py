"""A policy file is read whole or refused with sentences that name the field."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import presets
from policies.policy import Policy
from policies.reading import BadPolicy, policy_text, read_policy
from policies.triggers import SAFE_STATES
from tests.strategies import policy, with_rule


def body() -> dict:
    return tomllib.loads(presets.text("b2b_services"))


def refusal(change) -> tuple[str, ...]:
    """The errors of the B2B preset after a change."""
    raw = body()
    change(raw)
    with pytest.raises(BadPolicy) as caught:
        read_policy(json.dumps(raw), suffix=".json")
    return caught.value.errors


def put(path: str, value):
    def change(raw) -> None:
        *way, last = path.split(".")
        for part in way:
            raw = raw[part]
        raw[last] = value

    return change


@pytest.mark.parametrize("name", presets.NAMES)
@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_a_preset_reads_and_comes_back_the_same(name, suffix) -> None:
    read = read_policy(presets.text(name), suffix=".toml")
    assert read.client == name
    again = policy_text(read, suffix)
    assert read_policy(again, suffix=suffix) == read
    assert policy_text(read_policy(again, suffix=suffix), suffix) == again


def test_an_unknown_preset_is_named() -> None:
    with pytest.raises(KeyError, match="no preset"):
        presets.text("../secrets")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_any_text_survives_both_formats(words) -> None:
    phrase = policy().guardrails.forbidden_words.phrases[0]
    odd = phrase.model_copy(update={"reason": words})
    changed = with_rule("forbidden_words", phrases=(odd,))
    for suffix in (".toml", ".json"):
        assert read_policy(policy_text(changed, suffix), suffix=suffix) == changed


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("surprise", 1), "surprise: is not a key we know"),
        (put("guardrails.pausing.extra", 1), "guardrails.pausing.extra: is not a key we know"),
        (put("targets.cac", "-1.00"), "targets.cac: "),
        (put("targets.cac", "NaN"), "targets.cac: 'NaN' is not an amount"),
        (put("targets.cac", "Infinity"), "targets.cac: 'Infinity' is not an amount"),
        (put("targets.cac", 450), "targets.cac: write an amount as text"),
        (put("targets.cac", 450.0), "targets.cac: write an amount as text"),
        (put("targets.cac", "0.00"), "targets.cac: "),
        (put("targets.month_budget", "lots"), "targets.month_budget: 'lots' is not an amount"),
        (put("guardrails.step_size.max_share", "1.01"), "guardrails.step_size.max_share: "),
        (put("guardrails.step_size.max_share", 0.35), "write a share as text"),
        (put("guardrails.movement.window_days", "7"), "guardrails.movement.window_days: "),
        (put("guardrails.movement.window_days", 0), "guardrails.movement.window_days: "),
        (put("guardrails.structure.launch", "allow"), "guardrails.structure.launch: "),
        (put("guardrails.channel_daily.channels.radio", {}), "channels.radio: is not a name"),
        (put("guardrails.share_cap.max_shares.tv", "0.5"), "max_shares.tv: is not a name"),
        (
            put("guardrails.channel_daily.channels.youtube.min_daily", "800.00"),
            "youtube: min_daily 800.00 is above max_daily 760.00",
        ),
        (
            put("guardrails.channel_daily.channels.google_search.min_daily", "1000.00"),
            "more than targets.month_budget 25000.00",
        ),
        (put("guardrails.share_cap.max_shares.google_search", "0.50"), "come to 95%"),
        (put("guardrails.share_cap.max_shares", {"youtube": "1"}), "google_search is open but"),
        (
            put("guardrails.envelope.channels", ["meta"]),
            "envelope.channels: meta is allowed but has no daily bounds",
        ),
        (put("guardrails.envelope.geographies", ["Britain"]), "envelope.geographies.0: "),
        (put("guardrails.envelope.campaign_types", ["radio"]), "campaign_types.0: "),
        (
            put("guardrails.audiences.excluded", ["Website visitors"]),
            "audiences: Website visitors is both included and excluded",
        ),
        (
            put("guardrails.audiences.excluded", ["Closed-won clients"]),
            "audiences: Closed-won clients is both a lookalike allowed and excluded",
        ),
        (
            put("guardrails.audiences.included", ["A", "A"]),
            "audiences: A is written twice in included",
        ),
        (
            put("guardrails.audiences.lookalikes", [{"segment": "A", "max_percent": "some"}]),
            "max_percent: write a whole percentage as text",
        ),
        (
            put("guardrails.audiences.lookalikes", [{"segment": "A", "max_percent": "21"}]),
            "max_percent: Input should be less than or equal to 20",
        ),
        (
            put(
                "guardrails.audience_share.segments",
                [{"segment": "A", "max_share": "0.1"}, {"segment": "A", "max_share": "0.2"}],
            ),
            "audience_share: A has two bounds; write one",
        ),
        (put("guardrails.hours.until_hour", 0), "guardrails.hours.until_hour: "),
        (
            put("guardrails.hours.first_hour", 6),
            "guardrails.hours: first_hour 6 is not before until_hour 6",
        ),
        (
            put("guardrails.variant_share.min_share", "0.80"),
            "variant_share: min_share 80% is above max_share 70%",
        ),
        (
            put("guardrails.variant_share.max_variants", 11),
            "variant_share: 11 variants at 10% each come to 110%, more than 100%",
        ),
        (
            put("guardrails.variant_share.max_share", "0.40"),
            "two variants at 40% each can never fill 100%",
        ),
        (
            put("guardrails.variant_share.channels", {"youtube": {"min_share": "0.20"}}),
            "channels.youtube: 6 variants at 20% each come to 120%",
        ),
        (
            put("guardrails.bid_target.channels.youtube.min_cpa", "200.00"),
            "youtube: min_cpa 200.00 is above max_cpa 180.00",
        ),
        (
            put("guardrails.bid_target.channels.youtube.min_roas", "2.00"),
            "youtube: min_roas stands without max_roas",
        ),
        (put("guardrails.step_size.channels", {"radio": "0.1"}), "channels.radio: is not a name"),
        (put("guardrails.pausing.max_spend_share", "1.01"), "pausing.max_spend_share: "),
        (put("currency", "XXX"), 'currency: "XXX" is no currency we know'),
        (put("time_zone", "Europe/Leeds"), 'time_zone: "Europe/Leeds" is no time zone'),
        (put("time_zone", "../../etc/passwd"), "is no time zone"),
        (
            put("triggers.bound.backup", "priya"),
            'triggers.bound: owner and backup are both "priya"',
        ),
        (put("targets.cost_per_action", "450.01"), "is above the ceiling on a customer, 450.00"),
        (put("targets.cost_per_action", "0.00"), "targets.cost_per_action: "),
        (put("targets.roas_floor", "0.00"), "targets.roas_floor: "),
        (put("targets.roas_floor", "100.01"), "targets.roas_floor: "),
        (put("targets.payback_months", 0), "targets.payback_months: "),
        (put("triggers.tracking_broken.late_share", "1.00"), "tracking_broken.late_share: "),
        (put("triggers.stale_source.max_hours", 0), "triggers.stale_source.max_hours: "),
        (put("triggers.bound.safe_state", "approve"), "triggers.bound.safe_state: "),
        (put("triggers.bound.sla_working_hours", 0), "triggers.bound.sla_working_hours: "),
        (put("schema_version", 3), "schema_version: "),
        (put("version", 0), "version: "),
    ],
)
def test_a_mistake_is_refused_with_a_sentence_naming_the_field(change, sentence) -> None:
    errors = refusal(change)
    assert any(sentence in error for error in errors), errors
    assert all(error.endswith(".") for error in errors)


@pytest.mark.parametrize("target", [{"payback_months": 6}, {"contribution_floor": "100.00"}])
def test_what_no_sale_can_ever_pay_for_is_refused(target) -> None:
    def change(raw) -> None:
        raw["targets"] |= {"margin": "0.00", **target}

    assert any("nothing is ever paid back" in error for error in refusal(change))


def test_every_target_that_is_written_is_read_and_written_back() -> None:
    def change(raw) -> None:
        raw["targets"] |= {
            "cost_per_action": "450.00",
            "roas_floor": "3.50",
            "payback_months": 12,
            "contribution_floor": "0.00",
            "margin": "0.40",
        }

    raw = body()
    change(raw)
    found = read_policy(json.dumps(raw), suffix=".json")
    assert (found.targets.roas_floor, found.targets.payback_months) == (3_500_000, 12)
    for suffix in (".toml", ".json"):
        assert read_policy(policy_text(found, suffix), suffix=suffix) == found


@pytest.mark.parametrize("safe", ["hold", "revert", "pause"])
def test_each_safe_state_is_read_and_has_its_sentence(safe) -> None:
    raw = body()
    put("triggers.bound.safe_state", safe)(raw)
    found = read_policy(json.dumps(raw), suffix=".json").triggers.bound.safe_state
    assert SAFE_STATES[found].endswith(".")


def paths(raw, way=()):
    for key, value in raw.items():
        yield (*way, key)
        if isinstance(value, dict):
            yield from paths(value, (*way, key))


RANGES = ("min_cpa", "max_cpa", "min_cpc", "max_cpc")
OPEN = {  # dictionaries by channel: leaving a channel out is no gap, the gate then only asks
    ("guardrails", "channel_daily", "channels", "linkedin"),
    ("guardrails", "channel_daily", "channels", "youtube"),
    ("guardrails", "share_cap", "max_shares", "linkedin"),
    ("targets", "cost_per_action"),  # targets that may be left out: nobody is called for them then
    ("targets", "roas_floor"),
    ("targets", "payback_months"),
    ("guardrails", "bid_target", "channels", "google_search"),
    ("guardrails", "bid_target", "channels", "youtube"),
}


@pytest.mark.parametrize(
    "way", [w for w in paths(body()) if w not in OPEN and w[-1] not in RANGES], ids=".".join
)
def test_nothing_may_be_missing(way) -> None:
    def drop(raw) -> None:
        for part in way[:-1]:
            raw = raw[part]
        del raw[way[-1]]

    if way == ("guardrails", "channel_daily", "channels", "google_search"):
        drop = put("guardrails.channel_daily.channels", None)
    assert refusal(drop)


@pytest.mark.parametrize(
    ("text", "suffix", "sentence"),
    [
        ("not [ toml", ".toml", "not valid TOML"),
        ("{", ".json", "not valid JSON"),
        ('{"version": 1, "version": 2}', ".json", "version is written twice"),
        ('{"version": NaN}', ".json", "NaN is no amount"),
        ("version = nan", ".toml", "version: "),
        ("version = 2026-01-01T07:00:00", ".toml", "no field takes"),
        ("[" * 100_000, ".json", "not valid JSON"),
        ("[]", ".json", "The policy: "),
        ("", ".toml", "targets: is missing"),
        ("{}", ".yaml", 'ends in ".toml" or ".json"'),
    ],
)
def test_a_text_that_cannot_be_read_is_refused_with_a_sentence(text, suffix, sentence) -> None:
    with pytest.raises(BadPolicy) as caught:
        read_policy(text, suffix=suffix)
    assert any(sentence in error for error in caught.value.errors), caught.value.errors


def test_every_mistake_is_named_at_once() -> None:
    def two(raw) -> None:
        raw["targets"]["cac"] = "x"
        del raw["triggers"]["bound"]

    assert len(refusal(two)) == 2


@given(st.text())
def test_any_text_is_a_policy_or_refused(text) -> None:
    for suffix in (".toml", ".json"):
        with pytest.raises(BadPolicy):
            read_policy(text, suffix=suffix)


def test_a_policy_is_written_only_in_the_two_formats() -> None:
    with pytest.raises(BadPolicy):
        policy_text(policy(), ".yaml")
    assert isinstance(policy(), Policy)

"""Offers: written once and soundly, sold on the client's own days only, and stopped without touching anything else."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import gate
from policies.actions import LaunchCampaign, ShipVariant
from policies.offers import Offers, client_day
from policies.policy import Policy
from policies.reading import BadPolicy, policy_text, read_policy
from policies.standing import Selling
from policies.verdict import Allowed, Blocked, Escalated
from tests import strategies as make

ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"]
)
SALE: dict[str, Any] = {
    "name": "Autumn sale",
    "key": "sale",
    "price": "90.00",
    "stage": "decision",
    "regions": ["United Kingdom"],
    "valid_from": "2026-08-01",
    "valid_to": "2026-11-08",
    "landing_page": "https://acme.example/sale",
}
SHOP = {**SALE, "name": "The shop", "key": "shop", "valid_to": None}
EARLY = {**SALE, "name": "Winter", "key": "winter", "valid_from": "2026-12-01", "valid_to": None}


def offers(*rows: dict[str, Any]) -> Offers:
    return Offers.model_validate_json(json.dumps({"listed": rows}))


def selling(policy: Policy | None = None) -> Policy:
    return (policy or make.policy()).model_copy(update={"offers": offers(SALE, SHOP, EARLY)})


def sold(campaign: str, offer: str, *variants: str, concept: str = "c1") -> Selling:
    return Selling(campaign=campaign, concept=concept, offer=offer, variants=variants)


def stop(**more: Any) -> Any:
    return make.status("s1", "google_search", 300, enabled=False).model_copy(
        update={"agent": "expired_offers", **more}
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"valid_from": "2026-12-01"}, "ends on 08 Nov 2026, before it begins on 01 Dec 2026"),
        ({"price": None}, "has no price and no deal size"),
        ({"landing_page": "http://acme.example/"}, 'begins with "https://"'),
        ({"landing_page": "https://acme example.com/"}, 'begins with "https://"'),
        ({"valid_to": "30 November"}, "offers.listed.0.valid_to"),
        ({"key": ""}, "offers.listed.0.key"),
        ({"regions": []}, "offers.listed.0.regions"),
        ({"margin": "1.20"}, "offers.listed.0.margin"),
        ({"colour": "red"}, "is not a key we know"),
    ],
)
def test_an_offer_that_cannot_be_is_refused_with_a_sentence(change, sentence):
    body = json.loads(policy_text(make.policy(), ".json"))
    body["offers"] = {"listed": [{**SALE, **change}]}
    with pytest.raises(BadPolicy) as no:
        read_policy(json.dumps(body), suffix=".json")
    assert sentence in " ".join(no.value.errors)


def test_two_offers_with_one_key_are_refused():
    body = json.loads(policy_text(make.policy(), ".json"))
    body["offers"] = {"listed": [SALE, {**SHOP, "key": "sale"}]}
    with pytest.raises(BadPolicy, match="the offer sale is written twice"):
        read_policy(json.dumps(body), suffix=".json")


@pytest.mark.parametrize("suffix", [".toml", ".json"])
def test_offers_go_out_to_a_file_and_come_back_the_same(suffix):
    assert read_policy(policy_text(selling(), suffix), suffix=suffix) == selling()


def test_a_day_may_be_written_in_toml_without_quotes():
    text = policy_text(selling(), ".toml")
    assert text.replace('"2026-11-08"', "2026-11-08") != text
    assert read_policy(text.replace('"2026-11-08"', "2026-11-08"), suffix=".toml") == selling()


@given(
    ZONES, st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 60), st.floats(-48, 48)
)
def test_an_offer_ends_with_its_last_day_in_the_clients_zone_whatever_the_clocks_do(
    zone, first, length, hours
):
    last = first + timedelta(days=length)
    midnight = datetime.combine(last + timedelta(days=1), time.min, ZoneInfo(zone))
    at = midnight.astimezone(UTC) + timedelta(hours=hours)
    one = offers({**SALE, "valid_from": str(first), "valid_to": str(last)})
    over = one.state("sale", client_day(at, zone)) == "expired"
    assert over == (at >= midnight.astimezone(UTC))


@given(ZONES, st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.floats(-48, 48))
def test_an_offer_begins_with_its_first_day_in_the_clients_zone(zone, first, hours):
    midnight = datetime.combine(first, time.min, ZoneInfo(zone)).astimezone(UTC)
    at = midnight + timedelta(hours=hours)
    one = offers({**SALE, "valid_from": str(first), "valid_to": None})
    assert (one.state("sale", client_day(at, zone)) == "early") == (at < midnight)


def new(kind: str, offer: str | None) -> LaunchCampaign | ShipVariant:
    if kind == "ship":
        return make.ship(make.ad().model_copy(update={"offer": offer}))
    action = make.launch()
    group = action.ad_groups[0]
    ads = tuple(ad.model_copy(update={"offer": offer}) for ad in group.ads)
    groups = (group.model_copy(update={"ads": ads}),)
    return action.model_copy(update={"offer": offer, "ad_groups": groups})


@pytest.mark.parametrize("kind", ["ship", "launch"])
@pytest.mark.parametrize(
    ("offer", "said"),
    [
        ("sale", 'The offer "Autumn sale" ended on 08 Nov 2026'),
        ("winter", 'The offer "Winter" begins on 01 Dec 2026'),
        ("other", 'The offer "other" is not written in the policy'),
        (None, "It names no offer"),
    ],
)
def test_nothing_new_sells_an_offer_that_is_not_in_force_or_not_written(kind, offer, said):
    verdict = gate.judge(new(kind, offer), selling(), make.standing())
    assert isinstance(verdict, Blocked)
    assert said in verdict.sentence


@pytest.mark.parametrize("kind", ["ship", "launch"])
def test_a_new_thing_of_an_offer_in_force_is_not_stopped_by_the_rule(kind):
    verdict = gate.judge(new(kind, "shop"), selling(), make.standing())
    assert not any(r.rule == "offer_valid" for r in verdict.reasons)


def test_where_no_offer_is_written_none_has_to_be_named():
    assert isinstance(gate.judge(new("ship", None), make.policy(), make.standing()), Allowed)


def test_an_unnamed_offer_asks_a_person_where_the_policy_says_so():
    policy = make.with_rule("offer_valid", selling(), unnamed="escalate")
    assert isinstance(gate.judge(new("ship", None), policy, make.standing()), Escalated)
    assert isinstance(gate.judge(new("ship", "sale"), policy, make.standing()), Blocked)


@pytest.mark.parametrize(
    ("keys", "stopped"),
    [
        (["sale"], True),
        (["winter"], True),
        (["sale", "shop"], False),
        (["sale", ""], False),
        ([], False),
    ],
)
def test_a_raise_is_blocked_only_where_every_offer_is_out_of_date(keys, stopped):
    world = make.standing(
        selling=tuple(sold("s1", key, concept=f"c{n}") for n, key in enumerate(keys))
    )
    raised = make.set_budgets(make.change("s1", "google_search", 300, 310))
    verdict = gate.judge(raised, selling(), world)
    assert any(r.rule == "offer_valid" for r in verdict.reasons) == stopped
    cut = make.set_budgets(make.change("s1", "google_search", 300, 290))
    assert not any(r.rule == "offer_valid" for r in gate.judge(cut, selling(), world).reasons)


def test_a_campaign_whose_offer_is_over_is_not_resumed():
    off = make.campaign("s1", "google_search", 300, enabled=False)
    world = make.standing(off, selling=(sold("s1", "sale"),))
    resume = make.status("s1", "google_search", 300, enabled=True)
    assert isinstance(gate.judge(resume, selling(), world), Blocked)


def none_left(**more: Any) -> Any:
    return make.standing(paused_today=tuple("abcdefgh"), **more)


def counted(verdict: Any) -> bool:
    return any(r.rule == "pausing" for r in verdict.reasons)


def test_the_stop_of_an_offer_that_is_over_counts_towards_no_limit_on_pauses():
    world = none_left(selling=(sold("s1", "sale"),))
    assert not counted(gate.judge(stop(), selling(), world))


@pytest.mark.parametrize(
    ("change", "keys"),
    [
        ({"agent": "pause_losers"}, ["sale"]),  # only that agent
        ({}, ["shop"]),  # in force
        ({}, ["sale", "shop"]),  # sells something else too
        ({}, ["other"]),  # nobody wrote it
        ({}, [""]),  # names none
        ({}, []),  # not known
    ],
)
def test_that_exemption_is_narrow(change, keys):
    world = none_left(selling=tuple(sold("s1", key, concept=f"c{n}") for n, key in enumerate(keys)))
    assert counted(gate.judge(stop(**change), selling(), world))


def test_the_stop_of_one_ad_is_exempt_only_for_the_offer_of_that_very_ad():
    world = none_left(selling=(sold("s1", "sale", "v1"), sold("s1", "shop", "v2", concept="c2")))
    one = make.pause_variant().model_copy(update={"agent": "expired_offers"})
    assert not counted(gate.judge(one, selling(), world))
    other = one.model_copy(update={"variant": "v2"})
    assert counted(gate.judge(other, selling(), world))


def test_what_names_no_offer_has_the_fingerprint_it_had_before_there_were_any():
    bare = make.ship(make.ad())
    assert bare.fingerprint == "55d49ea0c8120883447ccc9893274428aa615bce61073eaf01297b3391465f2c"
    assert new("ship", "shop").fingerprint != bare.fingerprint
    assert new("launch", "shop").fingerprint != make.launch().fingerprint

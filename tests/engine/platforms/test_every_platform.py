"""One suite for every ad platform: the same promises, kept over its real protocol."""

from datetime import timedelta

import pytest

from engine.model.errors import AskPerson, TryLater
from engine.model.outcomes import FACTS
from engine.model.time import account_day
from tests.engine.platforms import things
from tests.engine.platforms.google_ads.bench import Bench as GoogleBench
from tests.engine.platforms.things import CLIENT

PLATFORMS = {"google_ads": GoogleBench}
CHANNELS = [("google_ads", "google_search"), ("google_ads", "youtube")]


@pytest.fixture(scope="module")
def benches(market):
    return {name: make(market) for name, make in PLATFORMS.items()}


@pytest.fixture(params=sorted(PLATFORMS))
def bench(request, benches):
    return benches[request.param]


@pytest.fixture
def account(bench):
    yield bench.account()
    bench.control.clear_faults()


@pytest.fixture
def read(bench, account):
    return lambda: bench.platform.snapshot(CLIENT, account, bench.now())


@pytest.fixture
def ours(bench, account, read):
    """A campaign of ours, created and read back."""
    receipt = bench.platform.apply(account, [things.create(things.campaign(account))])
    assert receipt.outcome == "applied", receipt
    return read().owned("search-core")


def test_an_account_is_seen_with_its_currency_and_zone(bench):
    account = bench.account("America/New_York", currency="USD")
    assert account.platform == bench.platform.key
    assert (account.currency, account.time_zone) == ("USD", "America/New_York")


def test_a_campaign_made_by_others_is_seen_and_not_taken_for_ours(account, read):
    (seen,) = read().campaigns
    assert seen.campaign is None
    assert (seen.channel, seen.daily_micros) == ("google_search", 20_000_000)
    assert all(ad.variant is None for _, ad in seen.ads())


@pytest.mark.parametrize(("platform", "channel"), CHANNELS)
def test_a_created_campaign_stands_whole_and_paused(benches, platform, channel):
    bench = benches[platform]
    account = bench.account()
    wanted = things.campaign(account, channel, key=f"{channel}-core")
    receipt = bench.platform.apply(account, [things.create(wanted)])
    assert receipt.outcome == "applied", receipt
    state = bench.platform.snapshot(CLIENT, account, bench.now()).owned(wanted.campaign)
    assert not state.enabled
    assert (state.channel, state.daily_micros) == (channel, wanted.daily_micros)
    assert not state.budget_shared
    (group,) = state.ad_groups
    assert (group.ad_group, group.enabled) == ("general", True)
    assert sorted(group.keywords) == sorted(wanted.ad_groups[0].keywords)
    (ad,) = group.ads
    assert ad.variant == things.ad().variant
    assert ad.enabled
    assert ad.text.headlines == things.text().headlines
    assert ad.text.descriptions == things.text().descriptions
    assert ad.text.final_url == things.text().final_url


def test_a_campaign_of_another_client_is_not_ours(bench, account, ours):
    seen = bench.platform.snapshot("alder", account, bench.now())
    assert seen.owned("search-core") is None


def test_creating_twice_leaves_one_campaign(bench, account, ours, read):
    change = things.create(things.campaign(account))
    assert bench.platform.validate(account, [change]) == ""
    assert bench.platform.apply(account, [change]).outcome == "already"
    assert [c.campaign for c in read().campaigns].count("search-core") == 1


def test_validating_writes_nothing(bench, account, read):
    assert bench.platform.validate(account, [things.create(things.campaign(account))]) == ""
    assert read().owned("search-core") is None


def test_a_refusal_names_code_and_field_and_leaves_nothing(bench, account, read):
    bad = things.create(things.campaign(account, daily_micros=30_000_001))
    reason = bench.platform.validate(account, [bad])
    receipt = bench.platform.apply(account, [bad])
    assert receipt.outcome == "rejected"
    for said in (reason, receipt.sentence):
        assert "NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT" in said
        assert "amount_micros" in said
    assert read().owned("search-core") is None


def test_one_bad_change_stops_all_of_its_request(bench, account, ours, read):
    good = things.of(ours, "set_budget", daily_micros=35_000_000)
    bad = things.create(things.campaign(account, key="second", daily_micros=1))
    assert bench.platform.apply(account, [good, bad]).outcome == "rejected"
    assert read().owned("search-core").daily_micros == 30_000_000


def test_an_unknown_place_is_refused_before_anything_is_sent(bench, account):
    wanted = things.campaign(account, locations=("Utopia",))
    sent = len(bench.control.writes(account.account))
    assert "Utopia" in bench.platform.validate(account, [things.create(wanted)])
    assert bench.platform.apply(account, [things.create(wanted)]).outcome == "rejected"
    assert len(bench.control.writes(account.account)) == sent


def test_a_budget_is_read_back_as_it_was_set(bench, account, ours, read):
    change = things.of(ours, "set_budget", daily_micros=42_500_000)
    receipts = [bench.platform.apply(account, [change]) for _ in range(2)]
    assert {r.outcome for r in receipts} == {"applied"}
    assert read().owned("search-core").daily_micros == 42_500_000


def test_money_moves_between_two_campaigns_in_one_request(bench, account, ours, read):
    second = things.campaign(account, key="second")
    bench.platform.apply(account, [things.create(second)])
    other = read().owned("second")
    shift = [
        things.of(ours, "set_budget", daily_micros=25_000_000),
        things.of(other, "set_budget", daily_micros=35_000_000),
    ]
    assert bench.platform.apply(account, shift).outcome == "applied"
    now = {c.campaign: c.daily_micros for c in read().campaigns}
    assert (now["search-core"], now["second"]) == (25_000_000, 35_000_000)


def test_a_campaign_is_enabled_and_paused(bench, account, ours, read):
    for kind, enabled in (("enable_campaign", True), ("pause_campaign", False)):
        assert bench.platform.apply(account, [things.of(ours, kind)]).outcome == "applied"
        assert read().owned("search-core").enabled is enabled


def test_an_ad_is_created_once_paused_and_enabled(bench, account, ours, read):
    second = things.ad("Fixed price advice")
    change = things.of(ours, "create_ad", ad=second, ad_group_resource=ours.ad_groups[0].resource)
    assert bench.platform.apply(account, [change]).outcome == "applied"
    assert bench.platform.apply(account, [change]).outcome == "already"
    made = [ad for _, ad in read().owned("search-core").ads() if ad.variant == second.variant]
    assert [(ad.enabled, ad.text.headlines) for ad in made] == [(True, second.text.headlines)]
    for kind, enabled in (("pause_ad", False), ("enable_ad", True)):
        stop = things.of(ours, kind, ad=second, ad_resource=made[0].resource)
        assert bench.platform.apply(account, [stop]).outcome == "applied"
        states = {ad.variant: ad.enabled for _, ad in read().owned("search-core").ads()}
        assert states == {second.variant: enabled, things.ad().variant: True}


def test_what_a_person_changed_by_hand_is_seen(bench, account, ours, read):
    bench.edit_by_hand(account, ours.id, daily_micros=55_000_000, status="ENABLED")
    seen = read().owned("search-core")
    assert (seen.daily_micros, seen.enabled) == (55_000_000, True)


def test_a_campaign_removed_by_hand_is_gone_and_may_be_made_again(bench, account, ours, read):
    bench.edit_by_hand(account, ours.id, status="REMOVED")
    assert read().owned("search-core") is None
    change = things.create(things.campaign(account))
    assert bench.platform.apply(account, [change]).outcome == "applied"
    assert read().owned("search-core").id != ours.id


def test_the_spend_of_a_removed_campaign_stays_in_the_facts(bench, account, ours):
    bench.platform.apply(account, [things.of(ours, "enable_campaign")])
    day = account_day(bench.now(), account.time_zone)
    bench.days(1)
    bench.edit_by_hand(account, ours.id, status="REMOVED")
    rows = bench.platform.facts(CLIENT, account, day, day, bench.days(7)).table.to_pylist()
    costs = [
        r["cost_micros"] for r in rows if (r["level"], r["campaign"]) == ("campaign", "search-core")
    ]
    assert costs == [bench.billed(account.account)[ours.id, day.isoformat()]]


def test_a_write_applied_without_an_answer_is_unknown_and_shows_when_read(
    bench, account, ours, read
):
    bench.fail_write("applied_then_timeout")
    change = things.of(ours, "set_budget", daily_micros=44_000_000)
    receipt = bench.platform.apply(account, [change])
    assert receipt.outcome == "unknown"
    assert receipt.sentence
    assert read().owned("search-core").daily_micros == 44_000_000


@pytest.mark.parametrize("kind", ["dropped", "unavailable", "internal", "quota"])
def test_a_write_lost_on_the_way_is_unknown_and_changed_nothing(bench, account, ours, read, kind):
    bench.fail_write(kind)
    change = things.of(ours, "set_budget", daily_micros=44_000_000)
    assert bench.platform.apply(account, [change]).outcome == "unknown"
    assert read().owned("search-core").daily_micros == 30_000_000


def test_a_create_repeated_after_a_lost_answer_makes_no_second_campaign(bench, account, read):
    change = things.create(things.campaign(account))
    bench.fail_write("applied_then_timeout")
    outcomes = [bench.platform.apply(account, [change]).outcome for _ in range(2)]
    assert outcomes == ["unknown", "already"]
    assert [c.campaign for c in read().campaigns].count("search-core") == 1


def test_a_write_that_could_not_be_sent_is_told_apart(bench, account, ours):
    change = things.of(ours, "set_budget", daily_micros=44_000_000)
    receipt = bench.unreachable().apply(account, [change])
    assert receipt.outcome == "not_sent"
    assert receipt.sentence.startswith("Not sent")


def test_a_read_survives_one_bad_moment(bench, account, read):
    bench.fail_reads("unavailable")
    assert read().campaigns


def test_a_read_that_keeps_failing_is_for_later(bench, account, read):
    bench.fail_reads("unavailable", times=3)
    with pytest.raises(TryLater):
        read()


def test_a_used_up_quota_names_the_wait_the_platform_asked_for(bench, account, read):
    bench.fail_reads("quota")
    with pytest.raises(TryLater) as late:
        read()
    assert late.value.wait == timedelta(seconds=30)


def test_a_withdrawn_sign_in_asks_a_person_and_writes_nothing(bench, account, ours, read):
    refused = bench.refused_credentials()
    with pytest.raises(AskPerson):
        refused.accounts()
    change = things.of(ours, "set_budget", daily_micros=44_000_000)
    assert refused.apply(account, [change]).outcome == "not_sent"
    assert read().owned("search-core").daily_micros == 30_000_000


def test_mature_facts_are_the_money_billed(bench, account, ours):
    bench.platform.apply(account, [things.of(ours, "enable_campaign")])
    first = account_day(bench.now(), account.time_zone) + timedelta(days=1)
    now = bench.days(4)
    last = account_day(now, account.time_zone) - timedelta(days=1)
    now = bench.days(6)  # late hours, late conversions and click credits have all arrived
    pull = bench.platform.facts(CLIENT, account, first, last, now)
    names = {ours.id: "search-core"}
    billed = {
        (names.get(campaign, campaign), day): micros
        for (campaign, day), micros in bench.billed(account.account).items()
        if first.isoformat() <= day <= last.isoformat()
    }
    told = {
        (row["campaign"], row["day"].isoformat()): row["cost_micros"]
        for row in pull.table.to_pylist()
        if row["level"] == "campaign"
    }
    assert told == billed
    assert len(told) == 6
    assert (pull.first, pull.last, pull.as_of) == (first, last, now)


def test_ad_days_are_of_our_ads_and_add_up_to_their_campaign(bench, account, ours):
    bench.platform.apply(account, [things.of(ours, "enable_campaign")])
    day = account_day(bench.now(), account.time_zone)
    rows = bench.platform.facts(CLIENT, account, day, day, bench.days(8)).table.to_pylist()
    cost = {
        level: sum(
            r["cost_micros"] for r in rows if r["level"] == level and r["campaign"] == "search-core"
        )
        for level in ("campaign", "ad")
    }
    assert cost["ad"] == cost["campaign"] > 0
    assert {r["ad"] for r in rows if r["level"] == "ad"} == {things.ad().variant}


def test_facts_keep_the_common_columns_even_when_empty(bench, account):
    tomorrow = account_day(bench.now(), account.time_zone) + timedelta(days=1)
    pull = bench.platform.facts(CLIENT, account, tomorrow, tomorrow, bench.now())
    assert pull.table.schema == FACTS
    assert pull.table.num_rows == 0

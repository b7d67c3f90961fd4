"""The world as a whole: time cut into any slices, restarts, exports, shocks, splitting demand."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sandbox.google.wire import enum_name
from sandbox.spec import AccountSpec, OutsideEdit, Review, Shock
from sandbox.world import World, WorldError
from tests.sandbox.worlds import (
    BEGIN,
    CUSTOMER,
    add_budget,
    campaign,
    request,
    set_daily,
    spec,
    world,
)

END = BEGIN + timedelta(days=12)
ALWAYS = (date.min, date.max)


def state(made):
    account = made.account(CUSTOMER)
    books = {
        key: (book.figures.tobytes(), tuple(book.claims), str(book.stretches))
        for key, book in account.days.items()
    }
    return made.billed(CUSTOMER, *ALWAYS), list(account.leads), dict(account.meters), books


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sets(st.integers(1, 12 * 24 * 4 - 1), max_size=25),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_how_time_is_cut_and_who_looks_changes_nothing(tmp_path_factory, quarters, zone):
    whole = world(tmp_path_factory.mktemp("a"), time_zone=zone)
    cut = world(tmp_path_factory.mktemp("b"), time_zone=zone)
    whole.advance(END)
    for quarter in sorted(quarters):
        cut.advance(BEGIN + timedelta(minutes=15 * quarter))
        cut.search(CUSTOMER, "SELECT campaign.id, metrics.clicks FROM campaign")
    cut.advance(END)
    assert state(cut) == state(whole)
    whole.close()
    cut.close()


def test_another_seed_is_another_world(tmp_path):
    one, two = world(tmp_path / "a", seed=1), world(tmp_path / "b", seed=2)
    for each in (one, two):
        each.advance(END)
    assert one.billed(CUSTOMER, *ALWAYS) != two.billed(CUSTOMER, *ALWAYS)


def test_a_world_opened_again_goes_on_as_if_it_had_never_stopped(tmp_path):
    kept = world(tmp_path / "a")
    stopped = world(tmp_path / "b")
    for each in (kept, stopped):
        each.advance(BEGIN + timedelta(days=5, hours=7))
        edit = request()
        set_daily(edit, campaign(each, "Core").campaign_budget, 50_000_000)
        each.mutate(edit)
        each.shock(
            Shock(
                customer_id=CUSTOMER,
                campaign_name="Core",
                field="conversion_rate",
                factor=3,
                first_day=date(2026, 3, 26),
                last_day=date(2026, 3, 28),
            )
        )
    before = state(stopped)
    stopped.close()
    stopped = World(tmp_path / "b")
    assert state(stopped) == before
    assert stopped.now == BEGIN + timedelta(days=5, hours=7)
    for each in (kept, stopped):
        each.advance(END)
    assert state(stopped) == state(kept)
    assert stopped.writes(CUSTOMER)[0]["after"]["amount_micros"] == 50_000_000


def test_a_failed_advance_leaves_the_world_where_it_was(tmp_path, monkeypatch):
    made = world(tmp_path)
    made.advance(BEGIN + timedelta(days=1))
    before = state(made)

    def broken(*_):
        raise OSError("disk full")

    monkeypatch.setattr(made._store, "put_leads", broken)
    with pytest.raises(OSError, match="disk full"):
        made.advance(END)
    monkeypatch.undo()
    assert (made.now, state(made)) == (BEGIN + timedelta(days=1), before)


def test_a_moment_that_has_passed_changes_nothing(tmp_path):
    made = world(tmp_path)
    made.advance(END)
    before = state(made)
    assert made.advance(BEGIN) == END
    assert state(made) == before


def test_exports_come_at_five_each_day_and_hold_the_deals_changed_in_14_days(tmp_path):
    made = world(tmp_path)
    made.advance(BEGIN + timedelta(days=40))
    files = sorted((tmp_path / "exports" / CUSTOMER).glob("*.csv"))
    assert [each.name for each in files[:2]] == ["deals-2026-03-20.csv", "deals-2026-03-21.csv"]
    assert len(files) == 40
    with files[-1].open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert {row["Deal Stage"] for row in rows} >= {"Appointment Scheduled", "Qualified To Buy"}
    edge = datetime(2026, 4, 28, 4, tzinfo=UTC)
    for row in rows:
        modified = datetime.fromisoformat(row["Last Modified Date"]).replace(tzinfo=UTC)
        assert edge - timedelta(days=14, hours=2) < modified < edge + timedelta(hours=2)
        assert (row["Close Date"] != "") == row["Deal Stage"].startswith("Closed")
    known = {"", "Core", "Brand", "Video", "Unknown keywords (SSL)"}
    assert {row["Original Traffic Source Drill-Down 1"] for row in rows} <= known
    assert any(not row["Google click id (gclid)"] for row in rows)


def test_an_export_lost_in_a_crash_is_written_at_the_next_start(tmp_path):
    made = world(tmp_path)
    made.advance(END)
    account = made.account(CUSTOMER)
    last = sorted((tmp_path / "exports" / CUSTOMER).glob("*.csv"))[-1]
    text = last.read_text()
    last.unlink()
    account.exported_until -= timedelta(days=1)
    made._store.put_account(account)
    made.close()
    World(tmp_path).close()
    assert last.read_text() == text


def test_splitting_a_campaign_does_not_double_the_demand(tmp_path):
    def clicks(folder, campaigns):
        made = world(folder, campaigns=campaigns, market={"SEARCH": {"daily_clicks": 60}})
        made.advance(BEGIN + timedelta(days=30))
        return sum(row["clicks"] for row in made.truth(CUSTOMER))

    one = clicks(tmp_path / "one", [{"name": "A", "daily_micros": 400_000_000}])
    halves = [{"name": name, "daily_micros": 200_000_000} for name in ("A", "B")]
    two = clicks(tmp_path / "two", halves)
    assert two < one * 1.25
    assert max(one, two) <= 60 * 30 * 1.2


def test_a_shock_moves_the_days_it_names_only(tmp_path):
    plain, shocked = world(tmp_path / "a"), world(tmp_path / "b")
    first, last = date(2026, 3, 24), date(2026, 3, 26)
    shocked.shock(
        Shock(
            customer_id=CUSTOMER,
            channel_type="SEARCH",
            field="cpc",
            factor=4,
            first_day=first,
            last_day=last,
        )
    )
    for each in (plain, shocked):
        each.advance(END)
    before, after = (
        {(r["campaign_id"], r["day"]): r["clicks"] for r in each.truth(CUSTOMER)}
        for each in (plain, shocked)
    )
    moved = {day for (_, day), clicks in after.items() if clicks != before.get((_, day))}
    assert moved == {"2026-03-24", "2026-03-25", "2026-03-26"}


def test_the_worst_case_biller_takes_all_that_the_rules_allow(tmp_path):
    made = world(
        tmp_path, begin=datetime(2026, 4, 1, tzinfo=UTC), adversarial=True, time_zone="UTC"
    )
    made.advance(datetime(2026, 5, 1, tzinfo=UTC))
    rows = [row for row in made.billed(CUSTOMER, *ALWAYS) if row["campaign_name"] == "Core"]
    assert rows[0]["billed_micros"] == 180_000_000
    assert sum(row["billed_micros"] for row in rows) == 90_000_000 * 304 // 10


def test_an_edit_by_hand_is_applied_and_marked_as_a_persons(tmp_path):
    made = world(tmp_path)
    number = campaign(made, "Video").id
    made.outside_edit(OutsideEdit(customer_id=CUSTOMER, campaign_id=number, status="PAUSED"))
    made.advance(END)
    assert made.writes(CUSTOMER)[0]["by"] == "person"
    assert {r["campaign_name"] for r in made.billed(CUSTOMER, *ALWAYS)} == {"Core", "Brand"}


def test_an_ad_the_review_disapproves_is_served_no_more_even_after_a_restart(tmp_path):
    made = world(tmp_path)
    made.advance(BEGIN + timedelta(days=2))
    video = campaign(made, "Video").resource_name
    groups = {g.resource_name for g in made.account(CUSTOMER).of("adGroups") if g.campaign == video}
    (ad,) = (a for a in made.account(CUSTOMER).of("adGroupAds") if a.ad_group in groups)
    made.review(Review(customer_id=CUSTOMER, ad_id=ad.ad.id))
    made.close()
    again = World(tmp_path)
    again.advance(END)
    (row,) = again.search(
        CUSTOMER,
        "SELECT ad_group_ad.policy_summary.approval_status FROM ad_group_ad"
        f" WHERE ad_group_ad.ad.id = {ad.ad.id}",
    ).rows
    assert enum_name(row.ad_group_ad.policy_summary, "approval_status") == "DISAPPROVED"
    days = {
        r["day"]
        for r in again.billed(CUSTOMER, *ALWAYS)
        if r["campaign_name"] == "Video" and r["billed_micros"]
    }
    assert days == {"2026-03-20", "2026-03-21"}
    with pytest.raises(WorldError, match="no ad 1"):
        again.review(Review(customer_id=CUSTOMER, ad_id=1))
    again.close()


def test_a_world_begins_once(tmp_path):
    made = world(tmp_path)
    assert made.open(BEGIN, 5) == BEGIN
    with pytest.raises(WorldError, match="began at"):
        made.open(END, 5)
    with pytest.raises(WorldError, match="another account"):
        made.add_account(AccountSpec.model_validate(spec(name="Other")))


@pytest.mark.parametrize(
    "wrong",
    [{"colour": 1}, {"time_zone": "Mars/Base"}, {"market": {"SEARCH": {"cpc": 1}}}],
)
def test_a_specification_with_an_unknown_key_or_zone_is_refused(wrong):
    with pytest.raises(ValidationError):
        AccountSpec.model_validate(spec(**wrong))


def test_an_edit_in_the_odd_half_hour_after_midnight_is_billed_in_order(tmp_path):
    made = world(tmp_path, time_zone="Asia/Kolkata")
    made.advance(datetime(2026, 3, 24, 18, 40, tzinfo=UTC))  # ten past midnight in Kolkata
    edit = request()
    set_daily(edit, campaign(made, "Core").campaign_budget, 50_000_000)
    made.mutate(edit)
    made.advance(END)
    assert (
        made.account(CUSTOMER).meters[campaign(made, "Core").resource_name].daily_micros
        == 50_000_000
    )


def test_two_processes_may_not_serve_one_world(tmp_path):
    made = world(tmp_path)
    with pytest.raises(WorldError, match="Another process"):
        World(tmp_path)
    made.close()
    World(tmp_path).close()


def test_campaigns_on_a_shared_budget_share_its_limits(tmp_path):
    made = world(
        tmp_path, begin=datetime(2026, 4, 1, tzinfo=UTC), adversarial=True, time_zone="UTC"
    )
    budget = campaign(made, "Core").campaign_budget
    req = request()
    add_budget(req, micros=50_000_000, shared=True).name = "Both"
    for name in ("Core", "Brand"):
        body = req.mutate_operations.add().campaign_operation
        body.update.resource_name = campaign(made, name).resource_name
        body.update.campaign_budget = f"customers/{CUSTOMER}/campaignBudgets/-1"
        body.update_mask.paths.append("campaign_budget")
    made.mutate(req)
    made.advance(datetime(2026, 5, 1, tzinfo=UTC))
    rows = [r for r in made.billed(CUSTOMER, *ALWAYS) if r["campaign_name"] != "Video"]
    assert sum(r["billed_micros"] for r in rows) == 50_000_000 * 304 // 10
    entities = made.account(CUSTOMER).entities
    assert entities[budget].reference_count == 0
    assert entities[campaign(made, "Brand").campaign_budget].reference_count == 2

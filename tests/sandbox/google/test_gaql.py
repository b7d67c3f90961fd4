"""Queries: what is found, what is refused, and what the platform shows when."""

from datetime import date, timedelta

import pytest

from sandbox.google.failures import Refused
from sandbox.google.gaql.where import during, like
from sandbox.google.wire import enum_name
from sandbox.spec import OutsideEdit
from tests.sandbox.worlds import BEGIN, CUSTOMER, campaign, world


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    made = world(tmp_path_factory.mktemp("world"))
    made.advance(BEGIN + timedelta(days=20, hours=10))  # over the change to summer time
    return made


def rows(made, text):
    return made.search(CUSTOMER, text).rows


def test_only_selected_fields_and_resource_names_come_back(made):
    row = rows(made, "SELECT campaign.name FROM campaign LIMIT 1")[0]
    assert row.campaign.resource_name.startswith(f"customers/{CUSTOMER}/campaigns/")
    assert not row.campaign.HasField("id")
    assert not row.HasField("campaign_budget")


def test_an_unset_optional_field_stays_unset(made):
    row = rows(made, "SELECT campaign.end_date_time, campaign.name FROM campaign")[0]
    assert not row.campaign.HasField("end_date_time")


def test_figures_of_hours_days_and_the_whole_agree(made):
    def total(select):
        where = "WHERE segments.date BETWEEN '2026-03-20' AND '2026-04-05'"
        found = rows(made, f"SELECT campaign.id, metrics.cost_micros{select} FROM campaign {where}")
        return sum(row.metrics.cost_micros for row in found)

    whole = total("")
    assert whole > 0
    assert total(", segments.date") == total(", segments.date, segments.hour") == whole
    assert total(", segments.month") == total(", segments.day_of_week") == whole


def test_ads_and_ad_groups_add_up_to_their_campaign(made):
    for metric in ("cost_micros", "clicks", "impressions", "conversions"):
        sums = {
            sum(
                getattr(r.metrics, metric) for r in rows(made, f"SELECT metrics.{metric} FROM {of}")
            )
            for of in ("customer", "campaign", "ad_group", "ad_group_ad")
        }
        assert len(sums) == 1


def test_old_days_equal_the_ledger_and_claims_exceed_leads_for_video(made):
    last = date(2026, 4, 2)
    found = rows(
        made,
        "SELECT campaign.id, segments.date, metrics.cost_micros FROM campaign "
        f"WHERE segments.date <= '{last}'",
    )
    seen = {(str(r.campaign.id), r.segments.date): r.metrics.cost_micros for r in found}
    billed = made.billed(CUSTOMER, date.min, last)
    assert seen == {(r["campaign_id"], r["day"]): r["billed_micros"] for r in billed}
    text = "SELECT metrics.conversions FROM campaign WHERE campaign.name = 'Video'"
    claimed = rows(made, text)[0].metrics.conversions
    leads = sum(r["leads"] for r in made.truth(CUSTOMER) if r["campaign_name"] == "Video")
    assert claimed > leads > 0


def test_cost_shows_late_and_yesterday_is_restated_downwards(tmp_path):
    made = world(tmp_path)
    day = "2026-03-23"
    text = (
        "SELECT metrics.cost_micros, metrics.conversions FROM customer "
        f"WHERE segments.date = '{day}'"
    )
    seen = []
    for hours in (0, 6, 12, 15, 24 * 6, 24 * 30):
        made.advance(BEGIN + timedelta(days=3, hours=12 + hours))
        seen.append(rows(made, text)[0].metrics)
    costs = [each.cost_micros for each in seen]
    gross = sum(
        r["gross_micros"] for r in made.billed(CUSTOMER, date(2026, 3, 23), date(2026, 3, 23))
    )
    final = sum(
        r["billed_micros"] for r in made.billed(CUSTOMER, date(2026, 3, 23), date(2026, 3, 23))
    )
    assert costs[0] < costs[1] < costs[3] == gross
    assert costs[4] == costs[5] == final < gross
    assert gross * 0.98 <= final
    assert seen[0].conversions <= seen[3].conversions <= seen[5].conversions


def test_impression_share_is_for_search_and_never_shows_below_its_floor(made):
    text = "SELECT campaign.advertising_channel_type, metrics.search_impression_share FROM campaign"
    for row in rows(made, text):
        search = enum_name(row.campaign, "advertising_channel_type") == "SEARCH"
        assert row.metrics.HasField("search_impression_share") == search
        assert not search or row.metrics.search_impression_share >= 0.0999


def test_conditions_order_and_limit(made):
    names = [
        row.campaign.name
        for row in rows(
            made,
            "SELECT campaign.name FROM campaign WHERE campaign.status IN ('ENABLED', 'PAUSED') "
            "AND campaign.name LIKE '%r%' AND campaign.id != 0 ORDER BY campaign.name DESC",
        )
    ]
    assert names == ["Core", "Brand"]
    number = campaign(made, "Video").id
    found = rows(made, f"SELECT campaign.name FROM campaign WHERE campaign.id = {number}")
    assert [row.campaign.name for row in found] == ["Video"]


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("%core%", "The CORE one", True),
        ("a_c", "abc", True),
        ("a_c", "ac", False),
        ("[[]x]", "[x]", True),
        ("[ab]1", "b1", True),
        ("cc-%", "xcc-1", False),
    ],
)
def test_like_reads_percent_underscore_and_classes(pattern, text, fits):
    assert (like(pattern).fullmatch(text) is not None) == fits


def test_the_last_seven_days_leave_today_out():
    assert during("LAST_7_DAYS", date(2026, 3, 8)) == (date(2026, 3, 1), date(2026, 3, 7))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SELECT campaign.nam FROM campaign", "UNRECOGNIZED_FIELD"),
        ("SELECT campaign.type_ FROM campaign", "UNRECOGNIZED_FIELD"),
        ("SELECT campaign.id FROM nothing", "BAD_RESOURCE_TYPE_IN_FROM_CLAUSE"),
        ("SELECT ad_group.id FROM campaign", "PROHIBITED_RESOURCE_TYPE_IN_SELECT_CLAUSE"),
        ("SELECT campaign FROM campaign", "PROHIBITED_FIELD_IN_SELECT_CLAUSE"),
        ("SELECT metrics.clicks FROM label", "PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE"),
        (
            "SELECT campaign.id FROM campaign WHERE segments.hour = 3",
            "EXPECTED_REFERENCED_FIELD_IN_SELECT_CLAUSE",
        ),
        ("SELECT campaign.id FROM campaign WHERE campaign.status = 'ON'", "BAD_ENUM_CONSTANT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id = 'x'", "BAD_NUMBER"),
        ("SELECT campaign.id FROM campaign WHERE segments.date = 'x'", "INVALID_DATE_FORMAT"),
        ("SELECT campaign.id FROM campaign WHERE campaign.id IN ()", "PROHIBITED_EMPTY_LIST"),
        ("SELECT campaign.id FROM campaign LIMIT 0", "LIMIT_VALUE_TOO_LOW"),
        ("SELECT campaign.id FROM campaign WHERE campaign.name = 'x", "STRING_NOT_TERMINATED"),
        ("SELECT campaign.id campaign", "EXPECTED_FROM"),
        ("FROM campaign", "EXPECTED_SELECT"),
        ("SELECT campaign.id FROM campaign nonsense", "UNEXPECTED_INPUT"),
    ],
)
def test_a_wrong_query_is_refused_with_googles_code(made, text, code):
    with pytest.raises(Refused) as caught:
        rows(made, text)
    assert caught.value.problems[0].code.startswith(code)


def test_a_manager_lists_its_clients_and_has_no_metrics(made):
    text = "SELECT customer_client.id, customer_client.level FROM customer_client"
    levels = {
        r.customer_client.id: r.customer_client.level for r in made.search("9990000001", text).rows
    }
    assert levels == {int(CUSTOMER): 1, 9990000001: 0}
    with pytest.raises(Refused):
        made.search("9990000001", "SELECT metrics.clicks FROM customer")


RANGE = "change_event.change_date_time DURING LAST_14_DAYS"


def test_an_edit_by_hand_shows_in_the_change_history_after_three_minutes(tmp_path):
    made = world(tmp_path)
    made.advance(BEGIN + timedelta(days=3))
    number = campaign(made, "Core").id
    made.outside_edit(
        OutsideEdit(customer_id=CUSTOMER, campaign_id=number, daily_micros=50_000_000)
    )
    text = (
        "SELECT change_event.user_email, change_event.client_type, change_event.changed_fields, "
        "change_event.old_resource, change_event.new_resource FROM change_event WHERE "
        "change_event.change_date_time >= '2026-03-22' AND "
        "change_event.change_date_time <= '2026-03-24' LIMIT 100"
    )
    assert rows(made, text) == []
    made.advance(made.now + timedelta(minutes=3))
    (event,) = [row.change_event for row in rows(made, text)]
    assert enum_name(event, "client_type") == "GOOGLE_ADS_WEB_CLIENT"
    assert list(event.changed_fields.paths) == ["amount_micros"]
    assert event.old_resource.campaign_budget.amount_micros == 90_000_000
    assert event.new_resource.campaign_budget.amount_micros == 50_000_000


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        (f"WHERE {RANGE}", "LIMIT_NOT_SPECIFIED"),
        (f"WHERE {RANGE} LIMIT 10001", "INVALID_LIMIT_CLAUSE"),
        ("LIMIT 5", "CHANGE_DATE_RANGE_INFINITE"),
        (
            "WHERE change_event.change_date_time BETWEEN '2026-01-01' AND '2026-04-01' LIMIT 5",
            "START_DATE_TOO_OLD",
        ),
    ],
)
def test_the_change_history_has_rules_of_its_own(made, rest, code):
    with pytest.raises(Refused) as caught:
        rows(made, f"SELECT change_event.user_email FROM change_event {rest}")
    assert caught.value.problems[0].code == code

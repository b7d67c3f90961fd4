"""Deals as a definition counts them: the database agrees with the definition read aloud, row by row."""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.model.outcomes import DEALS
from engine.store import counted, deals
from engine.store.reads import client_days
from policies.conversions import ConversionAction, Conversions, of_deals

DAY = date(2026, 10, 5)
LATER = date(2026, 12, 31)
LEAD = of_deals("lead")["actions"][0]
STAGES = ("Appointment Scheduled", "Qualified To Buy", "Closed Won", "Closed Lost")


def action(**more) -> dict:
    return {**LEAD, **more}


def rules(primary=None, customer=None) -> Conversions:
    rows = [action(**(primary or {}))]
    if customer is not None:
        rows.append(action(name="c", key="c", role="customer", **{"value": "deal", **customer}))
    return Conversions.model_validate_json(__import__("json").dumps({"actions": rows}))


def a_deal(number, begins=0, lasts=None, won=None, stage="Appointment Scheduled", click=""):
    created = DAY + timedelta(days=begins)
    closed = None if lasts is None else created + timedelta(days=lasts)
    return {
        "deal_id": f"d{number:03d}",
        "created_on": created,
        "closed_on": closed,
        "stage": stage,
        "won": won,
        "amount_micros": 1_000_000 * (number + 1),
        "currency": "GBP",
        "campaign": "",
        "channel": "youtube",
        "click_id": click,
        "modified_at": datetime.combine(created, datetime.min.time(), UTC) + timedelta(days=9),
    }


def put(store, rows):
    table = pa.Table.from_pylist(rows, schema=DEALS)
    store.write(lambda conn: deals.upsert_deals(conn, "northgate", "crm", table))


def sums(store, by):
    with store.read() as conn:
        begun = client_days.begun(conn, "northgate", DAY, LATER, by)
        won = client_days.won(conn, "northgate", "GBP", DAY, LATER, by)
    return (
        sum(n for *_, n in begun),
        sum(n for *_, n, _ in won),
        sum(money for *_, money in won),
    )


ROWS = [
    a_deal(0),
    a_deal(1, begins=1, stage="Qualified To Buy", click="k"),
    a_deal(2, begins=2, lasts=5, won=True, stage="Closed Won", click="k"),
    a_deal(3, begins=3, lasts=40, won=True, stage="Closed Won"),
    a_deal(4, begins=4, lasts=6, won=False, stage="Closed Lost"),
]


@pytest.mark.parametrize(
    ("by", "found"),
    [
        (None, (5, 2, 7_000_000)),
        (rules(), (5, 2, 7_000_000)),
        (rules({"stages": ["Qualified To Buy", "Closed Won"]}), (3, 2, 7_000_000)),
        (rules({"stages": ["Closed Won"], "lead_days": 30}), (1, 2, 7_000_000)),
        (rules({"counting": "one"}), (4, 2, 7_000_000)),
        (rules({"duplicates": "click_id"}), (4, 2, 7_000_000)),
        (rules(customer={"lead_days": 30}), (5, 1, 3_000_000)),
        (rules(customer={"value": "fixed", "fixed_value": "9.00"}), (5, 2, 18_000_000)),
        (rules(customer={"value": "nothing"}), (5, 2, 0)),
        (rules(customer={"stages": ["Closed Won – renewal"]}), (5, 0, 0)),
    ],
)
def test_stage_window_counting_and_value_are_taken_as_they_are_written(store, by, found):
    put(store, ROWS)
    assert sums(store, by) == found


def test_a_won_deal_that_is_no_customer_has_closed_without_a_sale_for_the_optimiser_too(store):
    put(store, ROWS)
    with store.read() as conn:
        kept = deals.deals(conn, "northgate", by=rules(customer={"lead_days": 30})).to_pylist()
    assert [d["won"] for d in kept] == [None, None, True, False, False]
    assert [d["closed_on"] is None for d in kept] == [True, True, False, False, False]


def counts(deal: dict, one: ConversionAction) -> bool:
    """The definition read aloud."""
    if one.stages and deal["stage"] not in one.stages:
        return False
    until = deal["closed_on"] or deal["modified_at"].date()
    return one.lead_days is None or (until - deal["created_on"]).days <= one.lead_days


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 20),
            st.none() | st.integers(0, 60),
            st.booleans(),
            st.sampled_from(STAGES),
            st.sampled_from(["", "k", "l"]),
        ),
        max_size=12,
    ),
    st.lists(st.sampled_from(STAGES), max_size=3, unique=True),
    st.none() | st.integers(1, 40),
    st.booleans(),
)
def test_the_database_counts_what_the_definition_says(store, drawn, stages, lead_days, once):
    rows = [
        a_deal(n, begins, lasts, None if lasts is None else won, stage, click)
        for n, (begins, lasts, won, stage, click) in enumerate(drawn)
    ]
    from engine.store.tables import deals as table

    store.write(lambda conn: conn.execute(table.delete()))
    put(store, rows)
    counting = "one" if once else "every"
    by = rules({"stages": stages, "lead_days": lead_days, "counting": counting})
    fit = [d for d in rows if counts(d, by.primary)]
    clicks = {d["click_id"] for d in fit if d["click_id"]}
    expected = len([d for d in fit if not d["click_id"]]) + len(clicks) if once else len(fit)
    assert sums(store, by)[0] == expected


def test_months_are_the_sums_of_their_days(store):
    put(store, ROWS)
    with store.read() as conn:
        found = counted.months(conn, "northgate", "GBP", rules(), DAY, LATER)
    assert found == {
        date(2026, 10, 1): (5, 1, 3_000_000),
        date(2026, 11, 1): (0, 1, 4_000_000),
    }


def test_the_share_of_deals_that_count_is_what_a_plan_forecasts_by(store):
    put(store, ROWS)
    with store.read() as conn:
        assert counted.share(conn, "northgate", rules(), DAY, LATER) == 1.0
        qualified = rules({"stages": ["Qualified To Buy", "Closed Won"]})
        assert counted.share(conn, "northgate", qualified, DAY, LATER) == pytest.approx(0.6)
        assert counted.share(conn, "alder", qualified, DAY, LATER) == 1.0

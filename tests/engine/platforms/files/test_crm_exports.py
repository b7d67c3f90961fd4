import json
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bench.exports import shapes
from engine.model.errors import BadInput, Unanswered
from engine.model.exports import NO_ANSWERS, Answers, Total
from engine.platforms.files import read_bytes


def export(text, name="deals.csv", answers=NO_ANSWERS):
    (found,) = read_bytes(name, text.encode(), answers=answers)
    return found


def column(found, name):
    return found.rows[name].to_pylist()


def test_hubspot_deals_carry_outcome_money_days_and_click_id():
    found = export(shapes.HUBSPOT)
    assert (found.format, found.source, found.kind) == ("hubspot_deals", "crm", "deals")
    assert column(found, "won") == [True, False, None]
    assert column(found, "amount_micros") == [1_250_500_000, 300_000_000, None]
    assert column(found, "created_on") == [date(2026, 9, n) for n in (1, 2, 3)]
    assert column(found, "closed_on") == [date(2026, 9, 20), date(2026, 9, 21), None]
    assert column(found, "modified_at") == [
        datetime(2026, 9, 20, 14, 5, tzinfo=UTC),
        datetime(2026, 9, 21, 10, 5, tzinfo=UTC),
        datetime(2026, 9, 22, 8, 0, tzinfo=UTC),
    ]
    assert column(found, "click_id") == ["Cj0KCQ", None, None]
    assert column(found, "campaign") == ["utm-brand", None, "utm-social"]
    assert found.totals == {"Amount": Total(Decimal("1550.50"))}
    assert (found.currency, found.period) == ("GBP", (date(2026, 9, 1), date(2026, 9, 21)))


def test_nothing_that_may_name_a_person_leaves_the_hubspot_reader():
    text = shapes.HUBSPOT.replace(",UTM Campaign", ",UTM Campaign,Contact email", 1)
    text = "\n".join(
        line if at == 0 or not line else f"{line},jo@example.com"
        for at, line in enumerate(text.split("\n"))
    )
    found = export(text)
    kept = json.dumps(found.rows.to_pylist(), default=str)
    assert found.rows.num_rows == 3
    assert column(found, "name") == [None] * 3
    for word in ("Bloggs", "Sam", "example.com"):
        assert word not in kept


def test_a_deal_keeps_its_key_when_its_state_changes():
    later = shapes.HUBSPOT.replace("Appointment scheduled", "Closed won")
    assert column(export(later), "row_key") == column(export(shapes.HUBSPOT), "row_key")
    assert column(export(later), "won") == [True, False, True]


def test_of_a_deal_that_stands_twice_the_latest_state_is_kept():
    last = shapes.HUBSPOT.splitlines()[1].replace("2026-09-20T14", "2026-09-23T14")
    found = export(shapes.HUBSPOT + last.replace("1,250.50", "900.00") + "\n")
    assert [row.line for row in found.refused] == [2]
    assert found.totals["Amount"].rows == Decimal("1200.00")
    again = export(shapes.HUBSPOT + shapes.HUBSPOT.splitlines()[1] + "\n")
    assert [row.line for row in again.refused] == [5]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("300.00", "-300.00", "is negative"),
        ("2026-09-21 10:00", "2026-02-30 10:00", "is not a date there is"),
        ("102,Al", ",Al", "is blank"),
        ("102,Al", "1.02E+11,Al", "was shortened"),
        ("300.00,GBP", "€300.00,GBP", "says GBP but writes EUR"),
        ("300.00,GBP", "300.00,pounds", "is not a currency code"),
        ("closedlost", "", "is blank"),
    ],
)
def test_a_deal_that_cannot_be_read_is_refused_alone(old, new, reason):
    found = export(shapes.HUBSPOT.replace(old, new))
    (refused,) = found.refused
    assert refused.line == 3
    assert reason in refused.reason
    assert column(found, "deal_id") == ["101", "103"]


def test_deals_in_two_currencies_are_summed_apart():
    found = export(shapes.HUBSPOT.replace("300.00,GBP", "300.00,EUR"))
    assert found.currency is None
    assert {name: total.rows for name, total in found.totals.items()} == {
        "Amount (EUR)": Decimal("300.00"),
        "Amount (GBP)": Decimal("1250.50"),
    }


def test_stages_that_say_neither_won_nor_lost_are_open_and_said_so():
    text = shapes.HUBSPOT.replace("Closed Won", "Signed").replace("closedlost", "Gone")
    found = export(text)
    assert column(found, "won") == [None] * 3
    assert [note for note in found.notes if "Appointment scheduled, Gone, Signed" in note]


def test_a_thousand_deals_are_read_within_the_market_days_budget():
    data = shapes.hubspot_rows(1000).encode()
    spent = []
    for _ in range(5):
        start = time.process_time()
        (found,) = read_bytes("deals.csv", data)
        spent.append(time.process_time() - start)
    assert found.rows.num_rows == 1000
    assert min(spent) < 0.06


def test_olist_leads_and_deals_join_on_their_id():
    leads, deals = export(shapes.OLIST_LEADS), export(shapes.OLIST_DEALS)
    assert (leads.kind, deals.kind) == ("leads", "deals")
    assert column(leads, "source") == ["social", "paid_search", None]
    assert column(leads, "created_on")[0] == date(2018, 4, 2)
    assert column(deals, "deal_id") == column(leads, "lead_id")[:2]
    assert column(deals, "closed_on") == [date(2018, 4, 27), date(2018, 6, 9)]
    assert deals.rows["amount_micros"].null_count == 2
    assert deals.totals == {}


def test_a_lead_that_stands_twice_is_refused_once():
    found = export(shapes.OLIST_LEADS + "aa1,2018-04-02,page-a,email\n")
    assert [row.line for row in found.refused] == [5]


def test_the_maven_pipeline_has_won_lost_and_open_deals_without_a_currency():
    found = export(shapes.MAVEN_PIPELINE)
    assert column(found, "won") == [True, False, None, None]
    assert column(found, "created_on")[0] == date(2016, 9, 21)
    assert column(found, "closed_on") == [date(2017, 2, 1), date(2017, 2, 11), None, None]
    assert column(found, "product")[1] == "AlphaPro"
    assert found.totals["close_value"].rows == Decimal(1180)
    assert found.currency is None
    assert [note for note in found.notes if "none was assumed" in note]


def test_maven_look_up_tables_and_dictionary_are_reference():
    products = export(shapes.MAVEN_PRODUCTS)
    assert (products.format, products.kind) == ("maven_products", "reference")
    assert json.loads(column(products, "extra")[0])["sales_price"] == "4200"
    words = export(shapes.MAVEN_DICTIONARY)
    assert (words.format, words.read) == ("maven_data_dictionary", 2)


def test_month_first_is_told_from_the_column_and_otherwise_asked_for():
    text = shapes.MAVEN_PIPELINE
    for old, new in (("9/21/2016", "9/2/2016"), ("9/26/2016", "6/6/2016")):
        text = text.replace(old, new)
    text = text.replace("2/11/2017", "2/1/2017")
    with pytest.raises(Unanswered, match="can be two dates") as caught:
        export(text)
    assert caught.value.asks == ("day_order",)
    said = [export(text, answers=Answers(day_order=order)) for order in ("dmy", "mdy")]
    assert [column(found, "created_on")[0] for found in said] == [
        date(2016, 2, 9),
        date(2016, 9, 2),
    ]


def test_one_deal_whose_date_can_be_two_asks_for_the_whole_file():
    text = shapes.HUBSPOT.replace("2026-09-21 10:00", "03/04/2026")
    with pytest.raises(Unanswered, match="03/04/2026"):
        export(text)
    found = export(text, answers=Answers(day_order="dmy"))
    assert column(found, "closed_on")[1] == date(2026, 4, 3)


def test_broken_quotes_refuse_a_crm_file_whole():
    with pytest.raises(BadInput, match="quotes do not pair"):
        export(shapes.OLIST_LEADS.replace("bb2", '"bb2'))

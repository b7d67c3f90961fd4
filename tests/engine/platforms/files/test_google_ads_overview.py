from datetime import date
from decimal import Decimal

from bench.exports import shapes
from engine.platforms.files import read_bytes


def export(name, text):
    (found,) = read_bytes(name, text.encode())
    return found


def test_a_daily_card_gives_days_and_the_currency_of_its_marks():
    found = export("Time_series(2026.02.05-2026.02.07).csv", shapes.TIME_SERIES)
    assert found.format == "google_ads_overview"
    assert found.currency == "USD"
    assert found.rows["day"].to_pylist() == [date(2026, 2, 5), date(2026, 2, 6), date(2026, 2, 7)]
    assert found.rows["cost_micros"].to_pylist() == [0, 46_500_000, 1_032_100_000]
    assert found.period == (date(2026, 2, 5), date(2026, 2, 7))
    renamed = export("cards.csv", shapes.TIME_SERIES)
    assert renamed.period == found.period
    assert renamed.rows["row_key"].equals(found.rows["row_key"])


def test_quarters_are_cut_to_the_dates_in_the_name_and_are_no_days():
    found = export("Time_series(2025.10.01-2026.02.07).csv", shapes.QUARTERS)
    assert found.rows["period_last"].to_pylist() == [date(2025, 12, 31), date(2026, 2, 7)]
    assert found.rows["day"].null_count == 2


def test_a_bare_dollar_names_no_currency():
    found = export("x.csv", shapes.QUARTERS)
    assert found.currency is None
    assert [note for note in found.notes if "Several currencies are written $" in note]


def test_a_renamed_card_without_days_has_no_period():
    found = export("Devices.csv", shapes.DEVICES)
    assert found.period is None
    assert found.currency == "GBP"
    assert found.rows["level"].to_pylist() == ["device", "device"]
    assert [note for note in found.notes if "period is unknown" in note]


def test_weekdays_are_counted_but_are_no_dates():
    found = export("Day_&_hour(Day_2026.02.05-2026.02.07).csv", shapes.WEEKDAYS)
    assert found.totals["Impressions"].rows == Decimal(250_245)
    assert found.rows["day"].null_count == 2
    assert len(set(found.rows["row_key"].to_pylist())) == 2


def test_scores_are_reference_not_performance():
    found = export("Optimization_score(2026.02.05-2026.02.07).csv", shapes.SCORES)
    assert found.kind == "reference"
    assert found.rows["key"].to_pylist() == ["Brand", "Generic"]


def test_a_zip_of_cards_gives_one_export_a_member():
    cards = {name: text for name, text in shapes.ALL.items() if "(" in name}
    cards["__MACOSX/._Devices.csv"] = b"\x00\x05\x16\x07"
    found = read_bytes("Overview_cards.zip", shapes.zipped(cards))
    assert len(found) == 5
    assert found[0].file == "Overview_cards.zip/Time_series(2026.02.05-2026.02.07).csv"
    alone = export("Time_series(2026.02.05-2026.02.07).csv", shapes.TIME_SERIES)
    assert found[0].rows.equals(alone.rows)

from datetime import date
from decimal import Decimal

import pytest

from bench.exports import platform_shapes as shapes
from engine.model.exports import NO_ANSWERS, Answers, Total
from engine.platforms.files import read_bytes


def export(text, answers=NO_ANSWERS):
    (found,) = read_bytes("microsoft.csv", text.encode("utf-8-sig"), answers=answers)
    return found


def test_the_grid_is_read_and_held_against_the_totals_of_all_campaign_types():
    found = export(shapes.MICROSOFT)
    assert (found.format, found.source, found.read) == ("microsoft_ads", "microsoft_ads", 2)
    assert found.totals["Spend"] == Total(Decimal("487.24"), Decimal("487.25"))
    assert found.totals["Clicks"] == Total(Decimal(389), Decimal(389))
    assert found.rows["campaign"].to_pylist() == ["Serviços", "Marca"]
    assert not [note for note in found.notes if "more than rounding" in note]


def test_days_and_currency_are_not_in_the_file_and_only_the_currency_can_be_said():
    found = export(shapes.MICROSOFT)
    assert (found.period, found.currency, found.asks) == (None, None, ("currency",))
    assert [note for note in found.notes if "does not say which days" in note]
    said = export(shapes.MICROSOFT, Answers(currency="USD"))
    assert (said.currency, said.asks) == ("USD", ())


def test_a_missing_row_shows_against_the_total():
    lines = shapes.MICROSOFT.splitlines(keepends=True)
    found = export("".join(lines[:1] + lines[2:]))
    assert [note for note in found.notes if "Spend" in note and "more than rounding" in note]


def test_a_file_cut_in_the_middle_has_no_totals_and_says_so():
    lines = shapes.MICROSOFT.splitlines(keepends=True)
    found = export("".join(lines[:2]))
    assert found.totals["Spend"] == Total(Decimal("484.12"))
    assert [note for note in found.notes if "no total row" in note]


def test_a_decimal_comma_holds_for_rows_and_totals():
    text = shapes.MICROSOFT.replace(",", ";").replace(".", ",")
    text = text.replace("Impr,", "Impr.").replace("Conv,", "Conv.").replace("Avg, ", "Avg. ")
    assert export(text).totals["Spend"] == Total(Decimal("487.24"), Decimal("487.25"))


def test_a_campaign_that_is_called_total_is_a_row():
    found = export(shapes.MICROSOFT.replace("Marca", "Grand total"))
    assert found.read == 2


def test_with_a_day_column_each_row_has_its_day():
    lines = shapes.MICROSOFT.splitlines()[:3]
    days = ("Day", "2026-05-01", "2026-05-02")
    found = export("\n".join(f"{line},{day}" for line, day in zip(lines, days, strict=True)) + "\n")
    assert found.period == (date(2026, 5, 1), date(2026, 5, 2))


def test_a_renamed_campaign_is_still_the_same_campaign():
    first, again = export(shapes.MICROSOFT), export(shapes.MICROSOFT.replace("Marca", "Brand"))
    assert first.rows["row_key"].equals(again.rows["row_key"])


NAME_FIRST = "Campaign,Campaign ID,Spend,Clicks,Impr.,Conv.\nBrand,[1],5.00,1,10,0\n"


def test_a_campaign_called_total_with_an_id_never_vanishes():
    found = export(NAME_FIRST + "Brand total,[2],500.00,1,10,0\n")
    assert found.totals["Spend"].rows == Decimal("505.00")
    found = export(NAME_FIRST + "Brand total,[2],500.00,1,10,-\n")
    assert [(r.line, r.reason) for r in found.refused] == [(3, "Conv. '-' is not a number.")]


@pytest.mark.parametrize("named", ["", "-", "all", "1 2"])
def test_a_line_without_a_campaign_id_is_refused_and_never_added(named):
    found = export(NAME_FIRST + f"Sum,{named},5.00,1,10,0\n")
    assert [r.line for r in found.refused] == [3]
    assert "Campaign ID" in found.refused[0].reason
    assert found.totals["Spend"].rows == Decimal("5.00")

"""Damaged exports: refused with a sentence, or every line accounted for and every sum its lines' own.

The cases are those of ``python -m bench files``; what it found is below, each as a small test of its own.
"""

from decimal import Decimal

import pytest

from bench.exports import platform_shapes, shapes
from bench.file_cases import fixtures, real
from bench.files import judged
from engine.model.errors import BadInput
from engine.platforms.files import read_bytes
from tests.engine.platforms.files.real import export_file

FINE = {"refused whole", "read", "read with refusals"}


def export(text, name="file.csv"):
    (found,) = read_bytes(name, text.encode())
    return found


@pytest.mark.parametrize("case", fixtures(), ids=lambda case: case.name)
def test_damaged_copies_of_our_files_are_refused_or_add_up(case):
    for number in range(8):
        outcome, said = judged(case, number, seed=5)
        assert outcome in FINE, (number, said)


@pytest.mark.exports
def test_damaged_copies_of_real_files_are_refused_or_add_up():
    export_file("")
    for number, case in enumerate(real() * 4):
        outcome, said = judged(case, number, seed=6)
        assert outcome in FINE, (number, case.name, said)


def test_a_query_that_stands_twice_is_added_up_once():
    found = export(platform_shapes.TRENDS + '"ferry",18,"1,350%"\n')
    assert found.totals["search interest"].rows == 139
    words = platform_shapes.AHREFS + '"3"\t"boat hire"\t"gb"\t""\t"250"\t""\t""\t""\t""\n'
    assert export(words).totals["Volume"].rows == 300


def test_a_row_that_a_further_column_refuses_is_in_no_sum():
    found = export(platform_shapes.META_ADS.replace("3,3.03030303,3,", "3,3.03030303,three,"))
    assert len(found.refused) == 1
    assert found.totals["Impressions"].rows == 196
    assert sum(found.rows["impressions"].to_pylist()) == 196


def test_a_total_row_with_a_name_in_it_is_neither_added_nor_dropped():
    total = "Total: Campaigns, --, --,GBP, --,"
    found = export(shapes.CAMPAIGNS.replace(total, "Total: Campaigns, --, --,GBP,Eligible,"))
    (refused,) = found.refused
    assert "called a total" in refused.reason
    assert found.totals["Cost"].rows == Decimal("799.75")


def test_a_total_row_below_a_damaged_header_is_not_added():
    text = shapes.CAMPAIGNS.replace("Campaign status,", "Campaign stbtus,")
    found = export(text)
    assert found.totals["Cost"].rows == Decimal("799.75")


def test_a_total_row_that_was_cut_is_refused():
    cut = shapes.CAMPAIGNS.replace("Total: Account,,,GBP,,,640", "Total: Account\nrest,,")
    found = export(cut)
    assert [row.line for row in found.refused] == [8, 9]


def test_a_day_of_a_campaign_that_sounds_like_a_total_is_not_dropped():
    found = export(shapes.DAILY.replace("2026-02-06,Brand", "2026-02-06,Total: body"))
    (refused,) = found.refused
    assert refused.line == 5
    plain = export(shapes.DAILY + "2026-02-07,Total: Campaigns,EUR,30,3,2.50\n")
    assert (plain.read, plain.refused) == (3, ())


def test_a_row_that_names_no_campaign_is_refused():
    found = export(shapes.DAILY.replace("2026-02-06,Brand", "2026-02-06,"))
    assert [row.reason for row in found.refused] == ["Campaign is blank."]
    assert found.totals["Cost"].rows == Decimal("3.00")


def test_thousands_do_not_begin_with_a_zero():
    found = export(shapes.TIME_SERIES.replace('"1,107"', '"0,107"'))
    assert [row.line for row in found.refused] == [4]
    assert "does not fit the decimal point" in found.refused[0].reason


def test_rows_above_a_header_that_stands_too_low_refuse_the_file():
    lines = shapes.DAILY.splitlines(keepends=True)
    broken = [*lines[:2], lines[2].replace("Campaign,", "Campaign\n,"), *lines[3:5], *lines[2:]]
    with pytest.raises(BadInput, match="Line 3 stands above the header"):
        export("".join(broken))
    lines = platform_shapes.LINKEDIN_PT.splitlines(keepends=True)
    with pytest.raises(BadInput, match="Line 1 stands above the header"):
        export("".join([lines[1], lines[0], *lines[2:]]))


def test_a_further_column_that_stands_twice_must_say_the_same():
    head, *rows = platform_shapes.META_INSIGHTS.splitlines()
    views = [row.rpartition(",")[2] for row in rows]
    twice = [f"{row},{own}" for row, own in zip(rows, views, strict=True)]
    same = export("\n".join([f"{head},Landing Page Views", *twice, ""]))
    assert same.totals["Landing Page Views"].rows == 230
    other = export("\n".join([f"{head},Landing Page Views", *twice[:2], f"{rows[2]},1 234", ""]))
    assert [row.line for row in other.refused] == [4]
    assert other.totals["Landing Page Views"].rows == 170

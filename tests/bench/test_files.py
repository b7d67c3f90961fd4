from dataclasses import replace
from decimal import Decimal

import pytest

from bench import files, plain_reading
from bench.exports import shapes
from bench.file_cases import fixtures
from engine.model.exports import Total
from engine.platforms.files import read_bytes

pytestmark = pytest.mark.xdist_group("bench_files")


@pytest.fixture(scope="module")
def answer():
    said = []
    found = files.measure(210, said.append, ours_only=True)
    assert "only ours" in said[0]
    return found


def test_it_answers_with_what_was_damaged_and_what_came_of_it(answer):
    assert answer["short"] is True
    assert answer["mutations"] == 210 == sum(answer["outcomes"].values())
    assert answer["real_files"] is False
    assert answer["sizes"]["real"] == 0
    assert min(answer["outcomes"].values()) > 10


def test_nothing_crashes_and_no_sum_is_silently_wrong(answer):
    assert answer["faults"] == []
    figures = ("crashes", "silent_wrong_sums", "refused_without_reason")
    assert [answer[name] for name in figures] == [0, 0, 0]


def test_it_reads_as_a_sentence(answer):
    assert "210 damaged copies" in files.line(answer)
    assert "(ours only)" in files.line(answer)


def test_a_damaged_copy_comes_back_with_its_number():
    case = fixtures()[0]
    assert files.damaged_copy(case, 7) == files.damaged_copy(case, 7)
    copies = {files.damaged_copy(case, number) for number in range(20)}
    assert len(copies) > 15


def export(name="daily.csv"):
    data = shapes.ALL[name].encode()
    (found,) = read_bytes(name, data)
    return found, data


def test_a_whole_file_differs_in_nothing():
    for case in fixtures():
        for found in read_bytes(case.name, case.data):
            assert files.difference(found, case.data, case.point) == ""


def test_a_sum_that_the_lines_do_not_say_is_found():
    found, data = export()
    found = replace(found, totals={"Cost": Total(Decimal("4.51"))})
    assert "the rows' impressions" in files.difference(found, data, ".")
    found = replace(found, totals={**export()[0].totals, "Clicks": Total(Decimal(7))})
    assert "add up to" in files.difference(found, data, ".")


def test_a_line_that_is_neither_kept_nor_refused_is_found():
    found, data = export()
    found = replace(found, rows=found.rows.slice(0, 2), read=2)
    assert "2 lines are accounted for, there are 3" in files.difference(found, data, ".")


def test_two_rows_under_one_key_are_found():
    found, data = export()
    keys = found.rows["row_key"].to_pylist()
    twice = found.rows.set_column(0, found.rows.schema.field(0), [[keys[0], keys[0], keys[1]]])
    assert "share a key" in files.difference(replace(found, rows=twice), data, ".")


def test_a_sum_that_holds_a_refused_line_is_found():
    text = shapes.DAILY.replace("20,2,1.50", "20,x,1.50")
    (found,) = read_bytes("daily.csv", text.encode())
    whole = replace(found, totals=export()[0].totals)
    assert files.difference(whole, text.encode(), ".")
    assert files.difference(found, text.encode(), ".") == ""


def test_a_decimal_comma_taken_for_thousands_is_found():
    name = "comma.csv"
    found, data = export(name)
    assert files.difference(found, data, ",") == ""
    wrong = {**found.totals, "Cost": Total(Decimal(1200))}
    assert files.difference(replace(found, totals=wrong), data, ",")


@pytest.mark.parametrize(
    ("cell", "point", "value"),
    [
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("0,123", ".", "0.123"),
        ("1.234,5", ".", "1234.5"),
        ("US$1,032.10", ".", "1032.10"),
        ("12,34,567.8", ".", "1234567.8"),
        (" --", ".", "0"),
        ("2,16", ".", "2.16"),
    ],
)
def test_a_figure_is_what_its_own_digits_say(cell, point, value):
    assert plain_reading.figure(cell, point) == Decimal(value)


def test_what_has_no_digits_is_no_figure():
    assert plain_reading.figure("none", ".") is None

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from bench.exports import books
from engine.model.errors import BadInput
from engine.platforms.files import read_bytes
from engine.platforms.files.cells import cell_text, plain


class Cell:
    def __init__(self, value, number_format="General"):
        self.value = value
        self.number_format = number_format


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(None), ""),
        (Cell(True), "TRUE"),
        (Cell("03/04/2026"), "03/04/2026"),
        (Cell(12), "12"),
        (Cell(12.0), "12"),
        (Cell(0.1 + 0.2), "0.3"),
        (Cell(1.1 * 3), "3.3"),
        (Cell(1e-7), "0.0000001"),
        (Cell(-4.5), "-4.5"),
        (Cell(120235309548440595), "120235309548440595"),
        (Cell(1.2023530954844059e17), "1.20235309548441E+17"),
        (Cell(123456789012345.0), "123456789012345"),
        (Cell(0.0488, "0.00%"), "4.88%"),
        (Cell(1, "0%"), "100%"),
        (Cell(0.07, "0.0%"), "7%"),
        (Cell(12.5, '"£"#,##0.00'), "£12.5"),
        (Cell(12.5, "[$£-809]#,##0.00"), "£12.5"),
        (Cell(12.5, "[$US$-409]#,##0.00"), "US$12.5"),
        (Cell(12.5, "#,##0.00\\ [$EUR]"), "EUR12.5"),
        (Cell(12.5, "$#,##0.00_);($#,##0.00)"), "$12.5"),
        (Cell(12.5, '#,##0.00" units"'), "12.5"),
        (Cell(datetime.fromisoformat("2026-05-01")), "2026-05-01"),
        (Cell(date(2026, 5, 1)), "2026-05-01"),
        (Cell(datetime.fromisoformat("2026-05-01T14:05:05.999900")), "2026-05-01 14:05:06"),
        (Cell(datetime.fromisoformat("2026-04-30T23:59:59.999900")), "2026-05-01"),
        (Cell(time(9, 30)), "09:30:00"),
        (Cell(timedelta(hours=30, minutes=5)), "30:05:00"),
    ],
)
def test_a_cell_is_written_as_its_csv_would_say_it(cell, text):
    assert cell_text(cell) == text


def test_three_decimals_in_a_cell_are_decimals_and_not_thousands():
    assert plain(1.125) == "1.125"
    rows = [["Date", "Clicks", "Impressions", "Avg. CPC", "Cost"]]
    rows += [[datetime.fromisoformat("2026-02-05"), 3, 40, 1.125, 3.375]]
    (found,) = read_bytes("book.xlsx", books.book(Sheet1=rows))
    assert found.totals["Cost"].rows == Decimal("3.375")
    with pytest.raises(BadInput, match="thousands or decimals"):
        read_bytes("a.csv", b"Date,Clicks,Impressions,Avg. CPC,Cost\n2026-02-05,3,40,1.125,3.375\n")

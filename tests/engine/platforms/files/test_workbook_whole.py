import pytest

from bench.exports import books
from engine.model.errors import BadInput
from engine.platforms.files import read_bytes


def refused(data):
    with pytest.raises(BadInput) as caught:
        read_bytes("book.xlsx", data)
    return str(caught.value)


FAR = '<row r="1048576"><c r="A1048576"/></row>'
WIDE = f"<row>{'<c/>' * 1000}</row>" * 5_001


def many(*sheets, titles=None):
    """A workbook of sheets whose rows are XML as given, the first of them by hand."""
    names = [f"sheet{n}.xml" for n in range(1, len(sheets) + 1)]
    listed = "".join(
        f'<sheet name="{title}" sheetId="{n}" r:id="r{n}"/>'
        for n, title in enumerate(titles or names, 1)
    )
    rels = "".join(
        f'<Relationship Id="r{n}" Type="{books.RELS}/worksheet" Target="worksheets/{name}"/>'
        for n, name in enumerate(names, 1)
    )
    return books.by_hand(
        "",
        {
            "xl/workbook.xml": f'<workbook xmlns="{books.MAIN}" xmlns:r="{books.RELS}"><sheets>{listed}'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{books.PACKAGE}/relationships">{rels}'
            "</Relationships>",
            **{
                f"xl/worksheets/{name}": f'<worksheet xmlns="{books.MAIN}"><sheetData>{rows}</sheetData>'
                "</worksheet>"
                for name, rows in zip(names, sheets, strict=True)
            },
        },
    )


@pytest.mark.parametrize(
    ("sheets", "reason"),
    [([FAR, FAR], "2,000,000 rows"), ([WIDE], "5,000,000 cells"), ([""] * 101, "100 sheets")],
)
def test_blank_rows_cells_and_sheets_are_counted_over_the_whole_book(sheets, reason):
    data = many(*sheets)
    assert len(data) < 60_000
    assert f"more than {reason}, blank ones too" in refused(data)


def test_a_part_of_one_name_shown_as_two_sheets_is_refused():
    one = books.text_cells(1, "Device", "Clicks", "Cost")
    rels = books.relations(worksheet="worksheets/sheet1.xml")
    twice = rels.replace("</Relationships>", "").replace('Id="r1"', 'Id="r2"')
    twice += rels.partition('relationships">')[2]
    listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in (1, 2))
    data = books.by_hand(
        one,
        {
            "xl/_rels/workbook.xml.rels": twice,
            "xl/workbook.xml": f'<workbook xmlns="{books.MAIN}" xmlns:r="{books.RELS}"><sheets>{listed}'
            "</sheets></workbook>",
        },
    )
    assert "'s2' stands twice" in refused(data)


def test_two_sheets_of_one_title_are_refused():
    row = books.text_cells(1, "Device", "Clicks", "Cost")
    assert "'data' stands twice" in refused(many(row, row, titles=["Data", "data"]))


@pytest.mark.parametrize("padding", ["", f"<!--{' ' * 5_000}-->"])
def test_a_sheet_that_would_slip_past_the_checks_is_refused(padding):
    rows = '<row r="1"><c><f>1+2</f></c></row>'
    sheet = f'{padding}<worksheet xmlns="{books.MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    if padding:
        assert "missing from" in refused(books.by_hand("", {"xl/worksheets/sheet1.xml": sheet}))
        return
    rels = books.relations(worksheet="worksheets/sheet1.dat")
    parts = {"xl/worksheets/sheet1.dat": sheet, "xl/_rels/workbook.xml.rels": rels}
    assert "not named as .xml" in refused(books.by_hand("", parts))

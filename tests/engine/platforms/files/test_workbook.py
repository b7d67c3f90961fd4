from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from bench.exports import books, shapes
from bench.exports import platform_shapes as more
from engine.model.errors import BadInput, Unanswered
from engine.platforms.files import LIMITS, Limits, read_bytes

NAMED = {  # their dates or region are in the file's name, which a sheet has not
    more.TRENDS_NAME,
    *(name for name in shapes.ALL if "(20" in name or "_20" in name),
}
LOCAL = {
    "comma.csv",
    "linkedin_pt.csv",
}  # figures with a decimal comma would be figures in a workbook


def refused(data, limits=LIMITS, name="book.xlsx"):
    with pytest.raises(BadInput) as caught:
        read_bytes(name, data, limits)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: ")
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize("name", sorted(set(shapes.ALL) - NAMED - LOCAL))
def test_a_sheet_with_real_dates_and_figures_is_read_as_its_csv_is(name):
    (plainly,) = read_bytes(name, shapes.ALL[name].encode())
    (found,) = read_bytes("book.xlsx", books.book(Sheet1=shapes.ALL[name]))
    assert found.file == "book.xlsx/Sheet1"
    assert found.rows.drop_columns("extra").equals(plainly.rows.drop_columns("extra"))
    assert (found.totals, found.period, found.currency) == (
        *(plainly.totals, plainly.period, plainly.currency),
    )
    assert len(found.refused) == len(plainly.refused)


def test_money_with_the_mark_of_one_currency_names_it():
    made = openpyxl.Workbook()
    made.active.append(["Date", "Clicks", "Impressions", "Cost"])
    made.active.append([datetime.fromisoformat("2026-02-05"), 3, 40, 3.25])
    made.active["D2"].number_format = "[$£-809]#,##0.00"
    (found,) = read_bytes("book.xlsx", books.saved(made))
    assert found.currency == "GBP"


def test_each_sheet_is_an_export_and_empty_ones_are_skipped():
    data = books.book(Daily=shapes.DAILY, Empty=[], Blank=[[None, ""]], Leads=shapes.OLIST_LEADS)
    found = read_bytes("book.xlsx", data)
    assert [one.file for one in found] == ["book.xlsx/Daily", "book.xlsx/Leads"]
    assert [one.format for one in found] == ["google_ads_report", "olist_leads"]


def test_one_sheet_among_many_of_other_things_is_read_and_the_others_are_named():
    notes = [["To do"], ["call the client"]]
    (found,) = read_bytes(
        "book.xlsx", books.book(Notes=notes, Daily=shapes.DAILY, Sums=[[1, 2, 3]])
    )
    said = [note for note in found.notes if "left out" in note]
    assert [note.split("'")[1] for note in said] == ["Notes", "Sums"]
    assert "In Notes: The format is not known" in refused(books.book(Notes=notes))


def test_a_bad_sheet_refuses_the_workbook_whole_with_its_name():
    bad = shapes.DAILY.replace("5 February 2026", "9 February 2026")
    assert "In Bad: The date line" in refused(books.book(Daily=shapes.DAILY, Bad=bad))


def test_a_question_about_one_sheet_is_a_question_about_the_workbook():
    text = shapes.MAVEN_PIPELINE.replace("9/21/2016", "9/2/2016").replace("9/26/2016", "6/6/2016")
    text = text.replace("2/11/2017", "2/1/2017")
    with pytest.raises(Unanswered, match="In Deals: ") as caught:
        read_bytes("book.xlsx", books.book(Deals=text))
    assert caught.value.asks == ("day_order",)


def test_a_hidden_sheet_is_left_out_and_said_so():
    made = openpyxl.load_workbook(openpyxl_file(Daily=shapes.DAILY, Old=shapes.CAMPAIGNS))
    made["Old"].sheet_state = "veryHidden"
    (found,) = read_bytes("book.xlsx", books.saved(made))
    assert found.file == "book.xlsx/Daily"
    assert [note for note in found.notes if "hidden sheet 'Old'" in note]
    made["Daily"].title = "Gone"
    made.create_sheet("Empty")
    made["Gone"].sheet_state = "hidden"
    assert "no sheet with data but hidden ones" in refused(books.saved(made))


def openpyxl_file(**sheets):
    import io

    return io.BytesIO(books.book(**sheets))


def test_formulas_stand_for_their_stored_results():
    rows = books.text_cells(1, "Device", "Clicks", "Cost")
    rows += '<row r="2"><c t="inlineStr"><is><t>Tablets</t></is></c><c><f>1+2</f><v>3</v></c>'
    rows += '<c t="str"><f>"£"&amp;4</f><v>£4.50</v></c></row>'
    (found,) = read_bytes("book.xlsx", books.by_hand(rows))
    assert found.totals["Cost"].rows == Decimal("4.50")
    assert found.totals["Clicks"].rows == 3


@pytest.mark.parametrize("result", ["", "<v/>", "<v></v>"])
def test_a_formula_without_a_stored_result_refuses_the_workbook(result):
    rows = books.text_cells(1, "Device", "Clicks", "Cost")
    rows += f'<row r="2"><c t="inlineStr"><is><t>x</t></is></c><c><f>1+2</f>{result}</c></row>'
    assert "row 2, column 2, has no stored result" in refused(books.by_hand(rows))


def test_merged_cells_stand_for_their_first_and_lines_keep_the_sheets_row_numbers():
    made = openpyxl.load_workbook(openpyxl_file(Sheet1=shapes.CAMPAIGNS.replace("27,540", "-5")))
    made["Sheet1"].merge_cells("A1:F1")
    made["Sheet1"].insert_rows(4, 2)
    (found,) = read_bytes("book.xlsx", books.saved(made))
    assert [row.line for row in found.refused] == [6]
    assert found.period == (date(2026, 1, 2), date(2026, 1, 29))


def test_a_text_over_several_lines_is_still_one_row_of_the_sheet():
    text = shapes.platform_shapes.LINKEDIN_EN.replace("\t900\t9\t", "\t900\tnine\t")
    (found,) = read_bytes("book.xlsx", books.book(Sheet1=text))
    assert [row.line for row in found.refused] == [10]


def test_the_workbook_of_search_console_is_read_as_its_zip_is():
    sheets = {name.removesuffix(".csv"): text for name, text in more.GSC_ZIP.items()}
    found = {one.file.split("/")[1]: one for one in read_bytes("gsc.xlsx", books.book(**sheets))}
    packed = read_bytes("gsc.zip", shapes.zipped(more.GSC_ZIP))
    zipped = {one.file.split("/")[1].removesuffix(".csv"): one for one in packed}
    assert found["Queries"].rows.equals(zipped["Queries"].rows)
    assert [note for note in found["Queries"].notes if "'Last 3 months'" in note]


def test_an_encrypted_workbook_is_refused_with_what_to_do():
    data = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    assert "encrypted; save it without a password" in refused(data)
    assert "old Excel workbook" in refused(data[:500])


def test_other_office_files_are_refused_by_name():
    assert "no Excel workbook" in refused(
        shapes.zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    )
    assert "binary Excel workbook" in refused(
        shapes.zipped({"[Content_Types].xml": "<x/>", "xl/workbook.bin": "x"})
    )
    strict = {
        "xl/workbook.xml": '<workbook xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"/>'
    }
    assert "Strict Open XML" in refused(books.by_hand("", strict))


def test_entities_are_refused_before_anything_opens_them():
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    for content in (laughs, laughs.encode("utf-16")):
        data = books.by_hand("", {"xl/worksheets/sheet1.xml": content})
        assert "declares entities" in refused(data)


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused_before_it_is_opened():
    data = books.by_hand(" " * 500_000)
    assert len(data) < 4_000
    assert "unpacks to" in refused(data, Limits(unpacked=100_000))
    many = books.by_hand("", {f"xl/media/{n}.xml": "x" for n in range(9)})
    assert "more than 9 members" in refused(many, Limits(members=9))


def test_one_text_pointed_at_again_and_again_is_counted_as_often():
    rows = "".join(f'<row r="{n}"><c t="s"><v>0</v></c></row>' for n in range(1, 400))
    rels = books.relations(worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml")
    data = books.by_hand(
        rows,
        {
            "xl/sharedStrings.xml": f'<sst xmlns="{books.MAIN}"><si><t>{"x" * 50_000}</t></si></sst>',
            "xl/_rels/workbook.xml.rels": rels,
            "[Content_Types].xml": books.content_types(shared=True),
        },
    )
    assert "hold more than" in refused(data, Limits(unpacked=2_000_000))


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("sharedStrings", f'<sst xmlns="{books.MAIN}"><si>{"<r/>" * 100_001}</si></sst>'),
        ("styles", f'<styleSheet xmlns="{books.MAIN}">{"<xf/>" * 1_000_001}</styleSheet>'),
    ],
)
def test_a_part_of_endless_elements_is_refused_before_a_tree_is_made_of_it(part, content):
    data = books.by_hand("", {f"xl/{part}.xml": content})
    assert len(data) < 20_000
    assert "elements, the limit" in refused(data)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "more than 1000 columns"),
        ('<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>', "stands after row 2"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="B1"><v>2</v></c></row>', "stands twice"),
        ('<row r="1"><c r="B7"><v>1</v></c></row>', "is named 'B7'"),
        ('<row r="x"><c><v>1</v></c></row>', "has the number 'x'"),
        ('<row r="1048577"><c><v>1</v></c></row>', "more than 1048576 rows"),
        (f'<row r="1">{"<c/>" * 100_001}</row>', "more than 100000 elements"),
        (f'<row r="1"><c>{"<x/>" * 100_001}</c></row>', "more than 100000 elements"),
        ("<x/>" * 200_001, "more than 200000 elements"),
        ('<row r="1"><c><v>1</v><v>2</v></c></row>', "holds two values"),
        (
            '<row r="1"><c t="inlineStr"><is><t>Cost</t><t>Clicks</t></is></c></row>',
            "ran into each other",
        ),
        ("<row>", "is damaged"),
        ('<row r="1"><c t="s"><v>7</v></c></row>', "cut short or damaged"),
    ],
)
def test_a_sheet_that_would_be_read_wrongly_is_refused(rows, reason):
    assert reason in refused(books.by_hand(rows))


def test_a_cell_at_the_far_end_of_a_sheet_is_a_row_like_any_other():
    rows = books.text_cells(1, "Device", "Clicks", "Cost")
    rows += books.text_cells(1_048_576, "Tablets", "x", "£2.00")
    (found,) = read_bytes("book.xlsx", books.by_hand(rows))
    assert [row.line for row in found.refused] == [1_048_576]


def test_rows_as_wide_as_one_stray_cell_are_counted_at_that_width():
    rows = '<row r="1"><c r="ALL1" t="inlineStr"><is><t>x</t></is></c></row>'
    rows += "".join(books.text_cells(n, "x") for n in range(2, 300))
    assert "cells far apart" in refused(books.by_hand(rows), Limits(unpacked=200_000))


def test_a_workbook_cut_anywhere_is_refused():
    whole = books.book(Daily=shapes.DAILY)
    for length in range(4, len(whole) - 1, 97):
        refused(whole[:length])


def test_dates_of_the_other_epoch_and_beyond_all_days_are_told_apart():
    made = openpyxl.load_workbook(openpyxl_file(Sheet1=shapes.DAILY))
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    (found,) = read_bytes("book.xlsx", books.saved(made))
    assert found.rows["day"].to_pylist()[0] == date(2026, 2, 5)
    made["Sheet1"]["A4"].value = 9_999_999_999
    made["Sheet1"]["A4"].number_format = "yyyy-mm-dd"
    (found,) = read_bytes("book.xlsx", books.saved(made))
    assert [row.line for row in found.refused] == [4]


def test_a_text_that_can_be_two_figures_is_refused_as_it_is_in_a_csv():
    head = ["Campaign name", "Day", "Amount spent (USD)", "Impressions"]
    data = books.book(Report=[head, ["Brand", "2026-05-01", "1,234", 20]])
    with pytest.raises(BadInput):
        read_bytes("meta.xlsx", data)

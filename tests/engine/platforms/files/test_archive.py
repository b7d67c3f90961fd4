import io
import zipfile
from pathlib import Path

import pytest

from bench.exports import books, shapes
from engine.model.errors import BadInput
from engine.platforms.files import LIMITS, Limits, read, read_bytes, sheet

CARD = "Devices(2026.02.05-2026.02.07).csv"


def refused(data, name="cards.zip", limits=LIMITS):
    with pytest.raises(BadInput) as caught:
        read_bytes(name, data, limits)
    sentence = str(caught.value)
    assert sentence.startswith(f"{name}: ")
    assert sentence.endswith(".")
    return sentence


def test_the_limits_are_those_of_page_route_and_command_line():
    assert Limits(packed=20 * 2**20, unpacked=200 * 2**20, members=20_000, exports=300) == LIMITS


def test_a_missing_file_and_a_folder_are_refused_with_a_sentence(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path, Path("/dev/zero")):
        with pytest.raises(BadInput, match="no such file"):
            read(path)


def test_a_path_and_its_bytes_give_the_same(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text(shapes.CAMPAIGNS, encoding="utf-8")
    assert read(path) == read_bytes("/elsewhere/report.csv", path.read_bytes())


def test_a_file_over_the_limit_is_refused_before_it_is_opened(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as stream:
        stream.truncate(LIMITS.packed + 1)
    with pytest.raises(BadInput, match=r"20\.0 MB; the limit is 20\.0 MB"):
        read(path)
    assert "the limit is" in refused(b"x" * 101, limits=Limits(packed=100))


def test_empty_and_blank_files_are_refused():
    assert "empty" in refused(b"", "a.csv")
    assert "blank" in refused(b"\n , ,\n\t\n", "a.csv")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7",
        b"\x1f\x8b\x08",
        b"\x89PNG",
        b"a,b\n\x01\x02,c\n",
        b"Day,Impressions\nSunday,1\n" + b"\x00" * 3,
        bytes(range(256)) * 9,
    ],
)
def test_what_is_not_text_is_refused(data):
    assert "text" in refused(data, "a.csv")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
def test_text_in_a_broken_encoding_is_refused(encoding):
    data = (shapes.DAILY.replace("Brand", "Café") * 3).encode(encoding)
    data = b"\xff\xfe" + data[:-1] if encoding == "utf-16-le" else data
    assert "neither UTF-8 nor UTF-16" in refused(data, "a.csv")


def test_a_zip_cut_anywhere_is_refused():
    whole = shapes.zipped({CARD: shapes.DEVICES})
    for length in range(4, len(whole) - 1, 7):
        refused(whole[:length])


def test_a_damaged_member_is_refused():
    whole = bytearray(shapes.zipped({CARD: shapes.DEVICES}))
    whole[len(CARD) + 40] ^= 0xFF
    assert "damaged" in refused(bytes(whole))


def test_a_zip_that_unpacks_beyond_the_limit_is_refused():
    bomb = shapes.zipped({CARD: "0" * 200_000})
    assert len(bomb) < 1_000
    limits = Limits(packed=10_000, unpacked=100_000)
    assert "unpacks to" in refused(bomb, limits=limits)


def test_a_zip_that_lies_about_its_size_is_refused():
    bomb = shapes.zipped({CARD: "0" * 200_000})
    size = (200_000).to_bytes(4, "little")
    assert bomb.count(size) == 2
    lied = bomb.replace(size, (10).to_bytes(4, "little"))
    refused(lied, limits=Limits(unpacked=100_000))


def test_too_many_members_are_refused():
    many = shapes.zipped({f"{n}.csv": "x" for n in range(4)})
    assert "more than 3 members" in refused(many, limits=Limits(members=3))


def test_more_exports_than_a_person_waits_for_are_refused_and_parts_of_a_workbook_are_none():
    many = shapes.zipped({f"{n}.csv": "x" for n in range(301)})
    assert "holds 301 files; the limit is 300 exports in one upload" in refused(many)
    book = books.book(Daily=shapes.DAILY)
    assert len(read_bytes("book.xlsx", book, Limits(exports=1))) == 1


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_two_members_of_one_name_is_refused():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(CARD, shapes.DEVICES)
        archive.writestr(CARD, shapes.DEVICES)
    assert f"holds {CARD!r} twice" in refused(packed.getvalue())


@pytest.mark.parametrize(
    "name", ["../evil.csv", "/etc/evil.csv", "a/../../b.csv", "C:\\x.csv", "..\\x"]
)
def test_member_names_that_point_outside_are_refused(name):
    assert "points outside" in refused(shapes.zipped({name: shapes.DEVICES}))


def test_a_member_without_a_name_is_refused():
    packed = shapes.zipped({CARD: shapes.DEVICES})
    nameless = packed.replace(CARD.encode(), b"\x00" + CARD.encode()[1:])
    assert "points outside" in refused(nameless)


def test_a_zip_in_a_zip_is_refused_whatever_it_is_called():
    inner = shapes.zipped({CARD: shapes.DEVICES})
    assert "another zip" in refused(shapes.zipped({"more.zip": inner}))
    assert "another zip" in refused(shapes.zipped({"more.csv": inner}))
    assert "an Excel workbook, 'a.xlsx'" in refused(shapes.zipped({"a.xlsx": inner}))


def test_an_encrypted_zip_is_refused():
    packed = bytearray(shapes.zipped({CARD: shapes.DEVICES}))
    central = packed.index(b"PK\x01\x02")
    packed[6] |= 1
    packed[central + 8] |= 1
    assert "encrypted" in refused(bytes(packed))


def test_an_empty_zip_is_refused():
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    assert "no files" in refused(empty.getvalue())


def test_a_member_of_no_known_format_refuses_the_zip_whole():
    packed = shapes.zipped({CARD: shapes.DEVICES, "Other.csv": "a,b\n1,2\n"})
    assert "In Other.csv: The format is not known" in refused(packed)


@pytest.mark.parametrize(("limit", "what"), [("MOST_LINES", "lines"), ("MOST_CELLS", "cells")])
def test_a_file_of_more_than_the_memory_holds_is_refused_with_the_next_step(
    monkeypatch, limit, what
):
    data = shapes.DAILY.encode()
    monkeypatch.setattr(sheet, limit, 3)
    assert f"more than 3 {what}, the limit; download a shorter period" in refused(data, "a.csv")
    monkeypatch.undo()
    assert read_bytes("a.csv", data)

"""Brand files: brought by one, approved by another, judged by the gate, retired and never lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image, ImageDraw

from engine.commands import brand, policies
from engine.commands.brand import Told
from engine.commands.brand_content import MOST_BYTES, content_of
from engine.model.errors import AskPerson, BadInput, GiveUp
from engine.store import brand as table
from engine.store import ledger
from tests.engine.commands.conftest import NOW

C = "northgate"
PROOF = Told(since=date(2026, 1, 1), claim="Cut costs by 30%", source="Client survey, May 2026")
PICTURE = Told(since=date(2026, 1, 1))


def png(width=1200, height=1200, colour="navy", form="PNG") -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(held, form)
    return held.getvalue()


def logo() -> bytes:
    """A 200 x 200 square with 20 pixels of nothing around it."""
    picture = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((20, 20, 219, 219), fill="red")
    held = io.BytesIO()
    picture.save(held, "PNG")
    return held.getvalue()


def bring(
    house, who, kind="evidence", name="survey.pdf", data=b"%PDF-1.7 x", told=PROOF, by="maya"
):
    return brand.bring(house, who(by), NOW, C, kind, name, data, told)


def held(house):
    with house.store.read() as conn:
        return table.on_record(conn, C)


def test_a_file_counts_only_after_a_second_person_and_not_after_it_is_retired(house, who):
    number = bring(house, who)
    assert held(house) == ((), ())
    brand.approve(house, who("priya"), NOW, C, number)
    ((record,), pictures) = held(house)
    assert (record.claim, pictures) == ("Cut costs by 30%", ())
    brand.retire(house, who("maya"), NOW, C, number, "The survey is out of date")
    assert held(house) == ((), ())
    assert table.get_bytes(house.store, C, record.file) == b"%PDF-1.7 x"
    with house.store.read() as conn:
        kinds = [e.kind for e in ledger.entries(conn, who("priya"), C)]
    assert kinds.count("brand_file") == 3


def test_who_brought_a_file_does_not_approve_it_and_the_team_approves_none(house, who):
    number = bring(house, who, by="tom")
    with pytest.raises(AskPerson, match="yourself"):
        brand.approve(house, who("tom"), NOW, C, number)
    with pytest.raises(AskPerson):
        brand.approve(house, who("maya"), NOW, C, number)
    brand.approve(house, who("priya"), NOW, C, number)
    with pytest.raises(AskPerson, match="is approved"):
        brand.approve(house, who("priya"), NOW, C, number)


@pytest.mark.parametrize("person", ["nora", "sam", "stranger"])
def test_clients_admins_and_strangers_bring_and_decide_nothing(house, who, person):
    number = bring(house, who)
    with pytest.raises(AskPerson):
        bring(house, who, by=person, data=b"%PDF-2")
    for act in (brand.reject, brand.retire):
        with pytest.raises(AskPerson):
            act(house, who(person), NOW, C, number, "no")
    with pytest.raises(AskPerson):
        brand.approve(house, who(person), NOW, C, number)


def test_a_rejected_file_never_counts_and_a_number_that_is_none_is_refused(house, who):
    number = bring(house, who)
    with pytest.raises(BadInput, match="reason"):
        brand.reject(house, who("priya"), NOW, C, number, " ")
    brand.reject(house, who("priya"), NOW, C, number, "The sample is too small")
    assert held(house) == ((), ())
    with pytest.raises(AskPerson, match="is rejected"):
        brand.retire(house, who("maya"), NOW, C, number, "gone")
    with pytest.raises(GiveUp, match="no file 99"):
        brand.approve(house, who("priya"), NOW, C, 99)


def test_the_facts_of_a_logo_are_measured_from_its_pixels(house, who):
    number = bring(house, who, "logo", "logo.png", logo(), PICTURE)
    brand.approve(house, who("priya"), NOW, C, number)
    (_, (asset,)) = held(house)
    assert (asset.width, asset.height, asset.clear_millionths) == (240, 240, 100_000)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_known_by_its_content_not_its_name(form):
    found = content_of("x.exe", png(form=form), "image")
    assert (found.width, found.height, found.media_type) == (1200, 1200, f"image/{form.lower()}")


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("evidence", b"", "is empty"),
        ("evidence", b"MZ\x00\x01", "is not a PDF"),
        ("evidence", b"text\x00null", "is not a PDF"),
        ("image", b"%PDF-1.7", "is not a PNG"),
        ("image", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a PNG"),
        ("image", png()[:300], "damaged"),
        ("image", b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        ("evidence", bytes(MOST_BYTES + 1), "at most 20 MB"),
    ],
)
def test_what_is_not_what_it_must_be_is_refused_and_keeps_nothing(house, who, kind, given, said):
    with pytest.raises(BadInput, match=said):
        bring(house, who, kind, "file", given, PROOF if kind == "evidence" else PICTURE)
    with house.store.read() as conn:
        assert table.all_files(conn, C) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (replace(PROOF, claim=" "), "word for word"),
        (replace(PROOF, source=""), "where it comes from"),
        (replace(PROOF, until=date(2025, 1, 1)), "before it begins"),
    ],
)
def test_evidence_says_what_it_covers_and_from_where(house, who, told, said):
    with pytest.raises(BadInput, match=said):
        bring(house, who, told=told)


@pytest.mark.parametrize("colours", [("#000000", ""), ("red", "#ffffff")])
def test_colours_of_writing_come_in_pairs_and_in_hex(house, who, colours):
    told = replace(PICTURE, text_colour=colours[0], ground_colour=colours[1])
    with pytest.raises(BadInput, match="colour"):
        bring(house, who, "image", "a.png", png(), told)


def test_the_same_file_for_the_same_use_is_on_record_once(house, who):
    bring(house, who)
    with pytest.raises(BadInput, match="on record already, as number 1"):
        bring(house, who)
    assert bring(house, who, told=replace(PROOF, claim="Another claim")) == 2


def test_damaged_bytes_are_told_and_not_approved(house, who):
    number = bring(house, who)
    with house.store.read() as conn:
        file = table.one(conn, C, number).file
    table._place(house.store, C, file).write_bytes(b"other")
    with pytest.raises(GiveUp, match="were changed"):
        brand.approve(house, who("priya"), NOW, C, number)


def test_a_sectors_rules_become_a_draft_for_a_second_person(house, who, v1):
    version = brand.start_from(house, who("maya"), NOW, C, "health")
    assert version > v1
    with pytest.raises(AskPerson):
        policies.publish(
            house,
            who("maya"),
            NOW,
            C,
            version,
            seal=policies.seal_of(house, who("maya"), C, version),
        )
    seal = policies.seal_of(house, who("priya"), C, version)
    policies.publish(house, who("priya"), NOW, C, version, seal=seal)
    with pytest.raises(BadInput, match="Nothing differs"):
        brand.start_from(house, who("maya"), NOW, C, "health")
    with pytest.raises(BadInput, match="no preset"):
        brand.start_from(house, who("maya"), NOW, C, "none")


def test_without_a_policy_there_is_nothing_to_put_a_sectors_rules_on(house, who):
    with pytest.raises(BadInput, match="no policy yet"):
        brand.start_from(house, who("maya"), NOW, C, "health")

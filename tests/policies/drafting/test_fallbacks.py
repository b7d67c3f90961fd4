"""A cell left empty takes the value of the field it falls back to: shown so, and compared so."""

from typing import Annotated, ClassVar, Literal

import pytest
from pydantic import Field

from engine.reporting.policies.form import Start, cards
from policies.actions import Frozen
from policies.drafting.diff import differences
from policies.drafting.fallbacks import holds, next_in
from policies.drafting.forms import blocks
from policies.drafting.layers import Layer
from policies.fields import says
from policies.rule import Rule, Share


class Cell(Frozen):
    """One channel at the weekend."""

    hours: Annotated[int, Field(ge=1, le=24)] | None = Field(
        default=None, title="hours", json_schema_extra=says("lower", absent="looser")
    )


class Weekend(Rule):
    """How much may move on a weekend."""

    name: ClassVar[str] = "weekend"
    title: ClassVar[str] = "Weekends"

    most: Share = Field(title="Most moved", json_schema_extra=says("higher", proves=True))
    by_channel: dict[Literal["youtube", "meta"], Share] = Field(
        title="most moved", json_schema_extra=says("higher", falls_back_to="most", proves=True)
    )
    by_segment: dict[Literal["youtube", "meta"], Share] = Field(
        title="most moved to one segment",
        json_schema_extra=says("higher", falls_back_to="by_channel"),
    )
    rest: dict[Literal["youtube"], Cell] = Field(
        title="rest", json_schema_extra=says(absent="tighter")
    )


class Rails(Frozen):
    """One rule."""

    weekend: Weekend


class Small(Frozen):
    """A policy of one rule."""

    guardrails: Rails


BLOCKS = blocks(Small)
(BLOCK,) = BLOCKS
BASE = "guardrails.weekend.most"
YOUTUBE = "guardrails.weekend.by_channel.youtube"
SEGMENT = "guardrails.weekend.by_segment.youtube"


def field(path):
    return next(f for f in BLOCK.fields if f.path == path)


def drawn(path, own=None, above=None):
    layer = Layer("agency", 3 if above else None, above or {})
    start = Start(own=own or {}, above=layer, in_force={}, currency="GBP")
    (card,) = cards(start, BLOCKS)
    return next(f for f in card.fields if f.path == path)


def test_an_empty_cell_shows_the_value_for_all_channels_and_where_that_comes_from():
    seen = drawn(YOUTUBE, own={BASE: "0.35"})
    assert (seen.value, seen.inherited, seen.source) == (None, "35%", "above")
    assert seen.origin == "As on all channels: 35%"
    assert not seen.clears
    seen = drawn(YOUTUBE, above={BASE: "0.35"})
    assert seen.origin == "As on all channels: 35% · from the agency, v3"
    seen = drawn(YOUTUBE, own={BASE: "0.30"}, above={BASE: "0.35"})
    assert seen.origin == "As on all channels: 30% · set here"


def test_a_segment_falls_back_to_its_channel_and_then_to_all_of_them():
    assert drawn(SEGMENT, own={BASE: "0.35"}).origin == "As on all channels: 35%"
    seen = drawn(SEGMENT, own={BASE: "0.35", YOUTUBE: "0.20"})
    assert (seen.inherited, seen.origin) == ("20%", "As YouTube, most moved: 20%")


def test_a_cell_of_the_agencys_is_inherited_before_anything_it_falls_back_to():
    seen = drawn(YOUTUBE, own={BASE: "0.35"}, above={YOUTUBE: "0.10"})
    assert (seen.inherited, seen.source) == ("10%", "the agency")
    assert seen.origin == "From the agency, v3; type to override"


def test_what_is_written_nowhere_holds_nowhere():
    assert holds(BLOCK, field(YOUTUBE), {}) == (None, None)
    assert next_in(BLOCK, field(BASE)) is None
    assert drawn(YOUTUBE).inherited == ""


@pytest.mark.parametrize(
    ("before", "after", "path", "direction"),
    [
        ({BASE: "0.35"}, {BASE: "0.35", YOUTUBE: "0.20"}, YOUTUBE, "tighter"),
        ({BASE: "0.35"}, {BASE: "0.35", YOUTUBE: "0.50"}, YOUTUBE, "looser"),
        ({BASE: "0.35"}, {BASE: "0.35", YOUTUBE: "0.35"}, YOUTUBE, "changed"),
        ({BASE: "0.35", YOUTUBE: "0.20"}, {BASE: "0.35"}, YOUTUBE, "looser"),
        ({BASE: "0.35", YOUTUBE: "0.20"}, {BASE: "0.10"}, YOUTUBE, "tighter"),
        ({BASE: "0.35", YOUTUBE: "0.20"}, {BASE: "0.10"}, BASE, "tighter"),
    ],
)
def test_a_cell_that_comes_or_goes_is_compared_with_what_it_falls_back_to(
    before, after, path, direction
):
    found = {d.field.path: d.direction for d in differences(before, after, BLOCKS)}
    assert found[path] == direction


def test_a_value_that_may_be_missing_in_two_ways_is_neither_looser_nor_tighter_without_it():
    hours = "guardrails.weekend.rest.youtube.hours"
    (found,) = differences({hours: 8}, {}, BLOCKS)
    assert found.direction == "changed"

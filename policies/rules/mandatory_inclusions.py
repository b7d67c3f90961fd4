"""What every ad of the client must say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from policies.actions import AdText, Frozen, copy_of
from policies.case import Case
from policies.fields import says
from policies.rule import COPY_KINDS, Channel, Rule, channel_name
from policies.verdict import Family, Reason
from policies.words import Line, squeezed


class Inclusion(Frozen):
    """At least one of these phrases, where it says, on these channels or on "all"."""

    any_of: Annotated[tuple[Annotated[str, Field(max_length=90)], ...], Field(min_length=1)] = (
        Field(title="one of these")
    )
    where: Literal["headline", "description", "anywhere"] = Field(title="where")
    channels: tuple[Channel, ...] | Literal["all"] = Field(title="channels")

    @field_validator("any_of")
    @classmethod
    def _has_letters(cls, phrases: tuple[str, ...]) -> tuple[str, ...]:
        if not all(squeezed(p) for p in phrases):
            raise ValueError("write phrases with at least one letter or digit each")
        return phrases

    @field_validator("channels")
    @classmethod
    def _holds_somewhere(cls, channels: tuple[Channel, ...] | str) -> tuple[Channel, ...] | str:
        if not channels:
            raise ValueError('name at least one channel, or "all"')
        return channels

    def missing_from(self, text: AdText) -> bool:
        """True when none of the phrases stands where it must."""
        lines = {"headline": text.headlines, "description": text.descriptions}.get(
            self.where, text.lines
        )
        return not any(Line(line).says(phrase) for line in lines for phrase in self.any_of)

    @property
    def listed(self) -> str:
        """The phrases, quoted."""
        return " or ".join(f'"{p}"' for p in self.any_of)


class MandatoryInclusions(Rule):
    """What a reader is plainly told: the very words, in any case and punctuation, with nothing that hides a letter."""

    name: ClassVar[str] = "mandatory_inclusions"
    title: ClassVar[str] = "What every ad must say"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "brand"

    inclusions: tuple[Inclusion, ...] = Field(
        title="What must be said",
        description="An ad without it is blocked.",
        json_schema_extra=says("fewer", proves=True),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks an ad that lacks an inclusion, quoting it."""
        for ad in copy_of(case.action):
            for entry in self.inclusions:
                applies = entry.channels == "all" or case.action.channel in entry.channels
                if applies and entry.missing_from(ad.text):
                    yield self.reason(
                        "block",
                        f"Every ad must say {entry.listed} ({entry.where}); variant"
                        f" {ad.variant} does not.",
                        any_of=" | ".join(entry.any_of),
                        where=entry.where,
                        variant=ad.variant,
                    )

    def describe(self) -> str:
        """One sentence per inclusion."""
        said = [f"Every ad {_on(i.channels)} says {i.listed} ({i.where})." for i in self.inclusions]
        return " ".join(said) or "Nothing is mandatory in an ad."


def _on(channels: tuple[Channel, ...] | Literal["all"]) -> str:
    if channels == "all":
        return "on every channel"
    return f"on {', '.join(channel_name(c) for c in channels)}"

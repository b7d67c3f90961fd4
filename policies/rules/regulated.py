"""Regulated categories, and wording that names what a reader is: both go to a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from pydantic import Field, field_validator

from policies.actions import Frozen, LaunchCampaign, copy_of
from policies.case import Case
from policies.fields import says
from policies.rule import COPY_KINDS, Rule
from policies.sound import once
from policies.verdict import Family, Reason
from policies.words import Words, quoted, squeezed

Category = Literal[
    "health",
    "finance",
    "housing",
    "employment",
    "political",
    "alcohol",
    "gambling",
    "legal",
    "education",
    "children",
    "dating",
    "weapons",
]


_TOLD = 20
"""Words of one line that are told."""


class CategoryWord(Frozen):
    """A phrase that puts an ad into a category, with the rule it answers to."""

    category: Category = Field(title="category")
    phrase: Annotated[str, Field(min_length=1, max_length=80)] = Field(title="phrase")
    source: Annotated[str, Field(min_length=1, max_length=200)] = Field(title="source")

    @field_validator("phrase")
    @classmethod
    def _has_letters(cls, phrase: str) -> str:
        if not squeezed(phrase):
            raise ValueError("write a phrase with at least one letter or digit")
        return phrase


_YOU = (
    *(
        "are you {}",
        "are you a {}",
        "are you an {}",
        "you are {}",
        "you're {}",
        "your {}",
        "other {}",
    ),
    *("people like you who are {}", "suffering from {}", "struggling with {}", "as a {} you"),
)
"""How copy tells a reader what they are (Meta Business Help 2557868957763449, read 2026-11-22)."""


class Regulated(Rule):
    """Copy in a regulated category is read by a person every time, whatever the money rules say."""

    name: ClassVar[str] = "regulated"
    title: ClassVar[str] = "Regulated categories"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "review"

    categories: tuple[Category, ...] = Field(
        title="Categories the client is in",
        description="With any of these a person reads every ad before it runs.",
        json_schema_extra=says("fewer"),
    )
    words: tuple[CategoryWord, ...] = Field(
        title="Words that put an ad into a category",
        description="An ad that carries one is read by a person first.",
        json_schema_extra=says("fewer"),
    )
    attributes: tuple[Annotated[str, Field(min_length=1, max_length=60)], ...] = Field(
        title="Attributes no ad tells the reader they have",
        description="“Are you …?”, “your …”, “other …”: Meta refuses it (personal attributes). “You” alone is fine.",
        json_schema_extra=says("fewer"),
    )
    on_attribute: Literal["block", "escalate"] = Field(
        title="An ad that does",
        description="Blocked, or read by a person.",
        json_schema_extra=says("later"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Escalates copy in a category; blocks or escalates what tells a reader what they are."""
        ads = copy_of(case.action)
        if ads and self.categories:
            listed = ", ".join(self.categories)
            yield self._read(
                f"The client is in a regulated category ({listed}); a person reads every ad before it runs.",
                category=listed,
            )
        if isinstance(case.action, LaunchCampaign) and case.action.political:
            yield self._read("Political advertising is read by a person.", category="political")
        for ad in ads:
            for line in (*ad.text.lines, ad.text.business_name):
                yield from self._words_in(ad.variant, line)
                yield from self._attributes_in(ad.variant, line)

    def _words_in(self, variant: str, line: str) -> Iterator[Reason]:
        wanted = once(self, _listed)
        for hit in wanted.find(line)[:_TOLD]:
            entry = self.words[hit.phrase]
            yield self._read(
                f'"{entry.phrase}" puts an ad into the category {entry.category} ({entry.source}), and a person'
                f' reads it first; variant {variant} says "{quoted(line, hit.start)}".',
                category=entry.category,
                found=line[hit.start : hit.end],
                line=quoted(line, hit.start),
                variant=variant,
            )

    def _attributes_in(self, variant: str, line: str) -> Iterator[Reason]:
        wanted = once(self, _told_of_you)
        for hit in wanted.find(line)[:1]:
            said = line[hit.start : hit.end]
            yield self.reason(
                self.on_attribute,
                f'"{said}" tells the reader what they are (Meta, personal attributes); variant {variant} says'
                f' "{quoted(line, hit.start)}".',
                found=said,
                line=quoted(line, hit.start),
                variant=variant,
            )

    def _read(self, sentence: str, **facts: str) -> Reason:
        return self.reason("escalate", sentence, **facts)

    def describe(self) -> str:
        """The categories and what they mean."""
        if not self.categories:
            return "The client is in no regulated category; ads that carry a listed word are read by a person."
        return f"A person reads every ad ({', '.join(self.categories)})."


def _listed(rule: Regulated) -> Words:
    return Words([w.phrase for w in rule.words])


def _told_of_you(rule: Regulated) -> Words:
    return Words([y.format(a) for a in rule.attributes for y in _YOU])

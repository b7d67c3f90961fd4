"""Tone as limits that can be measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from policies import manner
from policies.actions import AdSpec, copy_of
from policies.case import Case
from policies.fields import Name, says
from policies.readability import grade
from policies.rule import COPY_KINDS, Rule, Share, percent, percent_over
from policies.sound import once
from policies.verdict import Family, Reason
from policies.words import Words, quoted

Count = Annotated[int, Field(ge=0, le=100)]
Found = tuple[str, str, dict[str, str]]
"""The piece of copy, what is wrong with it, and the bound and figure."""


class Tone(Rule):
    """Every limit is judged on each piece of copy, or on the ad where it says so; passing one blocks."""

    name: ClassVar[str] = "tone"
    title: ClassVar[str] = "Tone"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "brand"

    max_capitals: Share = Field(
        title="Most capitals in a line",
        description="Of its letters, from eight letters up; abbreviations below do not count.",
        json_schema_extra=says("higher"),
    )
    max_shouted: Count = Field(
        title="Words in capitals in an ad",
        description="Beside the abbreviations below. Google allows none (adspolicy 14847994).",
        json_schema_extra=says("higher"),
    )
    abbreviations: tuple[Name, ...] = Field(
        title="Abbreviations written in capitals",
        description="One a line.",
        json_schema_extra=says("more"),
    )
    max_headline_exclamations: Count = Field(
        title="Exclamation marks in a headline",
        description="Google allows none there (adwordspolicy 176095).",
        json_schema_extra=says("higher"),
    )
    max_exclamations: Count = Field(
        title="Exclamation marks in an ad",
        description="Google allows one (adwordspolicy 176095).",
        json_schema_extra=says("higher"),
    )
    superlatives: tuple[Name, ...] = Field(
        title="Superlatives that are counted",
        description="One a line; found however they are spelled.",
        json_schema_extra=says("fewer"),
    )
    max_superlatives: Count = Field(
        title="Superlatives in an ad",
        description="Of those listed; more than that blocks the ad.",
        json_schema_extra=says("higher"),
    )
    max_grade: Annotated[int, Field(ge=1, le=20)] = Field(
        title="Reading grade of an ad",
        description="Flesch-Kincaid, from ten words up: 8 is read easily at 13.",
        json_schema_extra=says("higher"),
    )
    first_person: bool = Field(
        title="The brand says “we”",
        description="We, our, us, I, my. No: an ad that does is blocked.",
        json_schema_extra=says("yes"),
    )
    second_person: bool = Field(
        title="The reader is “you”",
        description="You, your. No: an ad that does is blocked.",
        json_schema_extra=says("yes"),
    )
    max_repeats: Annotated[int, Field(ge=1, le=10)] = Field(
        title="One word in a row",
        description="Google allows two.",
        json_schema_extra=says("higher"),
    )
    gimmicks: bool = Field(
        title="Repeated marks, letters apart, placeholders",
        description="“Sale!!!”, “C-h-e-a-p”, “{keyword}”; Google refuses them.",
        json_schema_extra=says("yes"),
    )
    emoji: bool = Field(
        title="Emoji",
        description="Google refuses them in text (adspolicy 14847994).",
        json_schema_extra=says("yes"),
    )
    phone_numbers: bool = Field(
        title="Telephone numbers in the text",
        description="Google refuses them; a call asset carries the number.",
        json_schema_extra=says("yes"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks an ad for every limit it passes, quoting the copy and the figure."""
        for ad in copy_of(case.action):
            for whole, wrong, facts in (*self._lines(ad), *self._whole(ad)):
                line = quoted(whole, max(0, whole.find(facts.get("found", ""))))
                yield self.reason(
                    "block",
                    f'{wrong}; variant {ad.variant} says "{line}".',
                    line=line,
                    variant=ad.variant,
                    **facts,
                )

    def _lines(self, ad: AdSpec) -> Iterator[Found]:
        for line in (*ad.text.lines, ad.text.business_name):
            share = manner.capitals_share(line, self.abbreviations)
            if share is not None and share > self.max_capitals:
                bound = percent(self.max_capitals)
                figure = percent_over(share, 1_000_000, self.max_capitals)
                yield (
                    line,
                    f"At most {bound} of a line's letters are capitals, these are {figure}",
                    {
                        "bound": bound,
                        "figure": figure,
                    },
                )
            yield from self._forbidden(line)
            word, times = manner.repeated(line)
            if times > self.max_repeats:
                yield (
                    line,
                    f'A word stands at most {self.max_repeats} times in a row, "{word}" {times} times',
                    {"bound": str(self.max_repeats), "figure": str(times), "found": word},
                )
        for line in ad.text.headlines:
            marks = manner.exclamations(line)
            if marks > self.max_headline_exclamations:
                yield (
                    line,
                    _most(self.max_headline_exclamations, "exclamation mark", "a headline"),
                    {
                        "bound": str(self.max_headline_exclamations),
                        "figure": str(marks),
                        "found": "!",
                    },
                )

    def _forbidden(self, line: str) -> Iterator[Found]:
        for allowed, wrong, found in (
            (
                self.gimmicks,
                "Repeated marks, letters apart and placeholders are not used",
                manner.gimmicks,
            ),
            (self.emoji, "No emoji stands in an ad", manner.emoji),
            (self.phone_numbers, "No telephone number stands in an ad's text", manner.phones),
            (self.first_person, 'The brand does not speak as "we"', manner.first_person),
            (self.second_person, 'The reader is not addressed as "you"', manner.second_person),
        ):
            first = "" if allowed else next(iter(found(line)), "")
            if first:
                yield line, f'{wrong}, and here is "{first}"', {"found": first}

    def _whole(self, ad: AdSpec) -> Iterator[Found]:
        lines = (*ad.text.lines, ad.text.business_name)
        shouted = [(line, w) for line in lines for w in manner.shouted(line, self.abbreviations)]
        loud = [line for line in lines for _ in range(manner.exclamations(line))]
        best = [
            (line, line[hit.start : hit.end]) for line in lines for hit in self._words.find(line)
        ]
        for bound, found, noun in (
            (self.max_shouted, shouted, "word in capitals"),
            (self.max_exclamations, [(line, "!") for line in loud], "exclamation mark"),
            (self.max_superlatives, best, "superlative"),
        ):
            if len(found) > bound:
                line, word = found[bound]
                said = f'{_most(bound, noun, "an ad")}, these are {len(found)} ("{word}")'
                yield line, said, {"bound": str(bound), "figure": str(len(found)), "found": word}
        read = grade((*ad.text.headlines, *ad.text.descriptions))
        if read is not None and read > self.max_grade:
            hardest = max(ad.text.descriptions or ad.text.headlines, key=len)
            yield (
                hardest,
                f"An ad reads at grade {self.max_grade} at most, this one at {read:.1f}",
                {"bound": str(self.max_grade), "figure": f"{read:.1f}"},
            )

    @property
    def _words(self) -> Words:
        return once(self, _superlatives)

    def describe(self) -> str:
        """The limits in one go."""
        no = [
            noun
            for allowed, noun in (
                (self.gimmicks, "gimmicks"),
                (self.emoji, "emoji"),
                (self.phone_numbers, "telephone numbers"),
                (self.first_person, "“we”"),
                (self.second_person, "“you”"),
            )
            if not allowed
        ]
        said = (
            f"At most {percent(self.max_capitals)} capitals a line; of exclamation marks at most"
            f" {self.max_exclamations} an ad, of superlatives {self.max_superlatives}; reading grade"
            f" {self.max_grade}"
        )
        return f"{said}; no {', no '.join(no)}." if no else f"{said}."


def _most(bound: int, noun: str, where: str) -> str:
    if bound == 0:
        return f"No {noun} stands in {where}"
    return f"At most {bound} {noun}{'s' if bound > 1 else ''} in {where}"


def _superlatives(rule: Tone) -> Words:
    return Words(rule.superlatives)

"""Words no ad of the client may carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from policies.actions import Frozen, copy_of
from policies.case import Case
from policies.fields import says
from policies.rule import COPY_KINDS, Rule
from policies.sound import once
from policies.together import spanning
from policies.verdict import Family, Reason
from policies.words import Hit, Words, quoted, squeezed

_LONG = 400


class ForbiddenPhrase(Frozen):
    """One word or phrase and why it must not appear."""

    phrase: Annotated[str, Field(min_length=1, max_length=80)] = Field(title="phrase")
    reason: Annotated[str, Field(min_length=1, max_length=200)] = Field(title="reason")

    @field_validator("phrase")
    @classmethod
    def _has_letters(cls, phrase: str) -> str:
        if not squeezed(phrase):
            raise ValueError("write a phrase with at least one letter or digit")
        return phrase


class ForbiddenWords(Rule):
    """Matched as whole words, whatever case, form, spacing, punctuation or characters spell them.

    A phrase that begins in one field of an ad and ends in the next counts where the two are read together.
    """

    name: ClassVar[str] = "forbidden_words"
    title: ClassVar[str] = "Forbidden words"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "brand"

    phrases: tuple[ForbiddenPhrase, ...] = Field(
        title="Words and phrases",
        description="An ad that carries one is blocked, and the reason is quoted.",
        json_schema_extra=says("fewer", proves=True),
    )

    @property
    def words(self) -> Words:
        """The phrases made ready to be looked for, once."""
        return once(self, _listed)

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks every line that carries a forbidden phrase, and two fields that do together, quoting both."""
        for ad in copy_of(case.action):
            seen = set[int]()
            for text in (*ad.text.lines, ad.text.business_name):
                hits = sorted(self.words.find(text))
                seen.update(hit.phrase for hit in hits)
                for number in _told_once(hits):
                    yield self._hit(ad.variant, text, self.phrases[number])
            for number, seam in spanning(self.words, ad.text).items():
                if number not in seen:
                    said = f"{seam.first} | {seam.second}"
                    yield self._hit(ad.variant, said, self.phrases[number])

    def _hit(self, variant: str, text: str, entry: ForbiddenPhrase) -> Reason:
        first = Words((entry.phrase,)).find(text)[:1] if len(text) > _LONG else ()
        line = quoted(text, first[0].start if first else 0)
        return self.reason(
            "block",
            f'"{entry.phrase}" must not appear ({entry.reason}); variant {variant} says "{line}".',
            phrase=entry.phrase,
            reason=entry.reason,
            line=line,
            variant=variant,
        )

    def describe(self) -> str:
        """The phrases."""
        listed = ", ".join(f'"{p.phrase}"' for p in self.phrases)
        return f"No ad says {listed}." if listed else "No word is forbidden."


def _told_once(hits: Sequence[Hit]) -> Iterator[int]:
    """The phrases hit; of two that stand at the very same place ("guarantee", "guaranteed") the first listed."""
    places = dict[tuple[int, int], int]()
    for hit in hits:
        places.setdefault((hit.start, hit.end), hit.phrase)
    yield from dict.fromkeys(places.values())


def _listed(rule: ForbiddenWords) -> Words:
    return Words([p.phrase for p in rule.phrases])

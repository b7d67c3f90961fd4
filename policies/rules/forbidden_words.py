"""Words no ad of the client may carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from policies.actions import Frozen, copy_of
from policies.case import Case
from policies.fields import says
from policies.rule import Rule
from policies.verdict import Reason
from policies.words import Line, squeezed


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
    """Matched as whole words, whatever case, spacing, punctuation or characters spell them."""

    name: ClassVar[str] = "forbidden_words"
    title: ClassVar[str] = "Forbidden words"

    phrases: tuple[ForbiddenPhrase, ...] = Field(
        title="Words and phrases",
        description="An ad that carries one is blocked, and the reason is quoted.",
        json_schema_extra=says("fewer", proves=True),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks every line that carries a forbidden phrase, quoting both."""
        for ad in copy_of(case.action):
            for text in (*ad.text.lines, ad.text.business_name):
                line = Line(text)
                for entry in self.phrases:
                    if line.has(entry.phrase):
                        yield self._hit(ad.variant, text, entry)

    def _hit(self, variant: str, line: str, entry: ForbiddenPhrase) -> Reason:
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

"""Claims that need an evidence file on record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field, field_validator

from policies.actions import Frozen, copy_of
from policies.case import Case
from policies.claiming import SAID, SOURCE, Claim, Kind, claims
from policies.fields import says
from policies.rule import COPY_KINDS, Rule
from policies.sound import once
from policies.verdict import Family, Reason
from policies.words import Words, quoted, squeezed

_TOLD = 20
"""Claims of one line that are told; one is enough to block it."""


class ClaimPhrase(Frozen):
    """One claim of the client's own, and the rule that asks for proof of it."""

    phrase: Annotated[str, Field(min_length=1, max_length=80)] = Field(title="phrase")
    source: Annotated[str, Field(min_length=1, max_length=200)] = Field(title="source")

    @field_validator("phrase")
    @classmethod
    def _has_letters(cls, phrase: str) -> str:
        if not squeezed(phrase):
            raise ValueError("write a phrase with at least one letter or digit")
        return phrase


class Claims(Rule):
    """A claim passes only under an approved evidence file, in date, whose claim stands in the same line around it."""

    name: ClassVar[str] = "claims"
    title: ClassVar[str] = "Claims that need evidence"
    kinds: ClassVar[frozenset[str] | None] = COPY_KINDS
    family: ClassVar[Family] = "brand"

    sorts: tuple[Kind, ...] = Field(
        title="Kinds of claims",
        description="Found by the way they are put; each needs an evidence file on record (UK CAP 3.7).",
        json_schema_extra=says("fewer"),
    )
    phrases: tuple[ClaimPhrase, ...] = Field(
        title="More claims, word for word",
        description="Found however they are spelled.",
        json_schema_extra=says("fewer"),
    )

    def judge(self, case: Case) -> Iterator[Reason]:
        """Blocks a claim nothing on record covers, with the sentence it stands in and the rule it answers to."""
        for ad in copy_of(case.action):
            for line in (*ad.text.lines, ad.text.business_name):
                told = set[tuple[int, int]]()
                for claim, what, source in self._found(line):
                    if len(told) == _TOLD:
                        break
                    if (claim.start, claim.end) not in told and not _covered(case, line, claim):
                        told.add((claim.start, claim.end))
                        yield self._uncovered(ad.variant, line, claim, what, source)

    def _found(self, line: str) -> Iterator[tuple[Claim, str, str]]:
        for claim in claims(line, self.sorts):
            yield claim, SAID[claim.kind], SOURCE[claim.kind]
        own = once(self, _listed)
        for hit in own.find(line):
            entry = self.phrases[hit.phrase]
            yield Claim("phrase", hit.start, hit.end), f'"{entry.phrase}"', entry.source

    def _uncovered(self, variant: str, line: str, claim: Claim, what: str, source: str) -> Reason:
        said, line = line[claim.start : claim.end], quoted(line, claim.start)
        return self.reason(
            "block",
            f'"{said}" claims {what}, and no approved evidence in date covers it ({source});'
            f' variant {variant} says "{line}".',
            found=said,
            source=source,
            line=line,
            variant=variant,
        )

    def describe(self) -> str:
        """The kinds and phrases."""
        listed = [SAID[k] for k in self.sorts] + [f'"{p.phrase}"' for p in self.phrases]
        return (
            f"Evidence is needed for {', '.join(listed)}." if listed else "No claim needs evidence."
        )


def _covered(case: Case, line: str, claim: Claim) -> bool:
    """True when the words of an evidence file stand in the line from before the claim to behind it."""
    day = case.standing.now.date()
    return any(
        hit.start <= claim.start and claim.end <= hit.end
        for record in case.standing.evidence
        if record.holds(day)
        for hit in _reader(record.claim).find(line)
    )


def _reader(claim: str) -> Words:
    return Words((claim,))


def _listed(rule: Claims) -> Words:
    return Words([p.phrase for p in rule.phrases])

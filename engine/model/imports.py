"""What becomes of a file that somebody takes in: judged before it is kept, on record afterwards."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.model.exports import NO_ANSWERS, Answers, Ask, Export, Kind, RefusedRow, Total

MONEY = frozenset({"cost_micros", "conversion_value_micros", "amount_micros", "revenue_micros"})
"""The figures that are int64 micros of a row's own currency; every other one is a number."""


@dataclass(frozen=True)
class Moved:
    """One figure added up over rows that a file changes, before and after.

    Attributes:
        figure: The column of the schema, such as ``cost_micros``.
        currency: Of a figure of money as stored (None where no row names one); None for every other figure.
        before: The sum as stored; None where none of the rows had the figure.
        after: The sum as it would be; None where it is told in no currency that could take the stored one's place.
        currency_after: Of a figure of money as it would be.
    """

    figure: str
    currency: str | None
    before: float | None
    after: float | None
    currency_after: str | None


@dataclass(frozen=True)
class MovedSpan:
    """The changes of one day, or of one period where the rows cover more; None: no day is known."""

    first: date | None
    last: date | None
    rows: int
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class Judged:
    """What keeping a file would do to what is stored.

    Attributes:
        new: Rows nothing is stored of.
        changed: Rows stored with other figures.
        already: Rows that change nothing: stored alike, stored in a newer state, or told again by a later
            line of the same file.
        spans: How many days (or periods) hold changed rows.
        moved: Every figure that changes, added up over the changed rows.
        by_span: The first spans with their changes, in order of days.
    """

    new: int = 0
    changed: int = 0
    already: int = 0
    spans: int = 0
    moved: tuple[Moved, ...] = ()
    by_span: tuple[MovedSpan, ...] = ()

    @property
    def kept(self) -> int:
        """Rows that would be new or have new figures."""
        return self.new + self.changed


@dataclass(frozen=True)
class Previewed:
    """One export of an upload, judged; ``repeats`` is the import that brought the same content before."""

    file: str
    format: str
    source: str
    kind: Kind
    period: tuple[date, date] | None
    currency: str | None
    read: int
    refused: tuple[RefusedRow, ...]
    totals: dict[str, Total]
    notes: tuple[str, ...]
    asks: tuple[Ask, ...]
    judged: Judged
    repeats: str | None

    @classmethod
    def of(cls, export: Export, judged: Judged, repeats: str | None) -> Previewed:
        """The export without its rows."""
        return cls(
            file=export.file,
            format=export.format,
            source=export.source,
            kind=export.kind,
            period=export.period,
            currency=export.currency,
            read=export.read,
            refused=export.refused,
            totals=export.totals,
            notes=export.notes,
            asks=export.asks,
            judged=judged,
            repeats=repeats,
        )


@dataclass(frozen=True)
class Preview:
    """One upload before anything of it is kept.

    Attributes:
        file: Its own name, without folders.
        sha256: Of its bytes, in hex.
        answers: What a person said of it.
        mark: The state of the store it was judged on (``engine.store.imports.mark``).
        members: What it holds, in its own order; empty when it was refused.
        asks: What must be answered before it can be read at all, or may be left open knowingly.
        reason: Why it was refused; None when it was read.
    """

    client: str
    file: str
    sha256: str
    answers: Answers = NO_ANSWERS
    mark: str = ""
    members: tuple[Previewed, ...] = ()
    asks: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def fingerprint(self) -> str:
        """What a person says yes to: this file, read with these answers, for this client, on this state.

        The name counts: some files tell their days in it alone.
        """
        answers = [self.answers.currency, self.answers.day_order, self.answers.point]
        said = [self.client, self.file, self.sha256, *answers, self.mark]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    @property
    def repeated(self) -> tuple[str, ...]:
        """The earlier imports, when every part was taken in before; else empty."""
        found = [m.repeats for m in self.members]
        return tuple(r for r in found if r) if found and all(found) else ()


@dataclass(frozen=True)
class Import:
    """One file that was taken in; instants are UTC, ``period_*`` are None when it covers all time.

    ``kept`` counts the rows that were new or had new figures, ``already`` those that changed nothing.
    ``by`` is None for imports older than that record (``wrote_over``); ``repeats`` names the import that had
    brought the same content before, so that this one brought nothing.
    """

    client: str
    import_id: str
    file: str
    sha256: str
    format: str
    source: str
    kind: Kind
    period_first: date | None
    period_last: date | None
    currency: str | None
    read: int
    kept: int
    already: int
    refused: int
    refused_json: str
    totals_json: str
    notes_json: str
    at: datetime
    by: str | None = None
    answers_json: str = "{}"
    repeats: str | None = None
    undone_by: str | None = None
    undone_at: datetime | None = None

    @property
    def wrote_over(self) -> bool:
        """True for a file taken in before rows were kept in layers: it wrote over the rows it told anew.

        Those imports name nobody; every one since names who took the file in.
        """
        return self.by is None


def answers_json(answers: Answers) -> str:
    """Answers as they are kept beside an import: only those that were given."""
    given = {"currency": answers.currency, "day_order": answers.day_order}
    return json.dumps({name: said for name, said in given.items() if said}, sort_keys=True)


def totals_told(totals: dict[str, Total]) -> dict[str, dict[str, Any]]:
    """Totals as JSON values: ``{column: {rows, file}}`` in decimal strings of the file's own unit.

    Where the file has a total of its own, ``rounded`` says whether rounding alone explains the difference.
    """
    return {
        column: {
            "rows": str(total.rows),
            "file": None if total.file is None else str(total.file),
            **({} if total.rounded is None else {"rounded": total.rounded}),
        }
        for column, total in totals.items()
    }

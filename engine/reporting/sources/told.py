"""A preview in words: what a file is, what it would bring, and which stored figures it would change. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from engine.model.exports import Total
from engine.model.imports import MONEY, Moved, MovedSpan, Preview, Previewed
from engine.reporting.words import MINUS, MISSING, count, dated, money, source
from policies.money import MICROS

_FIGURES = {
    "cost_micros": "spend",
    "impressions": "impressions",
    "clicks": "clicks",
    "interactions": "interactions",
    "conversions": "conversions",
    "conversion_value_micros": "conversion value",
    "amount_micros": "amount",
    "won": "deals won",
    "sessions": "sessions",
    "views": "views",
    "events": "events",
    "key_events": "key events",
    "revenue_micros": "revenue",
}
_WORD = {"deals": "deal", "leads": "lead"}


@dataclass(frozen=True)
class TotalLine:
    """One column added up beside the file's own total; ``verdict``: ``same``, ``rounding``, ``differs``, ``alone``."""

    column: str
    rows: str
    file: str
    difference: str
    verdict: str


@dataclass(frozen=True)
class ChangeLine:
    """One figure of one day, before and after."""

    when: str
    figure: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One part of an upload as a screen tells it."""

    what: str
    lead: str
    counts: tuple[tuple[str, str], ...]
    totals: tuple[TotalLine, ...]
    change: str
    changes: tuple[ChangeLine, ...]
    more_changes: int


def told(member: Previewed) -> Told:
    """One part of an upload in words."""
    j = member.judged
    refused = len(member.refused)
    return Told(
        what=_what(member),
        lead=_lead(member),
        counts=(
            ("read", f"{member.read:,}"),
            ("new", f"{j.new:,}"),
            ("changed", f"{j.changed:,}"),
            ("already there", f"{j.already:,}"),
            ("refused", f"{refused:,}"),
        ),
        totals=tuple(total_line(name, total) for name, total in member.totals.items()),
        change=_change(member),
        changes=tuple(line for span in j.by_span for line in _lines(span)),
        more_changes=max(0, j.spans - len({(s.first, s.last) for s in j.by_span})),
    )


def keeps(preview: Preview) -> int:
    """Rows that keeping the upload would bring or change."""
    return sum(m.judged.kept for m in preview.members)


def total_line(column: str, total: Total) -> TotalLine:
    """The pair as text, with the difference and whether rounding explains it."""
    rows = _figure(total.rows)
    if total.file is None:
        return TotalLine(column, rows, MISSING, MISSING, "alone")
    difference = total.rows - total.file
    verdict = "same" if not difference else "rounding" if total.rounded else "differs"
    return TotalLine(column, rows, _figure(total.file), _signed(difference), verdict)


def _what(member: Previewed) -> str:
    span = dated(*member.period) if member.period else "no days named"
    unknown = "currency open" if "currency" in member.asks else "no one currency"
    return f"{source(member.source)} · {span} · {member.currency or unknown}"


def _lead(member: Previewed) -> str:
    j, word = member.judged, _WORD.get(member.kind, "row")
    refused = count(len(member.refused), "line") + " refused" if member.refused else ""
    also = f" {refused}." if refused else ""
    if member.repeats:
        return f"This very file was taken in before, as {member.repeats}; keeping it would change nothing.{also}"
    if refused and not j.kept + j.already:
        return f"Every line was refused; there is nothing to keep.{also}"
    if not member.read:
        return f"The file is well formed and holds no row.{also}"
    parts = []
    if j.new:
        parts.append(f"{count(j.new, word)} would be new")
    if j.changed:
        parts.append(f"{count(j.changed, word)} would change figures")
    if not parts:
        every = "Every row that can be read is" if refused else "Every row is"
        return f"{every} there already; keeping it would change nothing.{also}"
    sentence = ", ".join(parts)
    return f"{sentence}; {refused}." if refused else f"{sentence}."


def _change(member: Previewed) -> str:
    """``12 days of Meta Ads: spend USD 1,203.20 → 1,210.00, clicks 310 → 312.`` Empty when nothing changes."""
    j = member.judged
    if not j.changed:
        return ""
    moved = ", ".join(f"{name(m)} {_pair(m)}" for m in j.moved) or "names or states, no figure"
    dated = [s for s in j.by_span if s.first]
    daily = dated and all(s.first == s.last for s in dated)
    where = count(j.spans, "day" if daily else "period") if dated else count(j.changed, "row")
    return f"{where} of {source(member.source)}: {moved}."


def _lines(span: MovedSpan) -> list[ChangeLine]:
    when = dated(span.first, span.last) if span.first and span.last else "no day"
    if not span.moved:
        return [ChangeLine(when, "names or states", MISSING, MISSING)]
    return [ChangeLine(when, name(m), *sides(m)) for m in span.moved]


def name(moved: Moved) -> str:
    """The figure as people call it."""
    return _FIGURES.get(moved.figure, moved.figure.replace("_", " "))


def sides(moved: Moved) -> tuple[str, str]:
    """Before and after, each in its own currency; an en dash where nothing is known."""
    before = _side(moved.figure, moved.before, moved.currency)
    return before, _side(moved.figure, moved.after, moved.currency_after)


def _side(name: str, value: float | None, currency: str | None) -> str:
    if value is None:
        return MISSING
    if name not in MONEY:
        return _figure(Decimal(str(value)))
    if currency is None:
        return f"{_figure(Decimal(int(value)) / MICROS)} (no currency)"
    return money(value, currency, 2)


def _pair(moved: Moved) -> str:
    return " → ".join(sides(moved))


def _figure(value: Decimal) -> str:
    """Digits grouped, decimals as the file has them."""
    text = f"{abs(value):,f}"
    return f"{MINUS}{text}" if value < 0 else text


def _signed(value: Decimal) -> str:
    return _figure(value) if value <= 0 else f"+{_figure(value)}"

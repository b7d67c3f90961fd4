"""How far a source can be trusted today: fresh, late (shown, never moves money) or failed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from engine.model.errors import AskPerson, Fault, TryLater
from engine.model.outcomes import FRESH_FOR, Pull, SourceState
from policies.money import decimal_text

DOUBTFUL_JUMP = 0.30
_DOUBT_FLOOR_MICROS = 50_000_000  # a jump on less than 50 units says nothing


def judge(
    pull: Pull, previous: pa.Table | None, now: datetime, *, final_after_days: int = 7
) -> SourceState:
    """The state of a source right after a pull; ``previous`` holds the figures kept before it, if any.

    Cost of days older than ``final_after_days`` should not move any more: when it did by more than
    30 %, the source counts as late until a later pull agrees with it.
    """
    jump = _jump(pull, previous, final_after_days)
    if jump is not None:
        before, after = jump
        return SourceState(
            pull.source,
            pull.as_of,
            "late",
            f"{pull.source} restated settled days from {decimal_text(before)} to"
            f" {decimal_text(after)}; money waits until a second reading agrees.",
        )
    fresh = SourceState(pull.source, pull.as_of, "fresh", f"{pull.source} is up to date.")
    return aged(fresh, now)


def aged(state: SourceState, now: datetime) -> SourceState:
    """A fresh state grown old is late; any other state stays what it is."""
    if state.state != "fresh":
        return state
    if state.as_of is None:
        return SourceState(state.source, None, "late", f"{state.source} was never read.")
    age = now - state.as_of
    if age <= FRESH_FOR:
        return state
    hours = int(age.total_seconds() // 3600)
    return SourceState(
        state.source,
        state.as_of,
        "late",
        f"{state.source} is {hours} hours old; its figures are shown but move no money.",
    )


def unavailable(source: str, fault: Fault, as_of: datetime | None = None) -> SourceState:
    """The state of a source that could not be read: late when a later try may do, else failed."""
    if isinstance(fault, TryLater):
        return SourceState(source, as_of, "late", f"{source} did not answer: {fault}", fault.wait)
    word = "waits for a person" if isinstance(fault, AskPerson) else "cannot be read"
    return SourceState(source, as_of, "failed", f"{source} {word}: {fault}")


def _jump(pull: Pull, previous: pa.Table | None, final_after_days: int) -> tuple[int, int] | None:
    if previous is None or "cost_micros" not in pull.table.column_names or not previous.num_rows:
        return None
    settled = pull.last - timedelta(days=final_after_days + 1)
    last = min(settled, pc.max(previous["day"]).as_py())
    first = max(pull.first, pc.min(previous["day"]).as_py())
    before, after = (_cost(table, first, last) for table in (previous, pull.table))
    if max(before, after) < _DOUBT_FLOOR_MICROS or before == 0:
        return None
    return (before, after) if abs(after - before) > DOUBTFUL_JUMP * before else None


def _cost(table: pa.Table, first: object, last: object) -> int:
    inside = pc.and_(
        pc.and_(pc.greater_equal(table["day"], first), pc.less_equal(table["day"], last)),
        pc.equal(table["level"], "campaign"),
    )
    return int(pc.sum(table["cost_micros"].filter(inside)).as_py() or 0)

"""A material small enough to reckon by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd

from engine.model.outcomes import DEALS
from engine.reporting.client.aims import aims
from engine.reporting.client.credit import split
from engine.reporting.client.material import About, ExposureLines, Material
from engine.reporting.client.targets import NOTHING
from policies.money import MICROS

TODAY = date(2026, 11, 13)
NOW = datetime(2026, 11, 13, 9, 40, tzinfo=UTC)
EMPTY = pd.DataFrame({"day": [], "channel": [], "cost_micros": [], "claimed": []})


def clicked(row):
    """The row with its channel in second place, "" where it names none."""
    day, *rest = row
    return (day, *rest) if isinstance(rest[0], str) else (day, "", *rest)


def material(*, spend=(), actions=(), won=(), claims=(), **other) -> Material:
    """``spend``: (day, channel, units); ``claims``: (day, channel, number, units);
    ``actions``: (day, [channel,] number); ``won``: (day, [channel,] number, units)."""
    made = Material(
        about=About(
            client="northgate",
            name="Northgate",
            currency="GBP",
            time_zone="Europe/London",
            phase="closed_loop",
            primary_action="consultation",
            paused=False,
        ),
        today=TODAY,
        spend=pd.DataFrame(
            [(d, c, u * MICROS) for d, c, u in spend], columns=["day", "channel", "cost_micros"]
        ),
        claims=pd.DataFrame(
            [(d, c, n, u * MICROS) for d, c, n, u in claims],
            columns=["day", "channel", "claimed", "value_micros"],
        ),
        actions=pd.DataFrame(
            [clicked(row) for row in actions],
            columns=["day", "channel", "actions"],
        ),
        won=pd.DataFrame(
            [(d, c, n, u * MICROS) for d, c, n, u in map(clicked, won)],
            columns=["day", "channel", "won", "revenue_micros"],
        ),
        credit=split(EMPTY, EMPTY, DEALS.empty_table(), TODAY),
        campaigns=[],
        plan_month_micros=None,
        targets=NOTHING,
        aims=aims(EMPTY, DEALS.empty_table(), NOTHING, TODAY),
        exposure=ExposureLines(lines=[], total=None, rules=[], doubt=""),
        moves=[],
        asks=[],
        sources=[],
    )
    made.update(other)
    return made


def move(day, sentence="Moved.", **other):
    """One decision."""
    row = {
        "at": datetime(day.year, day.month, day.day, 6, tzinfo=UTC),
        "day": day,
        "ref": f"D-{day:%d}",
        "kind": "shift_budget",
        "agent": "channel_mix",
        "verdict": "allowed",
        "state": "applied",
        "sentence": sentence,
        "why": "",
    }
    return row | other


def ask(ref="E-101", **other):
    """One question."""
    row = {
        "ref": ref,
        "kind": "bound",
        "title": "Raise the cap?",
        "owner": "Priya Shah",
        "status": "open",
        "opened_at": NOW,
        "due_at": datetime(2026, 11, 13, 11, 42, tzinfo=UTC),
        "deferred_until": None,
        "safe_state": "Budgets stay.",
        "decision": None,
    }
    return row | other

"""What a draft would have changed, week by week."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from engine.reporting.policies.dry_run import Week
from pages.parts.tones import TONES, Mode

SERIES = (
    ("escalated", "ink2", "go to a person"),
    ("blocked", "bad", "blocked"),
    ("allowed", "accent", "let through"),
)
"""The verdict, its tone, and its words in the legend."""
_TICKS = 4


def weekly_figure(weeks: Sequence[Week], shade: Mode) -> go.Figure:
    """Stacked bars of the actions whose verdict changes, one a week, named by its Monday."""
    tones, figure = TONES[shade], go.Figure()
    mondays = [w.monday for w in weeks]
    for verdict, tone, words in SERIES:
        figure.add_bar(
            x=mondays,
            y=[getattr(w, verdict) for w in weeks],
            name=words,
            marker={"color": tones[tone]},
            hovertemplate="%{y} " + words + "<extra></extra>",
        )
    most = max(w.escalated + w.blocked + w.allowed for w in weeks)
    step = max(1, -(-most // 2))
    every = max(1, -(-len(mondays) // _TICKS))
    shown = mondays[::every]
    figure.update_layout(barmode="stack")
    figure.update_yaxes(tickvals=list(range(0, most + 1, step)), range=[0, most * 1.08])
    figure.update_xaxes(tickvals=shown, ticktext=[f"{m:%-d %b}" for m in shown])
    return figure


def legend(weeks: Sequence[Week], shade: Mode) -> str:
    """The colours in words, each with its sum, as Markdown."""
    tones = TONES[shade]
    sums = [
        (sum(getattr(w, verdict) for w in weeks), tone, words) for verdict, tone, words in SERIES
    ]
    return " ".join(
        f':color[■]{{foreground="{tones[tone]}"}} {n} {words}' for n, tone, words in sums if n
    )

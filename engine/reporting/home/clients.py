"""One client on the strategist's first page: the month against its plan, cost against target, a word. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.reporting.client.material import Fresh
from engine.reporting.client.view import Performance
from engine.reporting.words import count, money, source

Word = Literal["On course", "Watch", "Doubtful data", "Paused", "Configure", "No figures yet"]
Tone = Literal["green", "orange", "red", "gray", "blue"]
OVER = 1.05
"""A month heading past its plan, or a cost past its target, by more than this share is worth a look."""
_TONES: dict[Word, Tone] = {
    "On course": "green",
    "Watch": "orange",
    "Doubtful data": "red",
    "Paused": "gray",
    "Configure": "blue",
    "No figures yet": "gray",
}


@dataclass(frozen=True)
class ClientCard:
    """One client. ``spent``, ``expected`` and ``plan`` draw the meter, in micros; ``plan`` None: no plan."""

    client: str
    name: str
    word: Word
    tone: Tone
    spent_micros: int
    expected_micros: int
    plan_micros: int | None
    spend: str
    cost: str
    won: str
    why: str


def client_card(view: Performance, questions: int) -> ClientCard:
    """The card of one client; ``questions`` are those open for it."""
    about, pace = view.about, view.pacing
    currency = about["currency"]
    word, why = _judged(view)
    return ClientCard(
        client=about["client"],
        name=about["name"],
        word=word,
        tone=_TONES[word],
        spent_micros=pace.spent_micros,
        expected_micros=pace.expected_micros,
        plan_micros=pace.plan_micros,
        spend=_spend(view),
        cost=_cost(view),
        won=_won(view, currency),
        why=why or (f"{count(questions, 'question')} open" if questions else "Nothing open"),
    )


def _judged(view: Performance) -> tuple[Word, str]:
    """The word and, unless all is well, what it rests on. The gravest counts."""
    about = view.about
    if about["paused"]:
        return "Paused", "Nothing is written to its accounts"
    if about["phase"] == "configure":
        return "Configure", "Not open yet"
    late = [s for s in view.sources if s["state"] != "fresh"]
    if late:
        return "Doubtful data", f"{_sources(late)}; no money moves on it"
    if view.empty:
        return "No figures yet", "They appear after the first read"
    over = _over(view)
    return ("Watch", over) if over else ("On course", "")


def _over(view: Performance) -> str:
    """What is past its target or its plan by more than a share worth a look; else empty."""
    currency, pace = view.about["currency"], view.pacing
    cac, target = view.totals.cac_micros, view.targets["cac_micros"]
    if cac is not None and target is not None and cac > OVER * target:
        return f"{money(cac - target, currency)} over target per deal won"
    if pace.plan_micros and pace.expected_micros > OVER * pace.plan_micros:
        return f"Heading {money(pace.expected_micros - pace.plan_micros, currency)} past its plan"
    return ""


def _sources(late: list[Fresh]) -> str:
    return ", ".join(f"{source(s['source'])} {s['state']}" for s in late)


def _spend(view: Performance) -> str:
    pace, currency = view.pacing, view.about["currency"]
    expected = f"{money(pace.expected_micros, currency)} expected"
    if pace.plan_micros is None:
        return f"{expected}, no plan approved"
    return f"{expected} of {money(pace.plan_micros, currency)}"


def _cost(view: Performance) -> str:
    """Cost per primary action this month, against the target where the policy writes one."""
    noun, currency = view.about["primary_action"], view.about["currency"]
    found = next(k for k in view.figures if k.key == "cost")
    if found.value is None:
        return f"No {noun} yet this month"
    target = view.targets["cost_per_action_micros"]
    aim = f", target {money(target, currency)}" if target else ""
    return f"Cost per {noun} **{money(found.value, currency)}**{aim}"


def _won(view: Performance, currency: str) -> str:
    """Media per deal won against the policy's target; empty without either."""
    cac, target = view.totals.cac_micros, view.targets["cac_micros"]
    if cac is None:
        return f"No deal won yet, target {money(target, currency)}" if target else ""
    aim = f", target {money(target, currency)}" if target else ", no target published"
    return f"Per deal won **{money(cac, currency)}**{aim}"

"""The strategist's first page as one value: what needs me, what happened, is everything running? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.reporting.home.away import Away, away
from engine.reporting.home.facts import Draft, Facts, WaitingPlan
from engine.reporting.home.loop import Loop, loop
from engine.reporting.inbox.queue import Item
from engine.reporting.words import count, money, plural, source, stamp

_WORDS = {1: "One", 2: "Two", 3: "Three", 4: "Four", 5: "Five"}


@dataclass(frozen=True)
class Review:
    """One thing that ships only after a person. ``key`` names it once on the page, ``version`` a draft's."""

    kind: Literal["plan", "concept", "draft"]
    title: str
    line: str
    key: str
    client: str
    version: int | None = None


@dataclass(frozen=True)
class SourceLine:
    """One source that is not fresh."""

    name: str
    state: str
    line: str


@dataclass(frozen=True)
class Home:
    """The page. ``needs`` are questions awake now, the least time left first; ``asleep`` those put off."""

    loop: Loop
    lead: str
    more: str
    needs: tuple[Item, ...]
    asleep: int
    reviews: tuple[Review, ...]
    away: Away
    fresh: int
    sources: int
    troubled: tuple[SourceLine, ...]
    questions: Mapping[str, int]


def home(facts: Facts, now: datetime, zone: str) -> Home:
    """Compose the page; ``zone`` is the reader's own, for the loop's hours."""
    asked = [i for i in facts.queue.items if i.kind != "plan"]
    needs = [i for i in asked if not i.asleep(now)]
    reviews = _reviews(facts)
    told, running = away(facts), loop(facts, now, zone)
    troubled = [(c, s) for c, s in facts.sources if s.state != "fresh"]
    names, zones = _names(facts), {p.client: p.zone for p in facts.passes}
    return Home(
        loop=running,
        lead=lead(needs, len(reviews), running, now),
        more=_more(told, now, zone),
        needs=tuple(needs),
        asleep=len(asked) - len(needs),
        reviews=reviews,
        away=told,
        fresh=len(facts.sources) - len(troubled),
        sources=len(facts.sources),
        troubled=tuple(
            SourceLine(
                f"{source(s.source)}, {names[c]}",
                s.state,
                (f"as of {stamp(s.as_of, zones[c], now)}. " if s.as_of else "Not read yet. ")
                + s.sentence,
            )
            for c, s in troubled
        ),
        questions={c: sum(1 for i in needs if i.client == c) for c in names},
    )


def lead(needs: list[Item], reviews: int, running: Loop, now: datetime) -> str:
    """The sentence that answers "what needs me?"."""
    head = f"{running.trouble} " if running.trouble else ""
    waits = f"{count(reviews, 'thing')} {'waits' if reviews == 1 else 'wait'} for your review"
    if not needs:
        return head + (f"No question is open; {waits}." if reviews else "Nothing needs you now.")
    late = sum(1 for i in needs if i.due_at is not None and i.due_at < now)
    said = _WORDS.get(len(needs), f"{len(needs)}") + (
        " decision needs you" if len(needs) == 1 else " decisions need you"
    )
    first = needs[0]
    if late == len(needs):
        said += ", past its due time" if late == 1 else ", all past their due time"
    elif late:
        said += f", {late} past {'its' if late == 1 else 'their'} due time"
    elif first.due_at is not None:
        said += f", the first by {stamp(first.due_at, first.zone, now)}"
    tail = f"; {waits}" if reviews else ""
    return f"{head}{said}{tail}."


def _more(told: Away, now: datetime, zone: str) -> str:
    since = stamp(told.since, zone, now)
    if not told.total.words:
        return f"Nothing was changed or asked since {since}."
    return f"Since {since}: {told.total.words}."


def _names(facts: Facts) -> dict[str, str]:
    return {p.client: p.name for p in facts.passes}


def _reviews(facts: Facts) -> tuple[Review, ...]:
    names = _names(facts)
    plans = [_plan(p, names[p.client]) for p in facts.plans]
    ideas = [
        Review(
            "concept",
            f"{count(number, 'concept')} · {names[client]}",
            "Ads are made of a concept once a senior approves it",
            f"concept-{client}",
            client,
        )
        for client, number in facts.concepts
    ]
    return (*plans, *ideas, *(_draft(d, names[d.client]) for d in facts.drafts))


def _plan(waiting: WaitingPlan, name: str) -> Review:
    plan = waiting.plan
    line = "Its text cannot be read; draw it up again"
    if plan is not None:
        won = plan.won
        forecast = f"{won.low:.0f}–{won.high:.0f} {plural('deal')} won expected"
        line = f"{money(plan.budget_micros, plan.currency)} · {count(len(plan.lines), 'campaign')} · {forecast}"
    return Review(
        "plan",
        f"{waiting.month:%B} plan · {name}",
        line,
        f"plan-{waiting.ref}",
        waiting.client,
    )


def _draft(draft: Draft, name: str) -> Review:
    line = (
        "You wrote it, so a second person publishes it"
        if draft.own
        else f"Written by {draft.author}, so you may publish it if you are senior here"
    )
    return Review(
        "draft",
        f"Guardrails draft v{draft.version} · {name}",
        line,
        f"draft-{draft.client}-{draft.version}",
        draft.client,
        draft.version,
    )

"""What the client reads: the lead sentence, our own moves on the chart, this week's decisions, what waits. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.model.escalation_life import UNDECIDED
from engine.reporting.client.kpis import Kpis
from engine.reporting.client.material import Ask, Material, Move
from engine.reporting.words import count, money, stamp

CLIENT_WORDS = {
    "allowed": "Done",
    "escalated": "Asked a person",
    "blocked": "Stopped by a rule",
    "deferred": "Put off",
}
_MOVES = {
    "set_budgets",
    "shift_budget",
    "launch_campaign",
    "set_campaign_status",
    "ship_variant",
    "pause_variant",
    "set_audiences",
    "set_bid_target",
    "set_schedule",
    "set_variant_shares",
}
PINS = 6


@dataclass(frozen=True)
class Pin:
    """Our own moves of one day, numbered as on the chart; ``ref`` is the decision told first."""

    number: int
    day: date
    text: str
    ref: str


@dataclass(frozen=True)
class Anomaly:
    """A day on which spend was out of the ordinary, in a sentence; ``ref`` is the question it became."""

    day: date
    text: str
    ref: str


@dataclass(frozen=True)
class Decided:
    """One decision in the client's words. ``word`` is one of CLIENT_WORDS' values or "Under way"."""

    at: datetime
    word: str
    sentence: str
    why: str
    ref: str


@dataclass(frozen=True)
class Waiting:
    """One question with the strategist: what it is and what holds until it is answered."""

    title: str
    line: str


def lead(material: Material, figures: Kpis, period_name: str) -> tuple[str, str]:
    """The sentence that answers "is my money working?", and the one that says what waits.

    The target is the policy's ceiling on media per closed-won customer, so the verdict rests on that figure.
    """
    about, now = material["about"], figures.now
    currency, noun = about["currency"], about["primary_action"]
    if not now.spend_micros and not now.actions:
        first = f"{period_name} has no figures yet."
    elif now.cost_micros is None:
        first = f"{period_name} so far: {money(now.spend_micros, currency)} spent, no {noun} yet."
    else:
        got = f"{count(now.actions, noun)} at {money(now.cost_micros, currency)} each"
        target = material["targets"]["cac_micros"]
        first = f"{period_name} {_against(figures, target, currency, got)}"
    return first, _open_questions(material["asks"], paused=about["paused"])


def _against(figures: Kpis, target: int | None, currency: str, got: str) -> str:
    cac = figures.now.cac_micros
    if cac is None:
        return f"so far: {got}; no deal has been won in these days yet."
    told = f"{got}; {count(figures.now.won)} won at {money(cac, currency)} each"
    if figures.now.won == figures.now.actions:  # an order is won as it is placed
        told = got
    if target is None:
        return f"so far: {told}. No target is published yet."
    gap, goal = money(abs(target - cac), currency), money(target, currency)
    if cac <= target:
        return f"is on course: {told}, {gap} under your {goal} target."
    return f"is over target: {told}, {gap} over your {goal} target."


def _open_questions(asks: list[Ask], *, paused: bool) -> str:
    number = sum(1 for ask in asks if ask["status"] in UNDECIDED)
    head = "Everything is paused: nothing is written to your accounts. " if paused else ""
    if not number:
        return head + "Nothing is waiting for you or your strategist."
    verb = "is" if number == 1 else "are"
    words = {1: "One question", 2: "Two questions", 3: "Three questions"}
    told = words.get(number, f"{number} questions")
    return f"{head}{told} {verb} with your strategist; nothing is waiting for you."


def pins(moves: list[Move], first: date) -> tuple[Pin, ...]:
    """The latest days on which we changed something, oldest first, one pin a day."""
    by_day: dict[date, list[Move]] = {}
    for move in sorted(moves, key=lambda m: m["at"]):
        if move["kind"] in _MOVES and move["state"] == "applied" and move["day"] >= first:
            by_day.setdefault(move["day"], []).append(move)
    latest = sorted(by_day)[-PINS:]
    return tuple(
        Pin(n, d, _together(by_day[d]), by_day[d][0]["ref"]) for n, d in enumerate(latest, start=1)
    )


def _together(moves: list[Move]) -> str:
    first = moves[0]["sentence"].rstrip(".")
    more = len(moves) - 1
    return f"{first}." if not more else f"{first}, and {count(more, 'smaller change')} that day."


def anomalies(
    asks: list[Ask], days: list[date], opened_days: dict[str, date]
) -> tuple[Anomaly, ...]:
    """Spend anomalies on the days shown, whatever has become of them."""
    shown = set(days)
    return tuple(
        Anomaly(opened_days[ask["ref"]], ask["title"], ask["ref"])
        for ask in asks
        if ask["kind"] == "spend_anomaly" and opened_days[ask["ref"]] in shown
    )


def word(move: Move) -> str:
    """The decision in the client's word; an allowed write still on its way is "Under way"."""
    if move["verdict"] == "allowed" and move["state"] in {"to_apply", "shipping", "unknown"}:
        return "Under way"
    if move["verdict"] == "escalated" and move["state"] == "applied":
        return CLIENT_WORDS["allowed"]
    return CLIENT_WORDS.get(move["verdict"], "Done")


def decided(moves: list[Move], asks: list[Ask], since: date) -> tuple[Decided, ...]:
    """Decisions from ``since`` on, latest first; a question put off shows as such."""
    deferred = {ask["decision"] for ask in asks if ask["status"] == "deferred"}
    rows = [
        Decided(
            m["at"],
            CLIENT_WORDS["deferred"] if m["ref"] in deferred else word(m),
            m["sentence"],
            m["why"],
            m["ref"],
        )
        for m in moves
        if m["day"] >= since
    ]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def waiting(asks: list[Ask], zone: str, now: datetime) -> tuple[Waiting, ...]:
    """What is with the strategist, the soonest due first."""
    far = now + timedelta(days=3650)
    unanswered = [a for a in asks if a["status"] in UNDECIDED]
    return tuple(
        Waiting(a["title"], _until(a, zone, now))
        for a in sorted(unanswered, key=lambda a: a["deferred_until"] or a["due_at"] or far)
    )


def _until(ask: Ask, zone: str, now: datetime) -> str:
    if ask["status"] == "deferred" and ask["deferred_until"]:
        return f"Put off to {stamp(ask['deferred_until'], zone, now)}. {ask['safe_state']}".strip()
    if ask["due_at"] is None:
        return f"{ask['owner']} decides. {ask['safe_state']}".strip()
    when = stamp(ask["due_at"], zone, now)
    late = "was due to decide by" if ask["due_at"] < now else "decides by"
    return f"{ask['owner']} {late} {when}. {ask['safe_state']}".strip()

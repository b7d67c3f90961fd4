"""The test box: copy judged by every brand rule as the gate would, each verdict quoted, nothing kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.model.errors import AskPerson, BadInput
from engine.model.people import Role, Scope
from engine.store import Store, brand, clients, policies
from policies.actions import AdSpec, AdText, ShipVariant
from policies.case import Case
from policies.formats import FORMATS, faults, width
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy
from policies.rule import CHANNEL_NAMES, Rule
from policies.standing import Standing
from policies.verdict import Reason
from policies.words import Words

LOOKERS: tuple[Role, ...] = ("team", "strategist", "admin")
MOST_CHARACTERS = 1_000_000
MOST_LINES = 60
_HEADLINE = 40
"""Where a channel has no format yet: what Meta shows of a headline."""
FAMILIES = ("brand", "review")
TOLD = 12
"""Reasons of one rule that are told one by one."""
INSTEAD: Mapping[str, str] = {
    "forbidden_words": "Say it without the marked words; another spelling of them is found as well.",
    "mandatory_inclusions": "Add one of the phrases, in these very words.",
    "tone": "Keep within the limit named, or have it changed in the guardrails.",
    "claims": "Bring an evidence file whose claim has these words, have it approved, or leave the claim out.",
    "regulated": "A person reads it and decides; nothing has to be changed for that.",
    "assets": "Take a picture of the library, or bring this one and have it approved.",
}

NAMED = "Speak of the offer, not of what the reader is; “you” and “your” alone are fine."
"""Instead of telling a reader what they are."""


@dataclass(frozen=True)
class Copy:
    """What is to be judged: the fields of one ad on a channel."""

    channel: str
    headlines: tuple[str, ...]
    descriptions: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    business_name: str = ""


@dataclass(frozen=True)
class Said:
    """One reason, with the line it quotes and the places of that line that are meant (start, end)."""

    sentence: str
    line: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class RuleSays:
    """One rule's verdict: "pass", "escalate" or "block"; ``more`` reasons are not told one by one."""

    name: str
    title: str
    outcome: str
    said: tuple[Said, ...]
    more: int
    instead: str
    describe: str


@dataclass(frozen=True)
class Box:
    """Every brand rule's verdict, the format's faults, and the version judged by."""

    outcome: str
    rules: tuple[RuleSays, ...]
    faults: tuple[str, ...]
    version: int


def pasted(channel: str, text: str) -> Copy:
    """Copy of which nobody said what is what: a line that fits a headline of the channel is judged as one.

    Raises:
        BadInput: there is nothing, or far too much.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"That is {len(text):,} characters; paste at most {MOST_CHARACTERS:,}.")
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if not lines:
        raise BadInput("Nothing is pasted yet; write or paste some copy first.")
    form = FORMATS.get(channel)
    longest = form.headline_length if form else _HEADLINE
    few = _few(lines)
    return Copy(
        channel,
        headlines=tuple(line for line in few if width(line) <= longest),
        descriptions=tuple(line for line in few if width(line) > longest),
    )


def _few(lines: tuple[str, ...]) -> tuple[str, ...]:
    """At most ``MOST_LINES``: of a longer paste the rest stands in the last one, so that all of it is judged."""
    if len(lines) <= MOST_LINES:
        return lines
    return (*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :]))


def tested(
    store: Store,
    scope: Scope,
    now: datetime,
    client: str,
    copy: Copy,
    *,
    whole: bool,
) -> Box:
    """The verdicts on some copy at ``now`` (aware UTC) by the policy in force.

    ``whole`` says that it is a whole ad: only then is it judged whether it says what it must and fits its format.

    Raises:
        AskPerson: the client is out of reach, the role may not look, or no policy is in force.
    """
    scope.check(client, *LOOKERS)
    if copy.channel not in CHANNEL_NAMES:
        raise BadInput(f'"{copy.channel}" is no channel.')
    with store.read() as conn:
        who = clients.client(conn, client)
        stored = policies.current(conn, client)
        evidence, assets = brand.on_record(conn, client)
    policy = _readable(stored.body_json if stored else None)
    standing = Standing(
        client=client,
        currency=who.currency,
        now=now,
        phase=who.phase,
        evidence=evidence,
        assets=assets,
    )
    case = Case(_action(client, who.currency, copy), standing, policy.targets)
    rules = tuple(
        _says(rule, case)
        for rule in policy.guardrails
        if getattr(rule, "family", "") in FAMILIES
        and (whole or rule.name not in ("mandatory_inclusions", "assets"))
    )
    form = FORMATS.get(copy.channel)
    wrong = faults(_text(copy), form) if whole and form else ()
    worst = {r.outcome for r in rules}
    outcome = (
        "block" if "block" in worst or wrong else "escalate" if "escalate" in worst else "pass"
    )
    return Box(outcome, rules, wrong, stored.version if stored else 0)


def _readable(body: str | None) -> Policy:
    if body is None:
        raise AskPerson("No policy is in force yet; publish one first, then copy can be judged.")
    try:
        return read_policy(body, suffix=".json")
    except BadPolicy as bad:
        raise AskPerson(f"The policy in force cannot be read: {bad}") from None


def _action(client: str, currency: str, copy: Copy) -> ShipVariant:
    return ShipVariant(
        client=client,
        currency=currency,
        agent="test-box",
        reason="Somebody asked what the rules say.",
        campaign="test",
        account="test",
        channel=copy.channel,
        ad_group="test",
        ad=AdSpec(variant="test", concept="test", text=_text(copy)),
    )


def _text(copy: Copy) -> AdText:
    return AdText(
        headlines=copy.headlines,
        descriptions=copy.descriptions,
        path=copy.path,
        final_url="",
        business_name=copy.business_name,
    )


def _says(rule: Rule, case: Case) -> RuleSays:
    try:
        reasons = list(rule.judge(case))
    except Exception as fault:  # noqa: BLE001  as the gate: a rule that fails has not said yes
        told = f"This rule could not judge it ({type(fault).__name__}), so the gate would block it."
        reasons = [rule.reason("block", told)]
    outcomes = {r.outcome for r in reasons}
    outcome = "block" if "block" in outcomes else "escalate" if reasons else "pass"
    return RuleSays(
        name=rule.name,
        title=rule.title,
        outcome=outcome,
        said=tuple(_said(reason) for reason in reasons[:TOLD]),
        more=max(0, len(reasons) - TOLD),
        instead=_instead(rule.name, outcome) if reasons else "",
        describe=rule.describe(),
    )


def _instead(name: str, outcome: str) -> str:
    return NAMED if (name, outcome) == ("regulated", "block") else INSTEAD.get(name, "")


def _said(reason: Reason) -> Said:
    line = reason.facts.get("line", "")
    sentence = reason.sentence.replace("; variant test says", "; it says").replace(
        "variant test", "this"
    )
    return Said(_short(sentence), line[:_LONGEST], tuple(_marks(line[:_LONGEST], reason.facts)))


_LONGEST = 400


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _marks(line: str, facts: Mapping[str, Any]) -> Iterable[tuple[int, int]]:
    if phrase := facts.get("phrase"):
        for hit in Words((phrase,)).find(line):
            yield hit.start, hit.end
    elif found := facts.get("found"):
        at = line.find(found)
        if at >= 0:
            yield at, at + len(found)

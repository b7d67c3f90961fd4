"""The dry run: what the draft would have said of the past, between what it changes and its publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import streamlit as st

from engine.reporting.policies.dry_run import DAYS, weeks
from engine.reporting.policies.review import Review
from engine.reporting.policies.view import Page
from engine.reporting.words import count, days, stamp
from pages.parts import charts, reads, states
from pages.parts.access import Desk
from pages.parts.cards import card, note, say
from pages.parts.dry_run_chart import legend, weekly_figure
from pages.parts.formats import plain, safe
from pages.parts.tones import mode

SHOWN = 60
BADGES = {"allowed": "green", "escalated": "orange", "blocked": "red"}
WORDS = {"allowed": "allowed", "escalated": "asked", "blocked": "blocked"}


def show(desk: Desk, view: Page, draft: Review) -> None:
    """The card; nothing for the agency's values, whose drafts for each client have their own."""
    if view.material.agency:
        return
    with states.guarded("The dry run"):
        found = reads.policy_trial(desk, view.material.client, draft.version, draft.seal)
        first, last = (datetime.fromisoformat(found[k]).date() for k in ("since", "until"))
        judged = len(found["rows"]) - found["not_judged"]
        told = f"{days(first, last)}, {count(judged, 'action')} judged again"
        with card("dry-run", "Dry run", told):
            sentence(found)
            bars(found["rows"])
            listed(desk, view, found["rows"])
            doubts(found)


def sentence(found: Mapping[str, Any]) -> None:
    """What would have gone another way, in one sentence."""
    newly = found["newly"]
    ways = [
        (newly["escalated"], "would now go to a person"),
        (newly["blocked"], "would be blocked"),
        (newly["allowed"], "would be let through"),
    ]
    told = [f"{n} {words}" for n, words in ways if n]
    if not found["rows"]:
        say(f"**No action was decided in the last {DAYS} days.** There is nothing to judge again.")
    elif told:
        same = "the other one" if found["same"] == 1 else f"the other {found['same']}"
        rest = f" Of {same} nothing changes." if found["same"] else ""
        say(f"**{', '.join(told)}.**{rest}")
    elif found["same"]:
        say(
            f"**Nothing would have gone another way.** {count(found['same'], 'action')} judged again."
        )


def bars(rows: Sequence[Mapping[str, Any]]) -> None:
    """The weeks, where anything changes."""
    found = weeks(rows)
    if not found:
        return
    most = max(found, key=lambda w: w.escalated + w.blocked + w.allowed)
    alt = f"Actions that would have gone another way, by week; most in the week of {most.monday:%-d %B}."
    charts.show(weekly_figure(found, mode()), alt=alt, key="dry-run-weeks", height=150)
    say(f":small[{legend(found, mode())}]")


def listed(desk: Desk, view: Page, rows: Sequence[Mapping[str, Any]]) -> None:
    """Every action that changes, and those that could not be judged, with both verdicts and the reason."""
    moved = [row for row in rows if row["change"] != "same"]
    if not moved:
        return
    changes = sum(row["change"] != "not judged" for row in moved)
    parts = [
        f"The {'one that changes' if changes == 1 else f'{changes} that change'}"
        if changes
        else "",
        f"{len(moved) - changes} not judged again" if moved[changes:] else "",
    ]
    with st.expander(" · ".join(p for p in parts if p)):
        for row in reversed(moved[-SHOWN:]):
            say(_line(desk, view, row))
        if moved[SHOWN:]:
            note(f"and {len(moved) - SHOWN} older ones; the command line lists every one.")


def doubts(found: Mapping[str, Any]) -> None:
    """What the run leaves open."""
    if found["not_judged"]:
        note(
            f"{count(found['not_judged'], 'action')} could not be judged again: what the gate judged on is"
            " not on record."
        )
    if found["other_program"]:
        note(
            f"{count(found['other_program'], 'action')} of these would be judged otherwise today by the version of"
            " then as well: the program changed, not only the policy."
        )
    if found["rows"]:
        note("Each is judged by itself, on the accounts as they stood that day.")


def _line(desk: Desk, view: Page, row: Mapping[str, Any]) -> str:
    at = stamp(datetime.fromisoformat(row["at"]), view.material.zone, desk.now)
    after = row["after"]
    verdicts = f"{_badge(row['before'])} → {_badge(after) if after else ':gray-badge[not judged]'}"
    why = row["reason_then"] if row["change"] == "milder" else row["reason"]
    then = "Then: " if row["change"] == "milder" else ""
    return (
        f"**{safe(plain(row['act']))}**  \n{verdicts} :small[:gray[{at} · {row['decision']}]]  \n"
        f":small[{then}{safe(plain(why))}]"
    )


def _badge(word: str) -> str:
    return f":{BADGES[word]}-badge[{WORDS[word]}]"

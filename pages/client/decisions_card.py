"""What was decided this week, and what is with the strategist."""

from __future__ import annotations

from engine.reporting.client.story import Decided
from engine.reporting.client.view import Performance
from engine.reporting.words import count, stamp
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

COLOURS = {
    "Done": "green",
    "Asked a person": "orange",
    "Stopped by a rule": "red",
    "Put off": "blue",
    "Under way": "grey",
}
SHOWN = 5


def row(one: Decided, view: Performance) -> None:
    """One decision: what, in which word, when and why."""
    colour = COLOURS.get(one.word, "gray").replace("grey", "gray")
    when = stamp(one.at, view.about["time_zone"], view.now)
    told = one.why.rstrip(".") == one.sentence.rstrip(".")
    why = f" · {plain(one.why)}" if one.why and not told else ""
    say(f"**{plain(one.sentence)}** :{colour}-badge[{one.word}]  \n:small[:gray[{when}{why}]]")


def decided(view: Performance) -> None:
    """The week's latest decisions."""
    total = len(view.decided)
    with card("decided", "What we decided this week", count(total, "decision"), stretch=True):
        if not total:
            say("**No decisions yet this week.**  \nThe next pass is at the full hour.")
        for one in view.decided[:SHOWN]:
            row(one, view)
        if total > SHOWN:
            note(f"{count(total - SHOWN, 'more decision')} this week.")


def waiting(view: Performance) -> None:
    """What a strategist still has to answer."""
    with card("waiting", "With your strategist", "nothing is waiting for you", stretch=True):
        if not view.waiting:
            say("**No open question.**  \nWhen a bound is met, the question appears here.")
        for one in view.waiting[:SHOWN]:
            say(f"**{plain(one.title)}**  \n:small[{plain(one.line)}]")
        if len(view.waiting) > SHOWN:
            note(f"and {len(view.waiting) - SHOWN} more.")

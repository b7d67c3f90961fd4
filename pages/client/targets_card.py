"""Which targets are written, where each stands, and how sure that is."""

from __future__ import annotations

import math

import streamlit as st

from engine.reporting.client.material import Aim, AimKey
from engine.reporting.client.view import Performance
from engine.reporting.words import MISSING, days, money, multiple, percent
from pages.parts.cards import card, note, say
from pages.parts.formats import plain

NAMES: dict[AimKey, str] = {
    "cac": "Cost per customer",
    "cost_per_action": "Cost per {noun}",
    "roas": "Blended ROAS",
    "payback": "Payback",
    "contribution": "Contribution a month, after media",
}

_AT_ONCE = 0.05  # months: a day or two


def show(view: Performance) -> None:
    """One line a written target, then what nobody wrote and what stands in for the margin."""
    found, noun = view.aims, view.about["primary_action"]
    settled = days(found["first"], found["last"]) if found["first"] <= found["last"] else ""
    with card("targets", "Targets", f"settled days {settled}" if settled else "", stretch=True):
        if not found["written"]:
            say("**No target is written.**  \nYour strategist writes them under Guardrails.")
            return
        grid = st.grid(4, min_column_width=230)
        for aim in found["written"]:
            with grid.cell():
                name = NAMES[aim["key"]].format(noun=noun)
                say(_line(aim, name, view.about["currency"]))
        note(" ".join(_notes(view)))


def _line(aim: Aim, name: str, currency: str) -> str:
    asked = f"{'at most' if aim['ceiling'] else 'at least'} {_told(aim, aim['target'], currency)}"
    if aim["met"] is None:
        return f"**{plain(name)}** {MISSING}, {asked} :gray-badge[Too early]  \n:small[:gray[{plain(aim['why'])}]]"
    colour, word = ("green", "Met") if aim["met"] else ("red", "Not met")
    if not aim["sure"]:
        colour, word = "orange", f"{word}, not sure"
    low, high = (_told(aim, aim[end], currency) for end in ("low", "high"))
    likely = f"80% sure between {low} and {high}"
    return (
        f"**{plain(name)}** {_told(aim, aim['value'], currency)}, {asked} :{colour}-badge[{word}]"
        f"  \n:small[:gray[{likely}]]"
    )


def _told(aim: Aim, value: float | None, currency: str) -> str:
    if value is None:
        return MISSING
    if aim["unit"] == "money":
        return money(value, currency)
    if aim["unit"] == "multiple":
        return multiple(value)
    if math.isinf(value):
        return "never so far"
    if value < _AT_ONCE:
        return "at once"
    told = f"{value:.1f}".removesuffix(".0")
    return f"{told} month{'' if told == '1' else 's'}"


def _notes(view: Performance) -> list[str]:
    """How the figures differ from those on top, what the margin is, and which targets nobody wrote."""
    found, noun = view.aims, view.about["primary_action"]
    told = ["Won customers and those open deals still promise, counted together."]
    if {a["key"] for a in found["written"]} & {"payback", "contribution"}:
        told.append(
            "No margin is written, so revenue stands in for it."
            if found["margin"] is None
            else f"At a margin of {percent(found['margin'])}; fees are not counted."
        )
    if found["without"]:
        names = ", ".join(NAMES[k].format(noun=plain(noun)).lower() for k in found["without"])
        told.append(f"No target for {names.replace('roas', 'ROAS')}.")
    return told

"""The card of working hours, absences and public holidays."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import available_timezones

import streamlit as st

from engine.commands import calendars
from engine.model.errors import BadInput
from engine.reporting.words import dated
from engine.reporting.you import Working
from pages.parts import access
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.strategist import outcome

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OPENS, _CLOSES = time(9), time(18)


def show(view: Working) -> None:
    """The whole card; nothing is kept before its button is pressed."""
    with card("hours", "When you can be asked", "deadlines count in these hours"):
        if not view.written:
            note(
                "Nothing is written yet, so office hours stand in: Monday to Friday, 09:00 to 18:00"
                " where each client is."
            )
        zones = sorted(available_timezones())
        st.selectbox(
            "Time zone",
            zones,
            index=zones.index(view.calendar.time_zone) if view.calendar.time_zone in zones else 0,
            key=f"zone-{view.person}",
            width=280,
        )
        for number, name in enumerate(DAYS):
            _day(view, number, name)
        _holidays(view)
        _buttons(view)
    with card("away", "Days away", "a question goes to the backup, and both are named"):
        _absences(view)


def _day(view: Working, number: int, name: str) -> None:
    hours = view.calendar.week[number]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        on = st.checkbox(
            name, value=hours is not None, key=f"works-{view.person}-{number}", width=104
        )
        st.time_input(
            f"{name} from",
            value=_time(hours.opens) if hours else _OPENS,
            key=f"opens-{view.person}-{number}",
            label_visibility="collapsed",
            disabled=not on,
            width=94,
        )
        st.time_input(
            f"{name} to",
            value=_time(hours.closes) if hours else _CLOSES,
            key=f"closes-{view.person}-{number}",
            label_visibility="collapsed",
            disabled=not on,
            width=94,
        )


def _holidays(view: Working) -> None:
    kept = "\n".join(f"{h.day:%d/%m/%Y} {h.name}" for h in view.calendar.holidays)
    st.text_area(
        "Public holidays, one a line",
        value=kept,
        key=f"holidays-{view.person}",
        placeholder="25/12/2026 Christmas Day",
        help="Each date counts once; enter next year's when they are announced.",
        max_chars=20_000,
    )


def _buttons(view: Working) -> None:
    st.button("Keep these hours", type="primary", key="keep-hours", on_click=keep, args=(view,))
    note("It counts for deadlines set from now on; those that run keep the time they were given.")


def _absences(view: Working) -> None:
    if not view.calendar.absences:
        say(":gray[No days away are written.]")
    for number, away in enumerate(view.calendar.absences):
        with st.container(horizontal=True, horizontal_alignment="distribute"):
            told = f" · {plain(away.note)}" if away.note else ""
            say(f"**{dated(away.first, away.last)}**{told}", width="content")
            st.button(
                "Remove",
                key=f"unaway-{number}",
                type="tertiary",
                on_click=drop,
                args=(view, number),
            )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            "First day away", value=None, key="away-first", format="DD/MM/YYYY", width=170
        )
        st.date_input("Last day away", value=None, key="away-last", format="DD/MM/YYYY", width=170)
        st.text_input(
            "Note", key="away-note", max_chars=200, width=200, placeholder="Seen by admins"
        )
        st.button("Add", key="away-add", on_click=add, args=(view,))


def keep(view: Working) -> None:
    """Keep what the fields hold."""
    outcome.tried("Your hours are kept.", lambda: _keep(view, **_typed(view)), stay=True)


def add(view: Working) -> None:
    """One more absence."""
    outcome.tried("The days away are kept.", lambda: _add(view), stay=True)


def drop(view: Working, number: int) -> None:
    """One absence less."""
    rest = [a.model_dump() for n, a in enumerate(view.calendar.absences) if n != number]
    outcome.tried(
        "The days away are removed.", lambda: _keep(view, absences=tuple(rest)), stay=True
    )


def _add(view: Working) -> None:
    first, last = st.session_state.get("away-first"), st.session_state.get("away-last")
    if first is None:
        raise BadInput("Choose the first day away.")
    one = {"first": first, "last": last or first, "note": st.session_state.get("away-note") or ""}
    kept = [a.model_dump() for a in view.calendar.absences]
    _keep(view, absences=tuple(sorted([*kept, one], key=lambda a: a["first"])))


def _keep(view: Working, **changed: object) -> None:
    desk = access.require("strategist", "team", "admin")
    whole = {**view.calendar.model_dump(), **changed}
    calendars.keep(desk.house, desk.scope, desk.now, view.person, whole)


def _typed(view: Working) -> dict[str, object]:
    week = tuple(
        {
            "opens": _minutes(st.session_state[f"opens-{view.person}-{n}"]),
            "closes": _minutes(st.session_state[f"closes-{view.person}-{n}"]) or 24 * 60,
        }
        if st.session_state[f"works-{view.person}-{n}"]
        else None
        for n in range(len(DAYS))
    )
    lines = str(st.session_state[f"holidays-{view.person}"] or "").splitlines()
    return {
        "time_zone": st.session_state[f"zone-{view.person}"],
        "week": week,
        "holidays": tuple(_holiday(line) for line in lines if line.strip()),
    }


def _holiday(line: str) -> dict[str, object]:
    day, _, name = line.strip().partition(" ")
    try:
        date_, month, year = (int(part) for part in day.split("/"))
        return {"day": date(year, month, date_), "name": name.strip() or "Holiday"}
    except ValueError:
        raise BadInput(
            f'"{line.strip()}" is no holiday; write a date such as 25/12/2026, then its name.'
        ) from None


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)

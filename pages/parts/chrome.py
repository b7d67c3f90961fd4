"""What stands around every page: the logo, the style sheet, who is signed in, and the door of the demo."""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st
from PIL import Image, ImageDraw
from streamlit.navigation.page import StreamlitPage

from engine.commands import people
from engine.commands.house import House
from engine.model.people import Scope
from engine.reporting.inbox import queue
from pages.parts import access, switch
from pages.parts.cards import card, note, say
from pages.parts.formats import plain
from pages.parts.house import house
from pages.parts.tones import mode

_STATIC = Path(__file__).parents[2] / "static"
_STYLE = Path(__file__).parent / "look.css"
_BUTTON = (
    "display:inline-block;padding:.45rem .9rem;border:1px solid light-dark(#8C8982,#68727A);"
    "border-radius:.5rem;color:inherit;text-decoration:none"
)
ROLE_WORDS = {
    "client": "Client",
    "strategist": "Strategist",
    "team": "Team",
    "admin": "Admin",
}
_COMES_FOR = {
    "client": "Is my money working, and what was done with it?",
    "strategist": "What needs a decision from me?",
    "team": "Which sources and files do we have, and what was done?",
    "admin": "Is everything running?",
}


def icon() -> Image.Image:
    """The mark, drawn here: a named icon would be fetched from outside."""
    image = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((2, 2, 62, 62), 16, fill="#0B5A5E")
    draw.arc((16, 16, 48, 48), 40, 320, fill="#FFFFFF", width=7)
    draw.ellipse((40, 28, 50, 38), fill="#F0B36B")
    return image


def dress() -> None:
    """The style sheet of the cards; every page works without it."""
    st.html(_STYLE)


def menu(pages: list[StreamlitPage], *, top: bool) -> StreamlitPage:
    """The page asked for, and the way to the others: across the top or down the sidebar.

    One plain list: Streamlit puts sections into it as boxes that screen readers cannot follow (seen in 1.67).
    """
    return st.navigation(pages, position="top" if top else "sidebar", expanded=True)


def who(scope: Scope) -> None:
    """The logo, and who is signed in with the way out."""
    mark = str(_STATIC / "mark.svg")
    if scope.role == "client":
        ink = "logo-ink.svg" if mode() == "light" else "logo-paper.svg"
        st.logo(str(_STATIC / ink), size="large")
        return
    st.logo(str(_STATIC / "logo-paper.svg"), size="large", icon_image=mark)
    with st.sidebar:
        st.space("small")
        word = ROLE_WORDS.get(scope.role, scope.role)
        senior = "Senior strategist" if scope.senior and scope.role == "strategist" else word
        say(f":small[**{plain(scope.name)}**  \n:gray[{senior}]]")
        if scope.role in switch.ROLES:
            switch.switch()
        leave()


def leave() -> None:
    """The way out: of the sign-in, or back to the door of the demo."""
    if house().settings.sign_in is None:
        way("/demo/leave", "Be somebody else")
    elif st.button("Sign out", key="sign-out", icon=":material/logout:", width="content"):
        access.sign_out()


def way(path: str, words: str) -> None:
    """A link that stays in this tab, as a button: Streamlit's own links open another one."""
    st.html(
        f'<a href="{escape(path, quote=True)}" style="{_BUTTON}">{escape(words)}</a>',
    )


def inbox_title(scope: Scope) -> str:
    """The menu's word for the inbox, with how many questions are open."""
    waiting = queue.open_count(house().store, scope.acting_as("strategist"))
    return f"Inbox · {waiting}" if waiting else "Inbox"


def door() -> None:
    """Where nobody is signed in: the way in, why somebody was refused, or the people of the demo."""
    place = house()
    st.title("Command Centre", anchor=False)
    if place.settings.sign_in is not None:
        _sign_in(access.visit(place))
        return
    known = people.demo_people(place.store)
    if not known:
        say(
            "**Nobody can sign in yet.** This store holds no demo and no sign-in is set up. "
            "Set `CC_OIDC_METADATA_URL` and its companions as the operator's guide tells "
            "(Sign-in), or build the demo with `make run`."
        )
        return
    _demo(place)


def _sign_in(who_came: access.Visit) -> None:
    refused = bool(who_came.sentence) and not who_came.over
    with card("sign-in"):
        if who_came.sentence:
            say(f"**{plain(who_came.sentence)}**")
        else:
            say("**Sign in with your company account.**  \nYou see the clients you were added to.")
        if refused:
            note("Signed in with the wrong account? Sign out, then choose another.")
            if st.button("Sign out", key="sign-out", icon=":material/logout:", width="content"):
                access.sign_out()
            return
        words = "Sign in again" if who_came.over else "Sign in"
        if st.button(words, key="sign-in", type="primary", icon=":material/login:"):
            st.login()


def _demo(place: House) -> None:
    """Choose a demo person."""
    say("**This is a demo: an invented market, invented clients.** Choose who you are.")
    grid = st.grid(3, min_column_width=260)
    known = people.demo_people(place.store)
    for person in sorted(known, key=lambda p: (list(ROLE_WORDS).index(p.role), p.name)):
        scope = people.person_scope(place.store, person.person)
        with grid.cell(), card(f"door-{person.person}", stretch=True):
            say(f"**{plain(person.name)}**  \n:small[{ROLE_WORDS.get(scope.role, scope.role)}]")
            note(_COMES_FOR.get(scope.role, ""))
            way(f"/demo/enter/{person.person}", f"Enter as {person.name.split()[0]}")
    note("It answers on this machine only. Nothing here can reach an outside account.")

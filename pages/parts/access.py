"""Who is looking: every page asks here first, and gets a desk or stops."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.commands import people, sign_ins
from engine.commands.house import House
from engine.model.errors import AskPerson
from engine.model.people import Role, Scope
from engine.model.sign_in import SignedOut, sign_in
from engine.model.time import SystemClock
from engine.reporting import seal
from pages.parts.house import house

CHOSEN = "demo_person"
"""Session key of the demo person chosen; honoured for a demo store only."""


@dataclass(frozen=True)
class Desk:
    """What a page works with: the caller's scope, the house, and business time (aware, UTC).

    ``scope`` reaches the clients for which the caller holds one of ``roles``, those the page is for.
    """

    scope: Scope
    house: House
    now: datetime
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True)
class Visit:
    """Who came, if anybody: ``scope`` is None for nobody and for somebody refused, whom ``sentence`` tells why.

    ``over``: the sign-in ended; a new one helps.
    """

    scope: Scope | None
    sentence: str = ""
    over: bool = False


def visit(place: House) -> Visit:
    """Whoever is signed in, asked anew at every run: a right or a sign-in may have ended meanwhile."""
    door = place.settings.sign_in
    if door is None:
        return Visit(_demo_person(place))
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        return Visit(None)
    try:
        came = sign_in(claims, door.roles_claim)
        wall = SystemClock().now()
        return Visit(
            sign_ins.arrive(place, came, place.clock.now(), wall=wall, longest=door.longest)
        )
    except AskPerson as no:
        return Visit(None, str(no), over=isinstance(no, SignedOut))


def signed_in(place: House) -> Scope | None:
    """The scope of whoever is signed in; None for nobody. A demo person counts in a demo store only."""
    return visit(place).scope


def sign_out() -> None:
    """End this sign-in here and at the identity provider; its cookie opens nothing any more."""
    place = house()
    door = place.settings.sign_in
    with contextlib.suppress(SignedOut):  # nothing that counted
        sign_ins.leave(place, sign_in(st.user.to_dict(), door.roles_claim), SystemClock().now())
    st.logout()


def _demo_person(place: House) -> Scope | None:
    known = {p.person for p in people.demo_people(place.store)}
    person = st.session_state.get(CHOSEN) or _from_cookie(place)
    if person not in known:
        return None
    try:
        return people.person_scope(place.store, person)
    except AskPerson:
        return None


def require(*roles: Role) -> Desk:
    """The desk of this page; the run stops here for anybody whose role is not listed."""
    place = house()
    scope = signed_in(place)
    if scope is None:
        if _alone():
            st.rerun()  # the whole page: its other parts were drawn for somebody who is out now
        st.info("Nobody is signed in. Open the first page and choose who you are.")
        st.stop()
    if scope.role not in roles:
        st.warning("This page is not part of your role.")
        st.stop()
    return Desk(scope.acting_as(*roles), place, place.clock.now(), roles)


def refreshed(desk: Desk) -> Desk:
    """The same desk at the present business time, for a part of a page that renews itself alone.

    The right is asked for again: it may have been taken away while the page stayed open.
    """
    return require(*(desk.roles or (desk.scope.role,)))


def one_client(desk: Desk, names: dict[str, str]) -> str:
    """The client a page speaks of: the only one in reach, or the one picked and kept in the address.

    The picker writes the client's name there; a link may give the id instead.
    """
    if not names:
        st.info("No client is yours yet. An admin gives people their clients.")
        st.stop()
    if len(names) == 1:
        return next(iter(names))
    given = st.query_params.get("client")
    if given in names and "client" not in st.session_state:
        st.session_state["client"] = given
    with st.container(key="seg-client"):
        picked = st.segmented_control(
            "Client",
            list(names),
            default=None if given in names else next(iter(names)),
            format_func=lambda key: names[key],
            required=True,
            key="client",
            bind="query-params",
            persist_state="session",
            label_visibility="collapsed",
        )
    desk.scope.check(str(picked))
    return str(picked)


def _alone() -> bool:
    """True while a part of a page renews itself, without the rest."""
    ctx = get_script_run_ctx()
    return ctx is not None and bool(ctx.fragment_ids_this_run)


def _from_cookie(place: House) -> str | None:
    value = st.context.cookies.get(seal.COOKIE)
    if not value or place.store.path is None:
        return None
    return seal.opened(str(value), seal.secret_beside(place.store.path))

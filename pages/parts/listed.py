"""What every long list shares: one entry opened at a time, and the page asked for, both in the address."""

from __future__ import annotations

import streamlit as st

from pages.parts.tones import phone


def opener(param: str, value: str, *, opened: bool) -> None:
    """Opens an entry, or closes it again; ``param`` of the address holds which one is open."""
    place = st.container(horizontal=True, horizontal_alignment="left" if phone() else "right")
    place.button(
        "Close" if opened else "Details",
        key=f"{param}-{value}",
        type="tertiary",
        icon=":material/expand_less:" if opened else ":material/expand_more:",
        on_click=turn,
        args=(param, value),
        kwargs={"opened": opened},
    )


def turn(param: str, value: str, *, opened: bool) -> None:
    """Put the open entry into the address, or take it out."""
    if opened:
        st.query_params.pop(param, None)
    else:
        st.query_params[param] = value


def numbered(key: str) -> int:
    """The page asked for: by its buttons, which are drawn below the lines, or at first by the address."""
    chosen = st.session_state.get(key) or st.query_params.get(key, "")
    return int(chosen) if str(chosen).isdecimal() else 1


def first_page(key: str, param: str) -> None:
    """A new filter starts at the newest, with none of them open."""
    st.session_state[key] = 1
    st.query_params.pop(param, None)


def pager(key: str, pages: int) -> None:
    """The way to older pages, when there are any."""
    if pages > 1:
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.pagination(pages, key=key, bind="query-params")

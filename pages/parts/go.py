"""Ways from one page to another, with what is to be opened there in the address."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st
from streamlit.errors import StreamlitPageNotFoundError
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine.reporting import link

Kind = Literal["primary", "secondary", "tertiary"]
INBOX, LEDGER, PLAN = (f"pages/strategist/{name}.py" for name in ("inbox", "ledger", "plan"))
GUARDRAILS, CREATIVE = "pages/team/guardrails.py", "pages/strategist/creative.py"
PERFORMANCE = "pages/client/performance.py"


def to(
    label: str,
    page: str,
    key: str,
    *,
    kind: Kind = "secondary",
    icon: str | None = None,
    client: str | None = None,
    wrap: bool | None = None,
    **query: str,
) -> None:
    """A button that opens a page of the reader's menu; for a page they lack it only says so.

    ``query`` is put into the address there: ``e`` for the inbox, ``find`` for the ledger. ``client`` (an id) is
    picked there. It goes through the session, where a pick is kept from page to page: kept, it would win over
    the address. A page with a picker of its own leaves it out; its pick stays.
    """
    if not st.button(label, key=key, type=kind, icon=icon, width="content", wrap=wrap):
        return
    if client is not None:
        st.session_state["client"] = client
    try:
        st.switch_page(page, query_params=query)
    except StreamlitPageNotFoundError:
        st.toast("That page is not part of your role.")


def open_to(page: str) -> bool:
    """True when the page is in the reader's menu."""
    ctx = get_script_run_ctx()
    pages = ctx.pages_manager.get_pages().values() if ctx else []
    return any(str(p["script_path"]).endswith(page) for p in pages)


def arrived(pages: Sequence[StreamlitPage]) -> None:
    """Lead somebody who came by a link in a message (``/go/<id>``) on to what it names."""
    wanted = st.query_params.get(link.QUERY)
    if wanted is None:
        return
    del st.query_params[link.QUERY]
    inbox = next((page for page in pages if page.url_path == "inbox"), None)
    if not link.ID.fullmatch(wanted) or inbox is None:
        st.toast("That link leads to a page that is not part of your role.")
        return
    st.switch_page(inbox, query_params={"e": wanted})

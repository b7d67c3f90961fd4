"""The way in: the ASGI application when a server imports it, the router of the screens when a browser opens it.

One file in three roles. ``streamlit run app.py`` (or any ASGI server, one worker) finds ``app``; Streamlit
runs the same file again as the script of every session; tests enter through that script.
"""

from __future__ import annotations

from jobs.certificates import trust

trust()  # a demo's own certificate must be known before gRPC is loaded

import logging  # noqa: E402
from pathlib import Path  # noqa: E402

import streamlit as st  # noqa: E402
from streamlit.navigation.page import StreamlitPage  # noqa: E402
from streamlit.runtime.scriptrunner import get_script_run_ctx  # noqa: E402

from engine.model.errors import Fault  # noqa: E402
from engine.model.people import Scope  # noqa: E402
from pages.parts import access, chrome, go  # noqa: E402
from pages.parts.house import house, sign_in  # noqa: E402
from pages.parts.screens import MENUS, SCREENS  # noqa: E402

HERE = Path(__file__).parent
log = logging.getLogger("app")


def at(path: str) -> str:
    """A screen's address: its file name."""
    return Path(path).stem.replace("_", "-")


def page(path: str, scope: Scope, *, first: bool) -> StreamlitPage:
    """One screen of a menu."""
    title, icon = SCREENS[path]
    return st.Page(
        HERE / "pages" / f"{path}.py",
        title=chrome.inbox_title(scope) if path == "strategist/inbox" else title,
        icon=f":material/{icon}:",
        url_path=at(path),
        default=first,
    )


def script() -> None:
    """One run of a session: who is it, which screens are theirs, show the one asked for."""
    st.set_page_config(page_title="Command Centre", page_icon=chrome.icon(), layout="wide")
    chrome.dress()
    try:
        scope = access.signed_in(house())
    except Fault as fault:
        st.error(str(fault), icon=":material/error:")
        return
    if scope is None:  # the door stands at every screen's address: a link kept from before finds it
        doors = [st.Page(chrome.door, title="Command Centre", url_path="enter", default=True)]
        doors += [
            st.Page(chrome.door, title="Command Centre", url_path=at(path)) for path in SCREENS
        ]
        st.navigation(doors, position="hidden").run()
        return
    pages = [page(path, scope, first=n == 0) for n, path in enumerate(MENUS[scope.role])]
    chosen = chrome.menu(pages, top=scope.role == "client")
    go.arrived(pages)
    chrome.who(scope)
    chosen.run()
    if scope.role == "client":
        chrome.leave()


def failed(error: Exception) -> None:
    """A page failed as a whole: the log has it all, the screen shows Streamlit's plain error box."""
    log.error("a page failed", exc_info=error)


if get_script_run_ctx(suppress_warning=True) is None:
    from streamlit.runtime.pages_manager import PagesManager

    from jobs.handlers import HANDLERS
    from jobs.lifespan import running
    from web.app_parts import middleware, routes
    from web.csp import policy

    # Streamlit takes a folder called pages for a menu of its own until the first menu of ours was drawn; a deep link
    # opened before that was told "Page not found".
    PagesManager.uses_pages_directory = False
    door = sign_in()  # None: demo people, and nobody but this machine is let in
    app = st.App(
        __file__,
        lifespan=lambda _app: running(house),
        routes=routes(HANDLERS, house, door),
        middleware=middleware(door, policy(Path(st.__file__).parent / "static" / "index.html")),
        secrets=door.secrets() if door else None,
        on_script_error=failed,
    )
    if __name__ == "__main__":
        app.run()
else:
    script()

"""``demo``: build the demo store if there is none, then serve it with the loop going on."""

from __future__ import annotations

import os
import runpy
import socket
import sys
from typing import Any, NoReturn

from engine.model.errors import BadInput, GiveUp
from jobs import demo
from jobs.commandline.call import Call, command
from jobs.market import PROJECT, Market

MOST_DAYS = 365


def add(commands: Any) -> None:
    """Register the command."""
    made = command(
        commands, "demo", "Build a demo store if there is none, and serve it.", run, show
    )
    made.add_argument("--days", type=int, help="simulated days to live through (60)")
    made.add_argument("--seed", type=int, help="of the market's chance (7)")
    made.add_argument("--fresh", action="store_true", help="throw the old demo away first")
    made.add_argument("--no-serve", action="store_true", help="build only")
    made.add_argument("--watch-files", action="store_true", help="reload pages as files change")
    made.add_argument("--port", type=int, help="of the screens (8501)")


def run(call: Call) -> dict[str, Any]:
    """Build or find the store; then become the server, unless told not to (``--json`` says so too).

    Raises:
        BadInput: the days make no sense.
        GiveUp: the port is taken.
    """
    words = call.words
    wish = demo.Wish(
        days=60 if words.days is None else words.days,
        seed=7 if words.seed is None else words.seed,
        fresh=words.fresh,
    )
    if not 1 <= wish.days <= MOST_DAYS:
        raise BadInput(f"--days {wish.days}: from 1 to {MOST_DAYS}.")
    serving = not (words.no_serve or words.json)
    port = words.port or call.settings.port
    if serving:
        check_port(call.settings.host, port)
    given = frozenset(name for name in ("days", "seed") if getattr(words, name) is not None)
    answer = demo.have(call.settings, wish, given, call.progress)
    there = not answer["built"]
    if serving:
        if there:  # the market comes up while the screens are loaded
            Market(call.settings.sandbox).begin()
        call.progress(show(answer))
        serve(call, port, watch=words.watch_files, here=there)
    return answer


def show(answer: dict[str, Any]) -> str:
    """One line on what the store holds."""
    return (
        f"{answer['store']}: {', '.join(answer['clients'])}; {answer['days']} days to "
        f"{answer['last_day']}, {answer['ticks']} ticks, {answer['decisions']} decisions "
        f"({answer['seconds']} s)."
    )


def check_port(host: str, port: int) -> None:
    """Refuse before the long work, not after it.

    Raises:
        GiveUp: something listens there already.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise GiveUp(
                f"Port {port} on {host} is taken, perhaps by a demo that is running already; "
                f"stop that, or choose another with --port {port + 1}."
            ) from None


def serve(call: Call, port: int, *, watch: bool, here: bool) -> NoReturn:
    """Become the server, in this process or (after a build) in its place: a signal reaches it directly.

    ``here`` keeps what is loaded already; a process that has built a demo is replaced, because the
    libraries of the wire do not like to be carried on.
    """
    chosen = call.settings
    environment = {
        **os.environ,
        "CC_STORE": str(chosen.store.absolute()),
        "CC_SANDBOX": str(chosen.sandbox.absolute()),
        "CC_HOST": chosen.host,
        "CC_PORT": str(port),
        "FORWARDED_ALLOW_IPS": "",  # forwarded headers are judged by web.public, never below it
    }
    call.progress(f"Serving http://localhost:{port} (Ctrl+C stops it).")
    line = ["run", str(PROJECT / "app.py"), f"--server.port={port}", "--server.headless=true"]
    line += [f"--server.address={chosen.host}"]
    line += [f"--server.fileWatcherType={'auto' if watch else 'none'}"]
    os.chdir(PROJECT)
    if here:
        os.environ.update(environment)
        sys.argv = ["streamlit", *line]
        runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
        raise SystemExit
    os.execve(  # noqa: S606  our own interpreter; no shell is involved
        sys.executable, [sys.executable, "-m", "streamlit", *line], environment
    )

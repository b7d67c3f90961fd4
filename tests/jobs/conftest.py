import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from engine.store import clients, ticks
from engine.wiring import Settings

ROOT = Path(__file__).resolve().parents[2]


def add_client(conn, key="alder", **changes):
    fields = {
        "client": key,
        "name": "Alder & Finch",
        "sector": "ecommerce",
        "currency": "USD",
        "time_zone": "America/New_York",
        "phase": "closed_loop",
        "primary_action": "order",
        "paused": False,
        "opened_on": date(2026, 9, 10),
    }
    clients.add_client(conn, clients.Client(**{**fields, **changes}))


@pytest.fixture
def settings(tmp_path, temp_store):
    """A real store with one client without accounts, closed so that anybody may open it."""
    temp_store.write(add_client)
    temp_store.close()
    return Settings(store=tmp_path / "store.duckdb")


@pytest.fixture
def held(settings):
    """Have another process open the store; ``held("answers")`` returns it once it is there."""
    started = []

    def hold(how):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.jobs.holding", str(settings.store), how],
            stdout=subprocess.PIPE,
            cwd=ROOT,
            text=True,
        )
        started.append(child)
        assert child.stdout.readline() == "open\n"
        return child

    yield hold
    for child in started:
        child.kill()
        child.wait()
        child.stdout.close()


@pytest.fixture
def said(capsys):
    """Run ``python -m jobs …`` in this process: (exit code, standard output, standard error)."""
    from jobs.commandline.main import main

    def run(*words):
        capsys.readouterr()
        try:
            code = main(list(words))
        except SystemExit as ended:
            code = ended.code
        out = capsys.readouterr()
        return code, out.out, out.err

    return run


__all__ = ["ROOT", "add_client", "ticks"]

"""Trust in the simulated platforms' own certificates, for demo stores only.

gRPC reads the variable once, at its first channel, so this is called before anything imports it.
Only the standard library is used here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

GRPC, REQUESTS = "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH", "REQUESTS_CA_BUNDLE"


def folder() -> Path:
    """Where this user's authority lies by default; ``CC_CA`` names another place."""
    named = os.environ.get("CC_CA")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(named) if named else Path(base) / "command-centre" / "ca"


def trust(store: Path | None = None, *, demo: bool | None = None) -> Path | None:
    """Name the bundle (public roots and the sandbox's own) in the environment of this process.

    Nothing happens, and None comes back, when ``store`` (default: ``CC_STORE``, else the demo's
    place) has no market beside it, so a real store never trusts a simulated platform. ``demo`` says
    so outright, for the moment before the market's folder is made. What the machine had set is
    overwritten: it names other roots.
    """
    path = store or Path(os.environ.get("CC_STORE", "var/demo/store.duckdb"))
    if not (demo_market(path).is_dir() if demo is None else demo):
        return None
    bundle = bundle_made()
    os.environ[GRPC] = os.environ[REQUESTS] = str(bundle)
    return bundle


def demo_market(store: Path) -> Path:
    """The folder of the simulated market of a demo store; ``CC_SANDBOX`` names another."""
    return Path(os.environ.get("CC_SANDBOX") or store.parent / "sandbox")


def bundle_made() -> Path:
    """The bundle, made by the sandbox if it is not there yet (it runs as a process of its own)."""
    bundle = folder() / "bundle.pem"
    if not bundle.exists():
        script = "import sys, pathlib, sandbox.ca; sandbox.ca.ensure(pathlib.Path(sys.argv[1]))"
        subprocess.run(  # noqa: S603  our own interpreter and our own module
            [sys.executable, "-c", script, str(folder())], check=True, timeout=60
        )
    return bundle

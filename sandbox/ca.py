"""The machine's own certificate authority for simulated platforms.

Importable without grpc or google, because the bundle must be named in the environment
(`GRPC_DEFAULT_SSL_ROOTS_FILE_PATH`, `REQUESTS_CA_BUNDLE`) before either is imported.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
from pathlib import Path

import certifi
import trustme

_CERT, _KEY, _BUNDLE = "ca.pem", "ca.key", "bundle.pem"


def default_folder() -> Path:
    """The folder used when none is named: the user's data folder."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "command-centre" / "ca"


def ensure(folder: Path) -> Path:
    """Create the authority in `folder` if it is not there; return its bundle of roots.

    The bundle holds this authority, certifi's roots and gRPC's own, as PEM. Safe to call from
    several processes at once. The key is readable by its owner only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / _CERT).exists():
            authority = trustme.CA(organization_name="Sandbox", organization_unit_name="Ad market")
            _write(folder / _KEY, authority.private_key_pem.bytes(), mode=0o600)
            _write(folder / _CERT, authority.cert_pem.bytes(), mode=0o644)
        if not (folder / _BUNDLE).exists():
            _write(folder / _BUNDLE, (folder / _CERT).read_bytes() + _public_roots(), mode=0o644)
    return folder / _BUNDLE


def certificate_path(folder: Path) -> Path:
    """Where the authority's own certificate lies (PEM)."""
    return folder / _CERT


def issue(folder: Path) -> tuple[bytes, bytes]:
    """Issue a server certificate for localhost and 127.0.0.1: (private key, chain), both PEM."""
    ensure(folder)
    authority = trustme.CA.from_pem((folder / _CERT).read_bytes(), (folder / _KEY).read_bytes())
    leaf = authority.issue_cert("localhost", "127.0.0.1")
    chain = b"".join(part.bytes() for part in leaf.cert_chain_pems)
    return leaf.private_key_pem.bytes(), chain


def _public_roots() -> bytes:
    roots = b"\n" + Path(certifi.where()).read_bytes()
    grpc = importlib.util.find_spec("grpc")  # looked up, not imported: see the module's note
    if grpc is not None and grpc.origin is not None:
        own = Path(grpc.origin).parent / "_cython" / "_credentials" / "roots.pem"
        if own.exists():
            roots += b"\n" + own.read_bytes()
    return roots


def _write(path: Path, content: bytes, *, mode: int) -> None:
    waiting = path.with_suffix(path.suffix + ".new")
    handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    waiting.replace(path)

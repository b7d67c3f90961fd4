"""Bring a store to the newest schema this program knows.

Alembic is loaded only when there is work to do: that takes half a second.
"""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from engine.model.errors import GiveUp

HERE = Path(__file__).parent


def known() -> list[str]:
    """The versions this program knows, oldest first: as each file says which one it follows."""
    files = (HERE / "versions").glob("v[0-9][0-9][0-9][0-9]_*.py")
    follows = {_before(f.read_text()): f.name[1:5] for f in files}
    chain: list[str] = []
    while (follower := follows.get(chain[-1] if chain else None)) is not None:
        chain.append(follower)
    return chain


def _before(text: str) -> str | None:
    found = re.search(r'^down_revision\b[^=]*= "(\d{4})"', text, re.MULTILINE)
    return found[1] if found else None


def version(conn: Connection) -> str | None:
    """The version of the store, None for an empty one."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    found = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(conn: Connection, place: str) -> None:
    """Run what is missing, in the transaction of ``conn``.

    Raises:
        GiveUp: the store was written by a newer version of the program.
    """
    have, newest = version(conn), known()[-1]
    if have == newest:
        return
    if have is not None and have not in known():
        raise GiveUp(
            f"The store {place} has version {have}, and this program knows none newer than "
            f"{newest}. Update the program, or open another store."
        )
    _run(conn)


def _run(conn: Connection) -> None:
    import duckdb_sqlalchemy.alembic_impl  # noqa: F401, PLC0415  registers DuckDB with Alembic
    from alembic import command, config  # noqa: PLC0415  see above

    settings = config.Config()
    settings.set_main_option("script_location", str(HERE).replace("%", "%%"))
    settings.attributes["connection"] = conn
    command.upgrade(settings, "head")

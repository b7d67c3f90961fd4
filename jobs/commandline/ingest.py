"""``ingest``: files people already have, read into a client."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jobs.commandline.call import Call, command


def add(commands: Any) -> None:
    """Register the command."""
    made = command(commands, "ingest", "Read exports of platforms and CRMs.", run, show)
    made.add_argument("files", nargs="+", metavar="FILE", help="CSV, Excel or zip")
    made.add_argument("--client", required=True, help="the client's id")
    made.add_argument("--dry-run", action="store_true", help="read and report, keep nothing")


def run(call: Call) -> list[dict[str, Any]]:
    """Read the files; paths are made absolute, another process may be the one to read."""
    paths = [str(Path(name).resolve()) for name in call.words.files]
    arguments = {"client": call.words.client, "files": paths, "dry_run": call.words.dry_run}
    return list(call.store("ingest", arguments)["files"])


def show(answer: list[dict[str, Any]]) -> str:
    """Two lines a file: what it was, what was kept."""
    lines = []
    for each in answer:
        lines.append(f"{each['file']}: {each['format'] or 'not recognised'}")
        lines.append(f"  read {each['read']}, kept {each['kept']}, refused {len(each['refused'])}")
        lines.extend(f"  line {r['line']}: {r['reason']}" for r in each["refused"][:10])
        if each.get("reason"):
            lines.append(f"  {each['reason']}")
    return "\n".join(lines)

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
    made.add_argument(
        "--dry-run", action="store_true", help="say what would be new or change, keep nothing"
    )
    made.add_argument(
        "--currency", type=str.upper, metavar="CODE", help="of money that names none, such as GBP"
    )
    made.add_argument(
        "--day-order",
        choices=("dmy", "mdy"),
        help="whether 03/04/2026 is 3 April (dmy) or 4 March (mdy)",
    )


def run(call: Call) -> list[dict[str, Any]]:
    """Read the files; paths are made absolute, another process may be the one to read."""
    words = call.words
    arguments = {
        "client": words.client,
        "files": [str(Path(name).resolve()) for name in words.files],
        "dry_run": words.dry_run,
        "currency": words.currency,
        "day_order": words.day_order,
    }
    return list(call.store("ingest", arguments)["files"])


def refused(each: dict[str, Any]) -> bool:
    """True for a file that was not read."""
    return each["format"] is None


def show(answer: list[dict[str, Any]]) -> str:
    """A few lines a file: what it was, what became of its rows, what was refused."""
    lines = []
    for each in answer:
        lines.append(f"{each['file']}: {each['format'] or 'not recognised'}")
        lines.append(
            f"  read {each['read']}, new {each['new']}, changed {each['changed']}, "
            f"already there {each['already']}, refused {len(each['refused'])}"
        )
        lines.extend(f"  line {r['line']}: {r['reason']}" for r in each["refused"][:10])
        lines.extend(f"  {note}" for note in each["notes"])
        if each["import"]:
            lines.append(f"  kept as {each['import']}")
        if each["reason"]:
            lines.append(f"  {each['reason']}")
    return "\n".join(lines)

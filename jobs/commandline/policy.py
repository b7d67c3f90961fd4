"""``policy check``: is this file a policy? ``policy dry-run``: what would it have said of the past?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jobs.commandline.call import Call, command
from jobs.policy_file import NotText, policy_file
from policies.reading import BadPolicy, read_policy

SHOWN = 40
"""So many actions that change are listed in words; ``--json`` has every one."""


def add(commands: Any) -> None:
    """Register the group and its commands."""
    group = commands.add_parser("policy", help="Work with policy files.")
    verbs = group.add_subparsers(metavar="VERB", required=True)
    made = command(verbs, "check", "Say whether a policy file (.toml, .json) is valid.", run, show)
    made.add_argument("file", metavar="FILE")
    text = "Judge a client's past actions again under a policy file; nothing is kept."
    made = command(verbs, "dry-run", text, dry_run, show_dry_run)
    made.add_argument("file", metavar="FILE")
    made.add_argument("--client", required=True, help="the client's id")
    made.add_argument("--days", type=int, default=90, help="how far to look back (90)")


def run(call: Call) -> dict[str, Any]:
    """Read the file as a policy: {valid, errors}.

    Raises:
        BadInput: there is no such file, or it is far too large to be a policy.
    """
    try:
        text, suffix = policy_file(Path(call.words.file))
        read_policy(text, suffix=suffix)
    except NotText as no:
        return {"valid": False, "errors": [str(no)]}
    except BadPolicy as bad:
        return {"valid": False, "errors": list(bad.errors)}
    return {"valid": True, "errors": []}


def show(answer: dict[str, Any]) -> str:
    """Valid, or one line a mistake."""
    return "valid" if answer["valid"] else "\n".join(answer["errors"])


def dry_run(call: Call) -> dict[str, Any]:
    """Judge the past again; the path is made absolute, another process may be the one to read."""
    words = call.words
    file = str(Path(words.file).resolve())
    return call.store("dry-run", {"client": words.client, "file": file, "days": words.days})


def show_dry_run(answer: dict[str, Any]) -> str:
    """The sentence, then a line for each action whose verdict changes."""
    moved = [row for row in answer["rows"] if row["change"] in ("stricter", "milder")]
    lines = [
        f"{row['date']}  {row['before']} -> {row['after']}  {row['act']}\n"
        f"            {row['reason'] if row['change'] == 'stricter' else row['reason_then']}"
        for row in moved[:SHOWN]
    ]
    more = [f"and {len(moved) - SHOWN} more; --json lists them all"] if moved[SHOWN:] else []
    return "\n".join([answer["sentence"], *lines, *more])

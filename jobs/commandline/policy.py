"""``policy check``: would this file be accepted as a policy?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from engine.model.errors import BadInput
from jobs.commandline.call import Call, command
from policies.reading import BadPolicy, read_policy

MAX_BYTES = 1_000_000


def add(commands: Any) -> None:
    """Register the group and its command."""
    group = commands.add_parser("policy", help="Work with policy files.")
    verbs = group.add_subparsers(metavar="VERB", required=True)
    made = command(verbs, "check", "Say whether a policy file (.toml, .json) is valid.", run, show)
    made.add_argument("file", metavar="FILE")


def run(call: Call) -> dict[str, Any]:
    """Read the file as a policy: {valid, errors}.

    Raises:
        BadInput: there is no such file, or it is far too large to be a policy.
    """
    path = Path(call.words.file)
    if not path.is_file():
        raise BadInput(f"There is no file {path}.")
    if path.stat().st_size > MAX_BYTES:
        raise BadInput(f"{path} has more than {MAX_BYTES:,} bytes; a policy is a page or two.")
    try:
        read_policy(path.read_text(encoding="utf-8"), suffix=path.suffix.lower())
    except UnicodeDecodeError:
        return {"valid": False, "errors": [f"{path.name} is not text in UTF-8."]}
    except BadPolicy as bad:
        return {"valid": False, "errors": list(bad.errors)}
    return {"valid": True, "errors": []}


def show(answer: dict[str, Any]) -> str:
    """Valid, or one line a mistake."""
    return "valid" if answer["valid"] else "\n".join(answer["errors"])

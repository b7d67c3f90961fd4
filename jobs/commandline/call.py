"""What every command of the command line is given, and the options they share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.wiring import Settings
from jobs import road


@dataclass(frozen=True)
class Call:
    """One call: the parsed words and the settings of this machine."""

    words: argparse.Namespace
    settings: Settings

    def store(self, command: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """Run a command of the store by whichever road is open."""
        return road.run(self.settings, command, arguments)

    def progress(self, line: str) -> None:
        """Say how far it is, on standard error: standard output is for the answer."""
        sys.stderr.write(line.rstrip() + "\n")
        sys.stderr.flush()


def command(
    commands: Any, name: str, text: str, run: Callable[[Call], Any], show: Callable[[Any], str]
) -> argparse.ArgumentParser:
    """A sub-command with the options all of them have."""
    made: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    made.set_defaults(run=run, show=show)
    return made

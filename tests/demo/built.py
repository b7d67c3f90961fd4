"""One demo store for every test that needs a lived-in house: built once, by the command a person types."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Built:
    """A built demo: where it lies, the environment that names it, and what the command answered."""

    folder: Path
    environment: dict[str, str]
    answer: dict[str, Any]

    @property
    def store(self) -> Path:
        return self.folder / "store.duckdb"

    def jobs(self, *words: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run ``python -m jobs`` on this store."""
        return subprocess.run(
            [sys.executable, "-m", "jobs", *words],
            cwd=PROJECT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )


def build(folder: Path, *words: str) -> Built:
    """Build a demo in ``folder`` with ``python -m jobs demo --json`` and the words given."""
    environment = {**os.environ, "CC_STORE": str(folder / "store.duckdb")}
    empty = Built(folder, environment, {})
    done = empty.jobs("demo", "--json", *words, timeout=280)
    assert done.returncode == 0, done.stderr
    return Built(folder, environment, json.loads(done.stdout))

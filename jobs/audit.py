"""``python -m jobs.audit``: known weaknesses of the pinned packages, by pip-audit.

Where the advisory service cannot be reached it says so and ends with 0: a check that cannot run is
no fault.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

REQUIREMENTS = "requirements.txt"
SECONDS = 120
UNREACHABLE = (
    "ConnectionError",
    "Failed to establish",
    "Max retries exceeded",
    "ProxyError",
    "Name or service not known",
    "Temporary failure in name resolution",
    "timed out",
    "HTTPError",
    "ServiceError",
    "404 Client Error",
)
Run = Callable[[Sequence[str]], "subprocess.CompletedProcess[str]"]


def audit(folder: Path, run: Run) -> tuple[int, str]:
    """The exit code and what to print; 1: a package is weak, or pip-audit broke.

    A package the service does not know counts as not looked at: with none looked at nothing was
    audited, whatever pip-audit's own exit code says.
    """
    try:
        done = run(
            [
                *(sys.executable, "-m", "pip_audit", "--requirement", str(folder / REQUIREMENTS)),
                *("--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "10"),
                *("--format", "json"),
            ]
        )
    except subprocess.TimeoutExpired:
        return 0, f"audit skipped: the advisory service gave no answer in {SECONDS} s."
    try:
        packages = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return _broke(done)
    return _told(packages)


def _told(packages: list[dict[str, Any]]) -> tuple[int, str]:
    unseen = [each["name"] for each in packages if "skip_reason" in each]
    if len(unseen) == len(packages):
        return 0, "audit skipped: the advisory service cannot be reached; no package was looked at."
    weak = [
        f"{each['name']} {each['version']}: {', '.join(v['id'] for v in each['vulns'])}"
        for each in packages
        if each.get("vulns")
    ]
    seen = f"{len(packages) - len(unseen)} packages looked at, {len(unseen)} not known there"
    if weak:
        return 1, "\n".join([*weak, f"{seen}, {len(weak)} with known weaknesses."])
    return 0, f"{seen}, no known weakness."


def _broke(done: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    found = next((word for word in UNREACHABLE if word in done.stderr), None)
    if found:
        return 0, f"audit skipped: the advisory service cannot be reached ({found})."
    return 1, f"pip-audit broke down: {done.stderr.strip()[-1000:]}"


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  our own interpreter, fixed arguments
        list(command), capture_output=True, text=True, timeout=SECONDS, check=False
    )


if __name__ == "__main__":
    CODE, SAID = audit(Path(__file__).resolve().parent.parent, _run)
    sys.stdout.write(SAID + "\n")
    raise SystemExit(CODE)

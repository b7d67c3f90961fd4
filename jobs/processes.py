"""Is that process still the one that wrote its name down?"""

from __future__ import annotations

import subprocess
from pathlib import Path


def started(pid: int) -> str | None:
    """When process ``pid`` began, as text no later one of that number shares; None: gone.

    On Linux the start time in clock ticks since boot (``proc(5)``, field 22), elsewhere what ``ps``
    prints. A zombie counts as gone: it holds no file open.
    """
    stat = Path(f"/proc/{pid}/stat")
    if Path("/proc/self/stat").exists():
        try:
            text = stat.read_text()
        except OSError:
            return None
        fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and brackets
        return None if fields[0] in {"Z", "X"} else fields[19]
    answer = subprocess.run(  # noqa: S603  a fixed program with one number
        ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or None

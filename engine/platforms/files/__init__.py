"""The files road: any downloaded export in, rows with an account of every line out.

The format is recognised, not asked. A new exporter is one file in ``formats``.
"""

from engine.platforms.files.archive import LIMITS, Limits
from engine.platforms.files.folder import DealFolder
from engine.platforms.files.formats import known_formats
from engine.platforms.files.reading import read, read_bytes

__all__ = ["LIMITS", "DealFolder", "Limits", "known_formats", "read", "read_bytes"]

"""Layer 1, signal: what the outside says, normalised, with its age and quality."""

from engine.signal.quality import aged
from engine.signal.see import Seen, Sources, see

__all__ = ["Seen", "Sources", "aged", "see"]

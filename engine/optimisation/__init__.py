"""Layer 5, optimisation: agents that propose with their evidence, watches that raise alarms."""

from engine.optimisation.propose import propose
from engine.optimisation.stops import stops
from engine.optimisation.watch_all import watch

__all__ = ["propose", "stops", "watch"]

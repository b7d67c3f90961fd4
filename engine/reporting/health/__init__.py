"""How the house is running."""

from engine.reporting.health.state import Health, health

__all__ = ["Health", "health"]

"""Layer 3, creative: variants of approved concepts from approved blocks. It never invents a campaign."""

from engine.creative.weekly import launches, weekly

__all__ = ["launches", "weekly"]

"""Layer 6, attribution: claims side by side, their disagreement as one number, never added together."""

from engine.attribution.views import views

__all__ = ["views"]

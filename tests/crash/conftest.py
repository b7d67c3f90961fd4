"""The simulated market and the small house of the loop's tests."""

from tests.engine.conftest import running, small

__all__ = ["running", "small"]

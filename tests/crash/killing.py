"""Dying at a chosen moment: every platform call and every commit is a place to die, before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from engine.store import Store

CALLS = ("snapshot", "facts", "validate", "apply")


class Killed(BaseException):
    """What a kill is to the code that meets it: nothing catches it."""


@dataclass
class Places:
    """Counts the places passed and dies at number ``at`` (None: never)."""

    at: int | None = None
    passed: list[str] = field(default_factory=list)

    def here(self, name: str) -> None:
        self.passed.append(name)
        if self.at is not None and len(self.passed) - 1 == self.at:
            raise Killed(name)


class DyingStore(Store):
    """A store that dies before or after a commit."""

    def __init__(self, engine: Any, places: Places) -> None:
        super().__init__(engine, seed=1)
        self.places = places

    def write(self, fn: Callable[[Any], Any]) -> Any:
        self.places.here("before a commit")
        done = super().write(fn)
        self.places.here("after a commit")
        return done


@dataclass
class DyingPlatform:
    """A platform that dies before or after a call."""

    inner: Any
    places: Places

    @property
    def key(self) -> str:
        return str(self.inner.key)

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.inner, name)
        if name not in CALLS:
            return real

        def call(*arguments: Any) -> Any:
            self.places.here(f"before {name}")
            done = real(*arguments)
            self.places.here(f"after {name}")
            return done

        return call

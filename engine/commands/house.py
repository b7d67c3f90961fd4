"""The house a command acts in: the store, the ways out to the platforms, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.model.errors import AskPerson
from engine.model.exports import Answers, Export
from engine.model.ports import DealSource, Platform, Post, Secrets
from engine.model.time import Clock
from engine.store import Store


@dataclass(frozen=True)
class Ways:
    """The ways out: ad platforms that are read and written, and CRMs that are read, by key."""

    platforms: Mapping[str, Platform]
    deals: Mapping[str, DealSource]


@dataclass
class House:
    """Everything chosen in ``engine.wiring``, handed in.

    The ways out are opened on first use: a page that only reads never loads a vendor's library.
    ``settings`` is ``engine.wiring.Settings``; commands read none of it. ``read_export`` recognises a file
    somebody downloaded, by its name and bytes; ``export_formats`` lists what it knows (name, description), and
    ``upload_limit`` is the most bytes it takes. ``public_url`` is where links in messages lead.
    """

    store: Store
    clock: Clock
    settings: Any
    read_export: Callable[[str, bytes, Answers], tuple[Export, ...]] = field(repr=False)
    open_ways: Callable[[], Ways] = field(repr=False)
    export_formats: Callable[[], tuple[tuple[str, str], ...]] = field(default=tuple, repr=False)
    upload_limit: int = 20 * 1024 * 1024
    open_post: Callable[[], tuple[Post, Secrets]] | None = field(default=None, repr=False)
    public_url: str = "http://localhost:8501"

    @cached_property
    def ways(self) -> Ways:
        """The platforms and CRMs of this store.

        Raises:
            TryLater: the simulated market of a demo store is not running.
            AskPerson: credentials are missing.
        """
        return self.open_ways()

    @cached_property
    def _sending(self) -> tuple[Post, Secrets]:
        if self.open_post is None:
            raise AskPerson("This house sends no messages.")
        return self.open_post()

    @property
    def post(self) -> Post:
        """Messages to people.

        Raises:
            AskPerson: this house sends none.
        """
        return self._sending[0]

    @property
    def secrets(self) -> Secrets:
        """Secrets of outside systems, kept outside the store."""
        return self._sending[1]

    @property
    def platforms(self) -> Mapping[str, Platform]:
        """Ad platforms by key."""
        return self.ways.platforms

    @property
    def deals(self) -> Mapping[str, DealSource]:
        """CRMs by key."""
        return self.ways.deals

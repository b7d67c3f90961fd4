"""Every measurement by name: a new one is one file and one line here."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

Say = Callable[[str], None]
"""Takes one line of progress."""

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "gate": "bench.gate",
        "exposure": "bench.exposure",
        "tick": "bench.tick",
        "ingest": "bench.ingest",
        "dashboard": "bench.dashboard",
        "files": "bench.files",
        "brand": "bench.brand",
        "policies": "bench.policies",
    }
)


@dataclass(frozen=True)
class Bench:
    """One measurement.

    ``run(short, say)`` returns a JSON object with at least ``short`` and ``sizes``; ``line`` turns
    it into a sentence.
    """

    name: str
    run: Callable[[bool, Say], dict[str, Any]]
    line: Callable[[Mapping[str, Any]], str]


def bench(name: str) -> Bench:
    """The measurement of that name; its module is imported only now, so that none weighs on others.

    Raises:
        KeyError: there is no such measurement; the message lists those there are.
    """
    if name not in MODULES:
        raise KeyError(f"There is no measurement {name!r}; there are: {', '.join(MODULES)}, all.")
    module = importlib.import_module(MODULES[name])
    return Bench(name, module.run, module.line)

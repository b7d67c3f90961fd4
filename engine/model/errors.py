"""What went wrong, told by type so that the loop knows what to do.

Fault                      every expected failure of the product; its text is a sentence with the next step
├── TryLater               nothing is wrong with the request; the next tick tries again
│   └── UnknownOutcome     a write left, no answer came back: it is looked up before anything is planned over it
├── GiveUp                 the same request will never succeed; it is recorded and not repeated
│   └── BadInput           something a person or a file gave us is wrong; names file, line or field
│       └── Unanswered     the file can be read two ways; it is read again with a person's answer
└── AskPerson              only a person can move it on (consent, rights, policy, an outside edit)
"""

from __future__ import annotations

from datetime import timedelta


class Fault(Exception):
    """An expected failure; ``str(fault)`` is a sentence fit for a screen."""


class TryLater(Fault):
    """Worth repeating unchanged, not before ``wait`` has passed (None: the next tick)."""

    def __init__(self, sentence: str, wait: timedelta | None = None) -> None:
        super().__init__(sentence)
        self.wait = wait


class UnknownOutcome(TryLater):
    """A write may or may not have been applied; read back before repeating it."""


class GiveUp(Fault):
    """Repeating the same request cannot help."""


class BadInput(GiveUp):
    """Input that was refused whole: nothing changed, nothing was lost."""


class Unanswered(BadInput):
    """Refused whole until a person answers what the file leaves open; ``asks`` names it."""

    def __init__(self, sentence: str, asks: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.asks = asks


class AskPerson(Fault):
    """Nothing moves until a person acts; the sentence says what they must do."""

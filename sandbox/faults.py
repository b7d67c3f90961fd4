"""Faults that a test or a demo asked for, handed out call by call."""

from __future__ import annotations

import threading

from sandbox.spec import Fault


class FaultBox:
    """Faults still to come; each call of a kind uses up one skip or one time of the first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(self, faults: list[Fault]) -> None:
        """Queue faults behind those waiting."""
        with self._lock:
            self._waiting.extend(faults)

    def clear(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._waiting.clear()

    def waiting(self) -> list[Fault]:
        """Faults not used up yet."""
        with self._lock:
            return list(self._waiting)

    def draw(self, call: str) -> Fault | None:
        """The fault that hits this call, if any."""
        with self._lock:
            for place, fault in enumerate(self._waiting):
                if fault.call != call:
                    continue
                if fault.skip:
                    self._waiting[place] = fault.model_copy(update={"skip": fault.skip - 1})
                    return None
                if fault.times == 1:
                    del self._waiting[place]
                else:
                    self._waiting[place] = fault.model_copy(update={"times": fault.times - 1})
                return fault
        return None

"""Values of the engine as JSON text and back; a round trip gives an equal value."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from engine.model.changes import Change
from engine.model.desired import DesiredCampaign
from engine.model.errors import GiveUp
from policies.actions import Action

T = TypeVar("T")
_ACTION: TypeAdapter[Any] = TypeAdapter(Action)
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)


def action_json(action: Any) -> str:
    """An action of ``policies.actions`` as JSON."""
    return _ACTION.dump_json(action).decode()


def action(text: str) -> Any:
    """The action a JSON text holds.

    Raises:
        GiveUp: the text holds no action this version knows.
    """
    return _read(_ACTION, text, "action")


def change_json(change: Change) -> str:
    """A change as JSON."""
    return _CHANGE.dump_json(change).decode()


def change(text: str) -> Change:
    """The change a JSON text holds.

    Raises:
        GiveUp: the text holds no change this version knows.
    """
    return _read(_CHANGE, text, "change")


def campaign_json(campaign: DesiredCampaign) -> str:
    """A desired campaign as JSON."""
    return campaign.model_dump_json()


def campaign(text: str) -> DesiredCampaign:
    """The desired campaign a JSON text holds.

    Raises:
        GiveUp: the text holds none this version knows.
    """
    return _read(TypeAdapter(DesiredCampaign), text, "campaign")


def _read(adapter: TypeAdapter[T], text: str, what: str) -> T:
    try:
        return adapter.validate_json(text)
    except ValidationError as wrong:
        raise GiveUp(f"A stored {what} cannot be read by this version: {wrong}") from wrong

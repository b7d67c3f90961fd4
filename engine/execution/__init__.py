"""Layer 4, execution: ships approved work to the platforms, idempotently, one cleared action at a time."""

from engine.execution.adopt import adopted
from engine.execution.diff import changes
from engine.execution.edits import Edit, differences
from engine.execution.hands import Edits, Hands
from engine.execution.obstacles import obstacle
from engine.execution.settle import Settled, settle, shows
from engine.execution.ship import Shipment, Shipper, covers, pending

__all__ = [
    "Edit",
    "Edits",
    "Hands",
    "Settled",
    "Shipment",
    "Shipper",
    "adopted",
    "changes",
    "covers",
    "differences",
    "obstacle",
    "pending",
    "settle",
    "shows",
]

"""The diff as a value: what execution would write, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.model.desired import DesiredAd, DesiredCampaign

Kind = Literal[
    "create_campaign",
    "set_budget",
    "enable_campaign",
    "pause_campaign",
    "create_ad",
    "enable_ad",
    "pause_ad",
]
STOPS: frozenset[Kind] = frozenset({"pause_campaign", "pause_ad"})


@dataclass(frozen=True)
class Change:
    """One absolute write. Repeating it once the account agrees is a no-op.

    ``natural_key`` names the thing written (``budget/search-core``); one open intent may exist for it.
    ``before`` and ``after`` are what a person reads: money as decimal text, status as a word.
    The platform needs only the fields its kind uses: ``daily_micros`` (account currency), ``campaign``
    (the tree to create), ``ad``, and the resource names found in the snapshot.
    """

    kind: Kind
    natural_key: str
    client: str
    campaign_key: str
    channel: str
    before: str
    after: str
    daily_micros: int | None = None
    daily_before_micros: int | None = None
    campaign: DesiredCampaign | None = None
    ad: DesiredAd | None = None
    campaign_resource: str = ""
    budget_resource: str = ""
    ad_group_resource: str = ""
    ad_resource: str = ""

    @property
    def sentence(self) -> str:
        """One line for the printed diff."""
        return f"{self.kind.replace('_', ' ')} {self.natural_key}: {self.before} -> {self.after}"


Outcome = Literal["applied", "already", "rejected", "unknown", "not_sent"]


@dataclass(frozen=True)
class Receipt:
    """What came back for a group of changes written together (one atomic request).

    ``rejected`` is the platform's no to these changes; ``not_sent`` says that the request surely never left,
    so the same changes may be tried again. ``sentence`` says why when rejected, unknown or not sent;
    ``request_id`` is the platform's own, when it gave one.
    """

    outcome: Outcome
    sentence: str = ""
    request_id: str = ""

"""A whole ad platform and a whole intent log in memory, with faults that can be asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from engine.model.accounts import Account, AdGroupState, AdState, CampaignState, Snapshot
from engine.model.changes import Change, Receipt
from engine.model.errors import TryLater
from engine.model.outcomes import FACTS, Pull
from engine.model.ports import Intent, IntentState

ACCOUNT = Account("google_ads", "1000000001", "Northgate", "GBP", "Europe/London")


@dataclass
class MemoryPlatform:
    """Applies changes to a dictionary of campaigns; ``answers`` are taken in order, then everything succeeds.

    An answer is ``lost`` (applied, no reply), ``dropped`` (not applied, no reply), ``refused`` or ``unsent``.
    """

    campaigns: dict[str, CampaignState] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)
    writes: list[Change] = field(default_factory=list)
    key: str = "google_ads"

    def accounts(self) -> list[Account]:
        return [ACCOUNT]

    def snapshot(self, client: str, account: Account, now: datetime) -> Snapshot:
        return Snapshot(account, now, tuple(self.campaigns.values()))

    def facts(self, client: str, account: Account, first: date, last: date, now: datetime) -> Pull:
        return Pull(self.key, FACTS.empty_table(), first, last, now)

    def validate(self, account: Account, changes: Sequence[Change]) -> str:
        return ""

    def apply(self, account: Account, changes: Sequence[Change]) -> Receipt:
        answer = self.answers.pop(0) if self.answers else "applied"
        if answer == "refused":
            return Receipt("rejected", "The platform refused it.")
        if answer == "unsent":
            return Receipt("not_sent", "Not sent: nobody listens.")
        if answer != "dropped":
            for change in changes:
                self._write(change)
        if answer in {"lost", "dropped"}:
            return Receipt("unknown", "No answer came back.")
        return Receipt("applied", request_id="r-1")

    def _write(self, change: Change) -> None:
        self.writes.append(change)
        key = change.campaign_key
        if change.kind == "create_campaign":
            self.campaigns[key] = created(change)
            return
        now = self.campaigns[key]
        match change.kind:
            case "set_budget":
                self.campaigns[key] = replace(now, daily_micros=change.daily_micros or 0)
            case "enable_campaign" | "pause_campaign":
                self.campaigns[key] = replace(now, enabled=change.kind == "enable_campaign")
            case "create_ad" if change.ad:
                ad = AdState(f"ads/{change.ad.variant}", change.ad.variant, True, change.ad.text)
                groups = tuple(
                    replace(g, ads=(*g.ads, ad)) if g.resource == change.ad_group_resource else g
                    for g in now.ad_groups
                )
                self.campaigns[key] = replace(now, ad_groups=groups)
            case "pause_ad" | "enable_ad":
                groups = tuple(
                    replace(
                        g,
                        ads=tuple(
                            replace(a, enabled=change.kind == "enable_ad")
                            if a.resource == change.ad_resource
                            else a
                            for a in g.ads
                        ),
                    )
                    for g in now.ad_groups
                )
                self.campaigns[key] = replace(now, ad_groups=groups)


def created(change: Change) -> CampaignState:
    """What a platform shows after a create: the whole tree, paused."""
    wanted = change.campaign
    assert wanted is not None
    groups = tuple(
        AdGroupState(
            f"groups/{g.ad_group}",
            g.ad_group,
            g.name,
            True,
            g.keywords,
            tuple(AdState(f"ads/{a.variant}", a.variant, True, a.text) for a in g.ads),
        )
        for g in wanted.ad_groups
    )
    return CampaignState(
        resource=f"campaigns/{wanted.campaign}",
        id=wanted.campaign,
        campaign=wanted.campaign,
        name=wanted.name,
        channel=wanted.channel,
        enabled=False,
        daily_micros=wanted.daily_micros,
        budget_resource=f"budgets/{wanted.campaign}",
        ad_groups=groups,
    )


@dataclass
class MemoryIntents:
    """The write-ahead log as a list."""

    rows: list[Intent] = field(default_factory=list)

    def open(
        self, client: str, account: str, decision: str, changes: Sequence[Change], now: datetime
    ) -> tuple[Intent, ...]:
        busy = {i.natural_key for i in self.unresolved(client)}
        if busy & {c.natural_key for c in changes}:
            raise TryLater("An earlier write to the same thing is still open.")
        first = len(self.rows)
        opened = tuple(
            Intent(
                f"i{first + n}",
                client,
                account,
                c.natural_key,
                decision,
                f"g{first}",
                c,
                "sent",
                now,
            )
            for n, c in enumerate(changes)
        )
        self.rows.extend(opened)
        return opened

    def close(
        self, intents: Sequence[Intent], state: IntentState, note: str, now: datetime
    ) -> None:
        ids = {i.intent_id for i in intents}
        self.rows = [
            replace(i, state=state, note=note) if i.intent_id in ids else i for i in self.rows
        ]

    def unresolved(self, client: str) -> tuple[Intent, ...]:
        return tuple(i for i in self.rows if i.state in {"sent", "unknown"})

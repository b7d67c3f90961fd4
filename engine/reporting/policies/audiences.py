"""The audiences of one client: what each list holds, how much a segment may take, where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any, Literal

from engine.model.desired import DesiredCampaign
from engine.model.people import Scope
from engine.reporting.policies.material import Kept
from engine.reporting.policies.read import material
from engine.reporting.words import count, stamp
from engine.store import Store, desired
from policies.money import micros
from policies.rule import percent

_RULE = "guardrails.audiences"
_SHARES = "guardrails.audience_share"
Role = Literal["included", "excluded", "lookalikes"]
ROLES: tuple[Role, ...] = ("included", "excluded", "lookalikes")
_SWITCH = {"block": "blocked, whoever approves it", "escalate": "asked for each time"}


@dataclass(frozen=True)
class Segment:
    """One entry of a list.

    ``bound`` is the most it may take, ``used`` the campaigns that name it (may be text of others), ``changed`` when
    and by whom its entry was last written.
    """

    name: str
    bound: str
    own_bound: bool
    used: tuple[str, ...]
    changed: str


@dataclass(frozen=True)
class Audiences:
    """The page. ``version`` is None without a policy in force; ``drafts`` wait for a second person.

    ``seen`` is False while no campaign on record names any audience.
    """

    name: str
    version: int | None
    lead: str
    lists: Mapping[Role, tuple[Segment, ...]]
    expansion: str
    drafts: tuple[int, ...]
    writes: bool
    seen: bool


def audiences(store: Store, scope: Scope, client: str, now: datetime) -> Audiences:
    """The lists in force at ``now`` (aware UTC).

    Raises:
        AskPerson: the client is out of reach, or the caller is none of the house's people.
    """
    found = material(store, scope, client)
    with store.read() as conn:
        campaigns = list(desired.load(conn, client).values())
    published = [k for k in found.versions if k.published_at is not None]
    drafts = tuple(
        k.version for k in found.versions if k.state == "draft" and _differs(k, published)
    )
    in_force = next((k for k in published if k.state == "published"), None)
    values = in_force.values if in_force else {}
    lists: dict[Role, tuple[Segment, ...]] = {
        role: tuple(_segments(role, values, published, campaigns, found.zone, now))
        for role in ROLES
    }
    return Audiences(
        name=found.name,
        version=in_force.version if in_force else None,
        lead=_lead(in_force, lists),
        lists=lists,
        expansion=_SWITCH.get(str(values.get(f"{_RULE}.expansion")), ""),
        drafts=drafts,
        writes=found.writes,
        seen=any(_named(c, role) for c in campaigns for role in ROLES),
    )


def _segments(
    role: Role,
    values: Mapping[str, Any],
    published: Sequence[Kept],
    campaigns: Sequence[DesiredCampaign],
    zone: str,
    now: datetime,
) -> Iterator[Segment]:
    own = {r["segment"]: r["max_share"] for r in values.get(f"{_SHARES}.segments") or ()}
    general = values.get(f"{_SHARES}.max_share")
    for name, size in _entries(values, role).items():
        share = own.get(name, general)
        bound = "" if share is None or role == "excluded" else percent(micros(share))
        if role == "lookalikes":
            bound = f"{size}% of a country" + (f" · {bound} of delivery" if bound else "")
        yield Segment(
            name=name,
            bound=bound or ("never reached" if role == "excluded" else "no bound written"),
            own_bound=name in own,
            used=tuple(c.title for c in campaigns if name in _named(c, role)),
            changed=_changed(name, role, published, zone, now),
        )


def _entries(values: Mapping[str, Any], role: Role) -> dict[str, str]:
    """Names with what stands beside them: the size of a lookalike."""
    listed = values.get(f"{_RULE}.{role}") or ()
    if role == "lookalikes":
        return {row["segment"]: str(row["max_percent"]) for row in listed}
    return dict.fromkeys(listed, "")


def _named(campaign: DesiredCampaign, role: Role) -> tuple[str, ...]:
    whom = campaign.targeting
    if role == "lookalikes":
        return tuple(x.audience for x in whom.lookalikes)
    return whom.included if role == "included" else whom.excluded


def _changed(name: str, role: Role, published: Sequence[Kept], zone: str, now: datetime) -> str:
    """The version its entry, or its bound, came with: the newest after which nothing of it moved."""
    ordered = sorted(published, key=lambda k: -k.version)
    since = ordered[0] if ordered else None
    for newer, older in pairwise(ordered):
        if _mark(newer.values, role, name) != _mark(older.values, role, name):
            break
        since = older
    if since is None or since.published_at is None:
        return ""
    return f"v{since.version} by {since.author}, {stamp(since.published_at, zone, now)}"


def _mark(values: Mapping[str, Any], role: Role, name: str) -> tuple[Any, Any]:
    own = {r["segment"]: r["max_share"] for r in values.get(f"{_SHARES}.segments") or ()}
    return _entries(values, role).get(name), own.get(name)


def _differs(draft: Kept, published: Sequence[Kept]) -> bool:
    now = next((k.values for k in published if k.state == "published"), {})
    paths = {p for p in (*draft.values, *now) if p.startswith((f"{_RULE}.", f"{_SHARES}."))}
    return any(draft.values.get(p) != now.get(p) for p in paths)


def _lead(in_force: Kept | None, lists: Mapping[Role, Sequence[Segment]]) -> str:
    if in_force is None:
        return "No policy is in force, so no audience may be reached."
    may, never = lists["included"], lists["excluded"]
    alike = count(len(lists["lookalikes"]), "lookalike")
    if not may and not lists["lookalikes"]:
        return "No named audience may be reached without asking a person."
    return (
        f"{count(len(may), 'segment')} and {alike} may be reached without asking;"
        f" {count(len(never), 'segment')} {'is' if len(never) == 1 else 'are'} never reached."
    )

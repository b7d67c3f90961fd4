"""Putting a draft in force: what must hold, what the ledger keeps, and what the agency's values do to its clients."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from engine.commands import drafting, proven
from engine.commands.book import note
from engine.commands.drafting import Mistakes, Seal
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.reporting.policies.restated import Restated, of_draft
from engine.store import clients, layers
from engine.store import policies as table
from engine.store.policies import AGENCY, StoredPolicy
from policies.drafting.diff import differences
from policies.drafting.layers import Layer, merged
from policies.drafting.mistakes import partial_mistakes
from policies.drafting.spoken import line
from policies.drafting.versions import values_of
from policies.reading import BadPolicy, read_policy


@dataclass(frozen=True)
class Reached:
    """One client whose values would change: the draft that says so, or None and why there is none."""

    client: str
    name: str
    draft: int | None
    sentence: str


def put_in_force(
    conn: Any, scope: Scope, now: datetime, draft: StoredPolicy, seal: Seal
) -> tuple[Reached, ...]:
    """Publish one draft after every check.

    Its author may where it is a proven tightening, and where no past action would be judged milder by it.

    Raises:
        AskPerson: the person wrote a part of it or of what it brings from the agency and it is not proven to be a
        tightening, is not senior, or something changed since it was shown.
        BadInput: it is no valid policy.
    """
    client = draft.client
    before = table.current(conn, client)
    mine = _written_by(conn, scope, draft)
    if mine:
        stopped = proven.obstacle(conn, now, draft, before)
        if stopped:
            raise AskPerson(f"A second person publishes a policy; {mine}. {stopped}")
    if not is_senior(scope, client):
        raise AskPerson("Publishing takes a senior right for this client; ask an admin.")
    _unchanged(conn, draft, seal)
    _sound(conn, draft)
    past = None if client == AGENCY else of_draft(conn, client, now, draft, before)
    table.publish(conn, client, draft.version, scope.person, now)
    _book(conn, scope, now, draft, before, past, alone=bool(mine))
    return _reach(conn, scope, now, draft) if client == AGENCY else ()


def _written_by(conn: Any, scope: Scope, draft: StoredPolicy) -> str:
    """What of a draft the person wrote; empty where they are a second person."""
    if scope.person in table.authors(conn, draft):
        return "you wrote this one"
    if scope.person in layers.brought(conn, draft):
        return "you wrote the agency's values in it"
    return ""


def is_senior(scope: Scope, client: str) -> bool:
    """True for who may publish for a client; for the agency's values a senior right for any client counts."""
    if scope.role == "operator":
        return True
    return bool(scope.senior) if client == AGENCY else client in scope.senior


def _unchanged(conn: Any, draft: StoredPolicy, seen: Seal) -> None:
    is_now = drafting.seal(conn, draft)
    if seen.fingerprint != is_now.fingerprint:
        raise AskPerson("The draft changed after you opened it; look at it again, then publish.")
    if seen.against != is_now.against:
        raise AskPerson(
            f"v{is_now.against} was published after you opened this page; compare again."
        )
    said = layers.outdated(conn, draft)
    if said:
        raise AskPerson(f"{said} Carry its changes over first.")


def _sound(conn: Any, draft: StoredPolicy) -> None:
    """The very text that would be in force is read again: it is a valid policy of this client."""
    if draft.client == AGENCY:
        wrong = partial_mistakes(values_of(draft.body_json))
        if wrong:
            raise Mistakes(wrong)
        return
    try:
        policy = read_policy(draft.body_json, suffix=".json")
    except BadPolicy as bad:
        raise BadInput(f"Draft v{draft.version} is no valid policy: {bad}") from None
    head = drafting.head(conn, draft.client)
    if (policy.client, policy.currency) != (head.client, head.currency):
        raise BadInput(
            f"Draft v{draft.version} is for {policy.client} in {policy.currency}, not for"
            f" {head.client} in {head.currency}."
        )


def _book(
    conn: Any,
    scope: Scope,
    now: datetime,
    draft: StoredPolicy,
    before: StoredPolicy | None,
    past: Restated | None,
    *,
    alone: bool,
) -> None:
    """The line in the ledger, with every field that changed and every past month that is restated by it.

    ``alone`` says that its author published it.
    """
    found = differences(values_of(before.body_json) if before else {}, values_of(draft.body_json))
    unit = "" if draft.client == AGENCY else drafting.head(conn, draft.client).currency
    detail: dict[str, Any] = {
        "diff": [
            {"path": d.field.path, "before": d.before, "after": d.after, "direction": d.direction}
            for d in found
        ]
    }
    if before is not None:
        detail |= {f"{d.block.title}: {d.field.name}": line(d, unit) for d in found}
    said = f"Policy v{draft.version} was published by {scope.name}."
    if alone:
        said = f"Policy v{draft.version} was published by its author, {scope.name}: a proven tightening."
        detail["proof"] = "Every difference is in the tighter direction of a monotone rule."
    if past is not None:
        said = f"{said} Its definitions restate the past: {past.told}"
        detail["restated"] = [asdict(month) for month in past.lines]
    note(
        conn,
        scope,
        now,
        draft.client,
        kind="policy",
        ref=f"v{draft.version}",
        sentence=said,
        detail=detail,
    )


def _reach(conn: Any, scope: Scope, now: datetime, published: StoredPolicy) -> tuple[Reached, ...]:
    """Write a draft for each client whose values the agency's new ones would change; its author is theirs.

    Raises:
        AskPerson: one of those clients is none of the person's, so that nothing is published.
    """
    moved = [stored for stored in table.everywhere(conn) if _moves(conn, stored)]
    far = [s for s in moved if s.client not in scope.senior and scope.role != "operator"]
    if far:
        raise AskPerson(
            f"These values reach {len(far)} of the agency's clients for which you hold no senior"
            " right; ask somebody who does to publish them."
        )
    return tuple(_draft(conn, scope, now, stored, published) for stored in moved)


def _moves(conn: Any, stored: StoredPolicy) -> bool:
    own = Layer("client", stored.version, layers.own(conn, stored))
    values, _ = merged([layers.outer(conn, stored.client), own])
    return values != values_of(stored.body_json)


def _draft(
    conn: Any, scope: Scope, now: datetime, stored: StoredPolicy, published: StoredPolicy
) -> Reached:
    client, version = stored.client, published.version
    name = clients.client(conn, client).name
    try:
        draft = drafting.keep(
            conn, scope, now, client, layers.own(conn, stored), author=published.author
        )
    except BadInput as no:
        said = f"The agency's values v{version} do not fit this client's policy: {no}"
        note(conn, scope, now, client, kind="policy", ref=f"agency v{version}", sentence=said)
        return Reached(client, name, None, said)
    said = (
        f"Policy draft v{draft} was written: it brings the agency's values v{version} to this client."
        " Nothing changes until a senior person who did not write those values publishes it."
    )
    note(conn, scope, now, client, kind="policy", ref=f"v{draft}", sentence=said)
    return Reached(client, name, draft, said)

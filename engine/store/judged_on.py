"""What the gate judged on, kept with the decisions, and the past actions of a client with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, and_, case, select

from engine.model.errors import GiveUp
from engine.store import codec, policies
from engine.store.tables import decisions, judged_on
from policies.drafting.dry_run import PastAct
from policies.edition import edition
from policies.gate import judge
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy
from policies.standing import Standing

_BY_A_PERSON = "Part of a plan, which a senior person approves."


def keep(
    conn: Connection,
    client: str,
    judgement: str,
    standing: Standing,
    policy_version: int | None,
    now: datetime,
) -> bool:
    """Keep what was judged on, once; False where it is on record already.

    ``judgement`` is the id of the pass, or that of a decision no pass judged. Call it in the transaction that
    writes the decisions.
    """
    mine = (judged_on.c.client_id == client) & (judged_on.c.judgement == judgement)
    if conn.execute(select(judged_on.c.judgement).where(mine)).first() is not None:
        return False
    conn.execute(
        judged_on.insert().values(
            client_id=client,
            judgement=judgement,
            at=now,
            policy_version=policy_version,
            code_version=edition(),
            standing_json=standing.model_dump_json(),
        )
    )
    return True


@dataclass
class _Standings:
    """The standings of the passes read so far: decisions of one pass share one."""

    known: dict[str, Standing | None]

    def of(self, judgement: str, text: str | None) -> Standing | None:
        """The standing of one judgement; None: not on record, or not readable by this version."""
        if judgement not in self.known:
            self.known[judgement] = _standing(text)
        return self.known[judgement]


def past(conn: Connection, client: str, since: datetime, until: datetime) -> list[PastAct]:
    """Every action decided from ``since`` to ``until`` (UTC), oldest first, with what it was judged on.

    An action or standing this version cannot read, or that is not on record, comes as None: nothing is left out.
    """
    d, j = decisions.c, judged_on.c
    judgement = case((d.tick_id == "", d.decision_id), else_=d.tick_id)
    both = decisions.outerjoin(
        judged_on, and_(j.client_id == d.client_id, j.judgement == judgement)
    )
    mine = (d.client_id == client) & d.at.between(since, until)
    wanted = select(
        decisions,
        judgement.label("judgement"),
        j.policy_version.label("judged_by"),
        j.code_version,
        j.standing_json,
    )
    rows = conn.execute(wanted.select_from(both).where(mine).order_by(d.at, d.decision_id)).all()
    standings = _Standings({})
    found = [
        PastAct(
            ref=row.decision_id,
            at=row.at,
            day=row.account_day,
            act=row.sentence,
            action=_action(row.action_json),
            standing=standings.of(row.judgement, row.standing_json),
            verdict=row.verdict,
            reason=_reason(row.reasons_json, row.verdict),
            policy_version=row.judged_by if row.tick_id == "" else row.policy_version,
            edition=row.code_version,
        )
        for row in rows
    ]
    planned = {row.decision_id for row in rows if row.tick_id == ""}
    kept = versions(conn, client, [a for a in found if a.ref in planned])
    return [_by_plan(act, kept) if act.ref in planned else act for act in found]


def versions(conn: Connection, client: str, acts: Iterable[PastAct]) -> dict[int, Policy | None]:
    """The policies that actions were judged by, by version; None: this version of the program cannot read it."""
    wanted = {a.policy_version for a in acts if a.policy_version is not None}
    return {version: _policy(conn, client, version) for version in sorted(wanted)}


def _policy(conn: Connection, client: str, version: int) -> Policy | None:
    kept = policies.version(conn, client, version)
    try:
        return read_policy(kept.body_json, suffix=".json") if kept else None
    except BadPolicy:
        return None


def _by_plan(act: PastAct, kept: Mapping[int, Policy | None]) -> PastAct:
    """A part of an approved plan was written down as asked; what the gate said is judged by the version of then."""
    by = None if act.policy_version is None else kept[act.policy_version]
    if by is None or act.action is None or act.standing is None:
        return act
    said = judge(act.action, by, act.standing)
    return replace(act, verdict=said.verdict, reason=said.sentence)


def _standing(text: str | None) -> Standing | None:
    try:
        return Standing.model_validate_json(text) if text else None
    except ValidationError:
        return None


def _action(text: str) -> Any:
    try:
        return codec.action(text)
    except GiveUp:
        return None


def _reason(reasons_json: str, verdict: str) -> str:
    said = [r["sentence"] for r in json.loads(reasons_json) if r["outcome"] != "allow"]
    if not said and verdict == "escalated":
        return _BY_A_PERSON
    return " ".join(said) or "Within every bound."

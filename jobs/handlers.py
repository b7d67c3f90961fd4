"""The commands of the store: plain functions of a house and arguments, the same on both roads.

``python -m jobs`` calls them when it can open the store itself; when a server has it open,
``web.control`` calls them there. Answers are JSON values with the keys outside checks rely on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.commands import control, demo, files, people, plans
from engine.commands.house import House
from engine.model.errors import BadInput, Fault
from engine.model.exports import Answers
from engine.model.people import ROLES, Scope
from engine.reporting.policies import dry_run as past_acts
from jobs import health
from jobs.market import Market
from jobs.policy_file import policy_file
from jobs.spans import span
from jobs.ticking import known_client, obey_flag, tick_client, unknown_flags

Handler = Callable[[House, Mapping[str, Any]], dict[str, Any]]


def pause(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Stop one client (``client``) or everybody (``all``): {paused, verified, failed}."""
    client = _stopped(house, arguments)
    obey_flag(house, house.clock.now())
    report = control.pause(house, Scope.operator(), house.clock.now(), client)
    report["failed"] += unknown_flags(house)
    return dict(report)


def resume(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Go on for one client (``client``), or lift the hold of the whole house (``all``).

    {paused, verified, failed, sentence}: ``paused`` were told to run.
    """
    client = _stopped(house, arguments)
    why = str(arguments.get("reason") or "")
    report = control.resume(house, Scope.operator(), house.clock.now(), client, why)
    each = (
        "The house is no longer held. Each client's own switch stays thrown until a senior "
        "strategist, or `resume --client NAME`, takes it back."
    )
    return {**report, "sentence": "" if client else each}


def tick(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """One pass of the loop for ``client``: {client, now, changes, decisions, escalations}.

    ``advance`` (a demo store only) moves the market and the clock first, such as ``1h``.
    """
    client = _client(house, arguments)
    if arguments.get("advance"):
        _advance(house, str(arguments["advance"]))
    result = tick_client(house, client, house.clock.now())
    return {
        "client": result.client,
        "now": result.now.isoformat(),
        "changes": _count_or_list(result.changes),
        "decisions": _count_or_list(result.decisions),
        "escalations": _count_or_list(result.escalations),
        "state": result.state,
        "sentence": result.sentence,
    }


def plan(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What would be written for ``client``, nothing of it applied: {client, changes}."""
    client = _client(house, arguments)
    changes = plans.diff(house, Scope.operator(), house.clock.now(), client)
    return {
        "client": client,
        "changes": [
            {
                "kind": c.kind,
                "thing": c.natural_key,
                "before": c.before,
                "after": c.after,
                "sentence": c.sentence,
            }
            for c in changes
        ],
    }


def ingest(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Read files somebody has into ``client``: {files: [...]}, one answer a file.

    ``currency`` and ``day_order`` answer what files leave open.
    """
    client = _client(house, arguments)
    scope, now = Scope.operator(), house.clock.now()
    paths = [Path(str(name)) for name in arguments.get("files", ())]
    missing = [str(path) for path in paths if not path.is_file()]
    if missing or not paths:
        raise BadInput(f"There is no file {', '.join(missing)}." if missing else "Name a file.")
    said = Answers(arguments.get("currency") or None, arguments.get("day_order") or None)
    told: list[Any] = []
    for path in paths:
        told += files.ingest(
            house,
            scope,
            now,
            client,
            path,
            said,
            dry_run=bool(arguments.get("dry_run")),
        )
    return {"files": told}


def dry_run(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a policy ``file`` would have said of ``client``'s actions of the last ``days``.

    {allowed, escalated, blocked, rows} and more (``engine.reporting.policies.dry_run.answer``); nothing is kept.
    """
    client = _client(house, arguments)
    text, suffix = policy_file(Path(str(arguments.get("file") or "")))
    days = arguments.get("days", past_acts.DAYS)
    if type(days) is not int:
        raise BadInput("Say how many days to look back as a whole number.")
    now = house.clock.now()
    return past_acts.of_file(house.store, Scope.operator(), now, client, text, suffix, days=days)


def person(house: House, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Add somebody who signs in by ``email`` as ``role`` for ``client``: {person, client, role}.

    The way a store gets its first admin; everybody else is added on the People page.
    """
    client, role = _client(house, arguments), str(arguments.get("role") or "admin")
    if role not in ROLES:
        raise BadInput(f'There is no role "{role}"; choose {", ".join(ROLES)}.')
    added = people.add_person(
        house,
        Scope.operator(),
        house.clock.now(),
        name=str(arguments.get("name") or ""),
        email=str(arguments.get("email") or ""),
        rights=[(client, role, bool(arguments.get("senior")))],
    )
    return {"person": added, "client": client, "role": role}


def doctor(house: House, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a person should look at: {ok, problems}, each problem a sentence."""
    problems = health.problems(house)
    return {"ok": not problems, "problems": problems}


def status(house: House, _arguments: Mapping[str, Any]) -> dict[str, Any]:
    """What a supervisor asks: {ok, store, scheduler, tick_age_seconds, sandbox}."""
    return health.state(house)


HANDLERS: Mapping[str, Handler] = {
    "pause": pause,
    "resume": resume,
    "tick": tick,
    "plan": plan,
    "ingest": ingest,
    "dry-run": dry_run,
    "person": person,
    "doctor": doctor,
    "health": status,
}


def _advance(house: House, text: str) -> None:
    if not demo.is_demo(house):
        raise BadInput("Only a demo store's time can be advanced; leave --advance out.")
    target: datetime = house.clock.now() + span(text)
    market = Market(house.settings.sandbox)
    if market.facts() is None:
        raise Fault(
            "The simulated market is not running; it comes back with the next simulated hour."
        )
    market.advance(target)
    demo.set_clock(house, target)


def _client(house: House, arguments: Mapping[str, Any]) -> str:
    client = str(arguments.get("client") or "")
    known_client(house, client)
    return client


def _stopped(house: House, arguments: Mapping[str, Any]) -> str | None:
    """The client named, None for everybody; neither or both is refused."""
    client, everyone = arguments.get("client"), bool(arguments.get("all"))
    if bool(client) == everyone:
        raise BadInput("Say either --all or --client NAME.")
    return _client(house, arguments) if client else None


def _count_or_list(value: Any) -> Any:
    return value if isinstance(value, int) else len(value)

"""Writing policy: a draft by one person, published by another. For one client, or for ``AGENCY``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from engine.commands import drafting, publishing
from engine.commands.book import note
from engine.commands.drafting import MAX_BYTES, WRITERS, Mistakes, Seal
from engine.commands.house import House
from engine.model.errors import AskPerson, BadInput
from engine.model.people import Scope
from engine.store import layers
from engine.store import policies as table
from engine.store.policies import AGENCY, NO_POLICY
from policies import presets
from policies.drafting.forms import policy_fields
from policies.drafting.layers import carried, leaves, own_part
from policies.drafting.mistakes import placed
from policies.drafting.typed import Mistyped, typed
from policies.drafting.versions import inherited_paths
from policies.policy import Policy
from policies.reading import BadPolicy, read_policy

__all__ = ["AGENCY", "MAX_BYTES", "Mistakes", "Seal"]


@dataclass(frozen=True)
class Opened:
    """What a form began from: the version in force then (0: none), the draft edited further, or a preset."""

    base: int
    draft: int | None = None
    preset: str = ""


@dataclass(frozen=True)
class CarriedOver:
    """The new draft, and the values that both it and the version in force had changed, by name."""

    version: int
    met: tuple[str, ...]


def save_typed(
    house: House,
    scope: Scope,
    now: datetime,
    client: str,
    raws: Mapping[str, Any],
    opened: Opened,
) -> int:
    """Keep what was typed into the form as a draft and return its number.

    ``raws`` holds what each field shows, by path (``policies.drafting.typed``); a field left out or empty writes
    nothing, and the agency's value holds. Editing a draft makes a new one in its place.

    Raises:
        Mistakes: something cannot be read, or makes no valid policy; nothing was kept.
        BadInput: nothing was changed, or the draft edited is open no more.
    """
    drafting.may(scope, client, *WRITERS)

    def write(conn: Any) -> int:
        began = _began(conn, client, opened)
        fields = list(policy_fields().values())
        try:
            written = typed(fields, raws, began)
        except Mistyped as bad:
            raise Mistakes(drafting.mistyped(bad)) from None
        if opened.draft is not None and written == began:
            raise BadInput(f"Nothing was changed; draft v{opened.draft} stays as it is.")
        version = drafting.keep(
            conn, scope, now, client, written, base=opened.base, replaces=opened.draft
        )
        return _noted(conn, scope, now, client, version)

    return house.store.write(write)


def save_draft(
    house: House, scope: Scope, now: datetime, client: str, text: str, suffix: str
) -> int:
    """Keep a policy file as a draft and return its version number; nothing it says is in force yet.

    ``text`` is a policy file, ``suffix`` ``.toml`` or ``.json``. It counts as made on the version it names where
    that was in force once, else on the one in force. A value that that version inherits and that the file has as
    the agency has it stays inherited.

    Raises:
        Mistakes: the text is no valid policy; each mistake is named.
        BadInput: it speaks of another client, currency or time zone, is far too long, or leaves a value empty
        that the agency writes.
    """
    drafting.may(scope, client, *WRITERS)
    if client == AGENCY:
        raise BadInput("The agency's values are written in the form; a file holds a whole policy.")
    policy = checked(text, suffix)

    def write(conn: Any) -> int:
        head = drafting.head(conn, client)
        said = (policy.client, policy.currency, policy.time_zone)
        if said != (head.client, head.currency, head.time_zone):
            raise BadInput(
                f"The policy is for {policy.client} in {policy.currency}, {policy.time_zone}; this"
                f" client is {client} in {head.currency}, {head.time_zone}."
            )
        made_on = drafting.made_on(conn, client, policy.version)
        free = inherited_paths(made_on.body_json, made_on.own_json) if made_on else frozenset()
        values = leaves(policy)
        written = own_part(values, layers.outer(conn, client).values, free)
        drafting.exactly(conn, client, written, values)
        base = made_on.version if made_on else NO_POLICY
        version = drafting.keep(conn, scope, now, client, written, base=base)
        told = f" Its file was made from v{base}." if base else ""
        return _noted(conn, scope, now, client, version, told)

    return house.store.write(write)


def save_upload(
    house: House, scope: Scope, now: datetime, client: str, name: str, data: bytes
) -> int:
    """Keep an uploaded policy file (TOML or JSON, UTF-8) as a draft.

    Raises:
        BadInput: as ``save_draft``, or the file is no text.
    """
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} has more than {MAX_BYTES:,} bytes; a policy is a page or two.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{name} is not text in UTF-8; save it so and try again.") from None
    return save_draft(house, scope, now, client, text, PurePath(name).suffix.lower())


def draft_from(house: House, scope: Scope, now: datetime, client: str, version: int) -> int:
    """A new draft with exactly the values of an earlier version; rolling back goes the way of any change.

    A version that was never in force keeps its authors: nobody has looked at what they wrote.

    Raises:
        BadInput: there is no such version, it is the one in force, or the agency now writes a value it leaves empty.
    """
    drafting.may(scope, client, *WRITERS)

    def write(conn: Any) -> int:
        old = table.version(conn, client, version)
        if old is None or old.state in ("draft", "published"):
            raise BadInput(f"v{version} is no earlier version; choose one from the history.")
        values, outer = drafting.whole(old), layers.outer(conn, client).values
        written = own_part(values, outer, inherited_paths(old.body_json, old.own_json))
        drafting.exactly(conn, client, written, values)
        unseen = version if old.published_at is None else None
        kept = drafting.keep(conn, scope, now, client, written, repeats=unseen)
        return _noted(conn, scope, now, client, kept, f" It holds the values of v{version}.")

    return house.store.write(write)


def carry_over(house: House, scope: Scope, now: datetime, client: str, version: int) -> CarriedOver:
    """Put an outdated draft's own changes on the version in force, as a new draft in its place.

    Where both changed the same value the draft's is kept, and told.

    Raises:
        Mistakes: together they make no valid policy; the old draft stays open.
        BadInput: there is no such draft.
    """
    drafting.may(scope, client, *WRITERS)

    def write(conn: Any) -> CarriedOver:
        draft = drafting.open_draft(conn, client, version)
        base = table.version(conn, client, draft.base_version or NO_POLICY)
        own, met = carried(
            layers.own(conn, base),
            layers.own(conn, draft),
            layers.own(conn, table.current(conn, client)),
        )
        kept = drafting.keep(conn, scope, now, client, own, replaces=version)
        names = tuple(drafting.label(m.path) for m in met)
        told = f" It carries the changes of v{version} over."
        return CarriedOver(_noted(conn, scope, now, client, kept, told), names)

    return house.store.write(write)


def as_it_stands(house: House, scope: Scope, now: datetime, client: str, version: int) -> int:
    """Put an outdated draft on the version in force with every value it has, as a new draft in its place.

    Unlike ``carry_over`` it takes back whatever came into force since.

    Raises:
        BadInput: there is no such draft, or nothing of it differs from the version in force.
    """
    drafting.may(scope, client, *WRITERS)

    def write(conn: Any) -> int:
        draft = drafting.open_draft(conn, client, version)
        own = layers.own(conn, draft)
        kept = drafting.keep(conn, scope, now, client, own, replaces=version)
        told = f" It holds the values of v{version} as they stand."
        return _noted(conn, scope, now, client, kept, told)

    return house.store.write(write)


def discard(house: House, scope: Scope, now: datetime, client: str, version: int) -> None:
    """Close a draft without putting it in force; by who wrote it or a senior person.

    Raises:
        AskPerson: somebody else's draft.
        BadInput: there is no such draft.
    """
    drafting.may(scope, client, "strategist", "team", "admin")

    def write(conn: Any) -> None:
        draft = drafting.open_draft(conn, client, version)
        if scope.person not in table.authors(conn, draft) and not publishing.is_senior(
            scope, client
        ):
            raise AskPerson("A draft is discarded by who wrote it or by a senior person.")
        table.close_draft(conn, client, version, "discarded")
        said = f"Policy draft v{version} was discarded by {scope.name}."
        note(conn, scope, now, client, kind="policy", ref=f"v{version}", sentence=said)

    house.store.write(write)


def publish(
    house: House, scope: Scope, now: datetime, client: str, version: int, *, seal: Seal
) -> tuple[publishing.Reached, ...]:
    """Put a draft in force; by a senior person who wrote no part of it. The next tick judges by it.

    ``seal`` names the draft as it was shown and the version it was compared with. Publishing the agency's values
    changes no client: for each whose values would change a draft is written, and they are returned.

    Raises:
        AskPerson: the person wrote it, is not senior, or something changed since it was shown.
        BadInput: there is no such draft, or it is no valid policy.
    """
    drafting.may(scope, client, "strategist", "admin")

    def write(conn: Any) -> tuple[publishing.Reached, ...]:
        draft = drafting.open_draft(conn, client, version)
        return publishing.put_in_force(conn, scope, now, draft, seal)

    return house.store.write(write)


def seal_of(house: House, scope: Scope, client: str, version: int) -> Seal:
    """The seal of a draft as it is now; whoever publishes with it has looked at that draft.

    Raises:
        BadInput: there is no such draft.
    """
    drafting.may(scope, client, "strategist", "team", "admin")
    with house.store.read() as conn:
        return drafting.seal(conn, drafting.open_draft(conn, client, version))


def checked(text: str, suffix: str) -> Policy:
    """The policy in a file's text.

    Raises:
        Mistakes: every mistake, one sentence each, with its place in the file.
    """
    if len(text) > MAX_BYTES:
        raise BadInput(
            f"The text has more than {MAX_BYTES:,} characters; a policy is a page or two."
        )
    try:
        return read_policy(text, suffix=suffix)
    except BadPolicy as bad:
        raise Mistakes(placed(bad.errors), " ".join(bad.errors)) from None


def _began(conn: Any, client: str, opened: Opened) -> dict[str, Any]:
    """The own values a form started with."""
    if opened.draft is not None:
        return layers.own(conn, drafting.open_draft(conn, client, opened.draft))
    if opened.preset in presets.NAMES:
        return leaves(read_policy(presets.text(opened.preset), suffix=".toml"))
    return layers.own(conn, table.version(conn, client, opened.base))


def _noted(
    conn: Any, scope: Scope, now: datetime, client: str, version: int, more: str = ""
) -> int:
    said = f"Policy draft v{version} was written.{more}"
    note(conn, scope, now, client, kind="policy", ref=f"v{version}", sentence=said)
    return version

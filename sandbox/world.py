"""The whole simulated market, usable in process; the servers are thin covers over it."""

from __future__ import annotations

import fcntl
import os
import secrets
import threading
import weakref
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sandbox import crm, truth
from sandbox.advance import advance
from sandbox.applying import apply, draft_of
from sandbox.google.failures import refuse
from sandbox.google.gaql import search
from sandbox.google.mutate.run import run
from sandbox.google.wire import MutateRequest, resource_name, set_enum
from sandbox.seeding import request_for
from sandbox.spec import AccountSpec, OutsideEdit, Review, Shock
from sandbox.state import Account
from sandbox.store import Store

MANAGER_ID = "9990000001"


class WorldError(Exception):
    """A request that this world cannot do; the text says why and what to do."""


class World:
    """One world in one folder. Every method is safe to call from several threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._release = weakref.finalize(self, os.close, _hold(folder))
        self._store = Store(folder)
        meta = self._store.meta()
        if "secret" not in meta:
            self._store.put_meta("secret", secrets.token_hex(24))
            self._store.put_meta("control_token", secrets.token_urlsafe(24))
            meta = self._store.meta()
        self.secret, self.control_token = meta["secret"], meta["control_token"]
        self.seed = int(meta.get("seed", "1"))
        self._now = datetime.fromisoformat(meta["now"]) if "now" in meta else None
        self._accounts = self._store.accounts()
        self._shocks = [Shock.model_validate_json(each) for each in self._store.shocks()]
        if self._now is not None:
            self._export(self._now)

    def close(self) -> None:
        """Close the world's file; everything answered is on disk already."""
        with self._lock:
            self._store.close()
            self._release()

    @property
    def now(self) -> datetime:
        """The simulated instant, UTC.

        Raises:
            WorldError: the world has not begun.
        """
        if self._now is None:
            raise WorldError("This world has no time yet; open it with an instant and a seed.")
        return self._now

    def open(self, now: datetime, seed: int) -> datetime:
        """Begin the world at an instant. Saying the same twice is fine.

        Raises:
            WorldError: it began otherwise.
        """
        begin = now.astimezone(UTC)
        with self._lock:
            meta = self._store.meta()
            if "begin" in meta:
                if (meta["begin"], meta["seed"]) != (begin.isoformat(), str(seed)):
                    raise WorldError(f"This world began at {meta['begin']}, seed {meta['seed']}.")
                return self.now
            with self._store.change():
                for key, value in (("begin", begin), ("now", begin)):
                    self._store.put_meta(key, value.isoformat())
                self._store.put_meta("seed", str(seed))
            self._now, self.seed = begin, seed
            return begin

    def customers(self) -> list[str]:
        """Customer ids of all ad accounts."""
        with self._lock:
            return list(self._accounts)

    def account(self, customer_id: str) -> Account:
        """One account; treat it as read only.

        Raises:
            WorldError: there is none of that id.
        """
        found = self._accounts.get(customer_id)
        if found is None:
            raise WorldError(f"There is no account {customer_id}; there are {self.customers()}.")
        return found

    def add_account(self, spec: AccountSpec) -> None:
        """Create an account with its campaigns. The same specification twice is fine.

        Raises:
            WorldError: another account has that id.
            Refused: a campaign breaks one of Google's rules.
        """
        with self._lock:
            old = self._accounts.get(spec.customer_id)
            if old is not None:
                if old.spec != spec:
                    raise WorldError(f"There is another account {spec.customer_id} already.")
                return
            floor = self.now.replace(minute=0, second=0, microsecond=0)
            first = floor if floor == self.now else floor + timedelta(hours=1)
            account = Account(spec=spec, simulated_until=first, exported_until=self.now)
            request = request_for(spec)
            if request.mutate_operations:
                apply(self._store, account, request, self.now, by="setup")
            else:
                self._store.put_account(account)
            self._accounts[spec.customer_id] = account

    def advance(self, to: datetime) -> datetime:
        """Move every account to an instant; a moment that has passed changes nothing."""
        with self._lock:
            target = to.astimezone(UTC)
            if target <= self.now:
                return self.now
            try:
                with self._store.change():
                    for account in self._accounts.values():
                        self._move(account, target)
                    self._store.put_meta("now", target.isoformat())
            except BaseException:
                self._accounts = self._store.accounts()
                raise
            self._now = target
            self._export(target)
            return target

    def _move(self, account: Account, target: datetime) -> None:
        moved = advance(account, target, self.seed, self._shocks)
        customer = account.customer_id
        self._store.put_days(customer, ((key, account.days[key]) for key in moved.days))
        self._store.put_leads(customer, moved.leads)
        self._store.put_meters(customer, account.meters)
        self._store.put_account(account)

    def _export(self, until: datetime) -> None:
        for account in self._accounts.values():
            due = crm.export_times(account, until)
            place = self.folder / "exports" / account.customer_id
            for at in due:
                crm.export(account, at, self.folder, first=not any(place.glob("deals-*.csv")))
            if due:
                account.exported_until = due[-1]
                self._store.put_account(account)

    def search(self, customer_id: str, query: str) -> search.Found:
        """Answer a GAQL query as the platform would show things now.

        Raises:
            Refused: the query or the customer is wrong.
        """
        with self._lock:
            if customer_id == MANAGER_ID:
                return search.run_manager(query, list(self._accounts.values()), MANAGER_ID)
            account = self._reachable(customer_id)
            return search.run(
                query, account, self.now, self.seed, lambda: self._store.writes(customer_id)
            )

    def mutate(self, request: Any) -> Any:
        """Apply a `MutateGoogleAdsRequest`, all or nothing, and return the response.

        Raises:
            Refused: an operation breaks one of Google's rules; nothing was changed.
        """
        with self._lock:
            account = self._reachable(request.customer_id)
            if request.validate_only:
                return run(draft_of(account, self.now), request)
            return apply(self._store, account, request, self.now, by="api")

    def _reachable(self, customer_id: str) -> Account:
        found = self._accounts.get(customer_id)
        if found is None:
            said = f"The user has no access to customer {customer_id}."
            raise refuse("authorization_error", "USER_PERMISSION_DENIED", said, "PERMISSION_DENIED")
        return found

    def outside_edit(self, edit: OutsideEdit) -> None:
        """A person changes a campaign in Google's own screen.

        Raises:
            Refused: Google's rules forbid it.
        """
        with self._lock:
            account = self.account(edit.customer_id)
            name = resource_name(edit.customer_id, "campaigns", edit.campaign_id)
            campaign = account.entities.get(name)
            if campaign is None:
                raise WorldError(f"There is no campaign {edit.campaign_id}.")
            request = MutateRequest()
            if edit.daily_micros is not None:
                body = request.mutate_operations.add().campaign_budget_operation
                body.update.resource_name = campaign.campaign_budget
                body.update.amount_micros = edit.daily_micros
                body.update_mask.paths.append("amount_micros")
            if edit.status == "REMOVED":
                request.mutate_operations.add().campaign_operation.remove = name
            elif edit.status is not None:
                change = request.mutate_operations.add().campaign_operation
                change.update.resource_name = name
                change.update.status = 2 if edit.status == "ENABLED" else 3
                change.update_mask.paths.append("status")
            apply(self._store, account, request, self.now, by="person")

    def review(self, review: Review) -> None:
        """Google's review of an ad ends; from the next hour a disapproved ad is not served."""
        with self._lock:
            account = self.account(review.customer_id)
            found = (a for a in account.of("adGroupAds") if a.ad.id == review.ad_id)
            before = next(found, None)
            if before is None:
                raise WorldError(f"There is no ad {review.ad_id}.")
            after = type(before)()
            after.CopyFrom(before)
            set_enum(after.policy_summary, "approval_status", review.approval_status)
            entities = {**account.entities, before.resource_name: after}
            with self._store.change():
                self._store.put_entities(account.customer_id, account.entities, entities)
            account.entities = entities

    def shock(self, shock: Shock) -> None:
        """Add a change of the market; it holds for hours not simulated yet."""
        with self._lock:
            self.account(shock.customer_id)
            with self._store.change():
                self._store.add_shock(shock.model_dump_json())
            self._shocks.append(shock)

    def billed(self, customer_id: str, first: date, last: date) -> list[dict[str, Any]]:
        """The ledger of money billed, per campaign and account day, in account micros."""
        with self._lock:
            return truth.billed(self.account(customer_id), self.seed, first, last)

    def truth(self, customer_id: str) -> list[dict[str, Any]]:
        """What really happened, per campaign and account day of the click."""
        with self._lock:
            return truth.rows(self.account(customer_id), self.seed)

    def writes(self, customer_id: str) -> list[dict[str, Any]]:
        """Applied writes in order, by clients and by people; the account's setup is left out."""
        with self._lock:
            found = (body for body, _, _ in self._store.writes(customer_id))
            return [body for body in found if body["by"] != "setup"]


def _hold(folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    held = os.open(folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        os.close(held)
        raise WorldError(f"Another process serves the world in {folder}; stop it first.") from taken
    return held

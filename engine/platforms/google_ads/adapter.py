"""Google Ads behind the ``Platform`` port."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from engine.model.accounts import Account, Snapshot
from engine.model.changes import Change, Receipt
from engine.model.outcomes import Pull
from engine.platforms.google_ads import facts, structure, write
from engine.platforms.google_ads.connection import Connection
from engine.platforms.google_ads.session import Session


class GoogleAds:
    """One set of Google Ads credentials, read and written over one channel.

    Safe to share between threads. Reads and ``validate`` raise ``TryLater`` (not reached, or out of
    quota, with the wait Google asked for), ``GiveUp`` (a request that cannot succeed) or
    ``AskPerson`` (access refused or withdrawn).
    """

    key = "google_ads"

    def __init__(self, connection: Connection) -> None:
        self._session = Session(connection)

    def accounts(self) -> list[Account]:
        """The open client accounts the credentials can see, by id; managers are left out."""
        return structure.accounts(self._session)

    def snapshot(self, client: str, account: Account, now: datetime) -> Snapshot:
        """Every campaign, ad group, keyword and ad of one account that was not removed."""
        return structure.snapshot(self._session, client, account, now)

    def facts(self, client: str, account: Account, first: date, last: date, now: datetime) -> Pull:
        """Campaign-days, and the ad-days of our ads, in micros of the account's currency.

        Days after the account's today are left out. ``as_of`` is the instant of reading: how far a
        day may still move is told by its maturity.
        """
        return facts.facts(self._session, client, account, (first, last), now)

    def validate(self, account: Account, changes: Sequence[Change]) -> str:
        """Google's reason against these changes, empty when it would accept them."""
        return write.validate(self._session, account, changes)

    def apply(self, account: Account, changes: Sequence[Change]) -> Receipt:
        """Write the changes in one atomic request, sent at most once.

        It does not raise: the receipt says applied, already there, rejected (nothing was written)
        or unknown (read the account before repeating).
        """
        return write.apply(self._session, account, changes)

"""Google Ads over the simulated market, as the common suite wants every platform."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from engine.platforms import google_ads


def connection(market: Any, **more: Any) -> google_ads.Connection:
    known = market.ready["google"]
    facts: dict[str, Any] = {
        "endpoint": market.ready["grpc"],
        "token_uri": market.ready["token_uri"],
        "client_id": known["client_id"],
        "client_secret": known["client_secret"],
        "refresh_token": known["refresh_token"],
        "developer_token": known["developer_token"],
        "login_customer_id": known["login_customer_id"],
    }
    return google_ads.Connection(**(facts | more))


class Bench:
    """One platform, new accounts on demand, and a hand on its world."""

    def __init__(self, market: Any, first_account: int = 3_000_000_001) -> None:
        self.control = market.control
        self.market = market
        self.platform = google_ads.GoogleAds(connection(market))
        self._next = first_account

    def now(self) -> datetime:
        return datetime.fromisoformat(self.control.now())

    def account(self, time_zone: str = "Europe/London", **more: Any) -> Any:
        """A new account with one campaign that somebody else made."""
        number, self._next = str(self._next), self._next + 1
        foreign = {"name": "Brand by hand", "daily_micros": 20_000_000}
        spec = {
            "customer_id": number,
            "name": f"Client {number}",
            "currency": "GBP",
            "time_zone": time_zone,
            "campaigns": [foreign],
        }
        self.control.add_account(spec | more)
        return next(a for a in self.platform.accounts() if a.account == number)

    def days(self, count: int) -> datetime:
        self.control.advance(hours=24 * count)
        return self.now()

    def refused_credentials(self) -> Any:
        """The same platform with a sign-in that was withdrawn."""
        return google_ads.GoogleAds(connection(self.market, refresh_token="1//withdrawn"))

    def unreachable(self) -> Any:
        """The same platform where nobody answers."""
        return google_ads.GoogleAds(connection(self.market, endpoint="localhost:9"))

    def fail_write(self, kind: str) -> None:
        self.control.fault("Mutate", kind)

    def fail_reads(self, kind: str, times: int = 1) -> None:
        self.control.fault("SearchStream", kind, times=times)

    def edit_by_hand(self, account: Any, campaign_id: str, **edit: Any) -> None:
        """Somebody changes a campaign in the platform's own screen."""
        self.control.outside_edit(customer_id=account.account, campaign_id=int(campaign_id), **edit)

    def billed(self, account: str) -> dict[tuple[str, str], int]:
        """Money really billed, by platform campaign id and account-day."""
        return {
            (row["campaign_id"], row["day"]): row["billed_micros"]
            for row in self.control.billed(account)
        }

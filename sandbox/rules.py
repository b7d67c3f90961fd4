"""Which of this market's rules are documented by the platform, and which are our guess."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

_CHARGES = "support.google.com/google-ads/answer/10486637"
_OVERDELIVERY = "support.google.com/google-ads/answer/10487143"
_STUBS = "google-ads 34.0.0, v26 stubs"
_FRESHNESS = "support.google.com/google-ads/answer/2544985"
_PRACTICE = "developers.google.com/google-ads/api/docs/mutating/best-practices"
_SPECS = "support.google.com/google-ads/answer/7684791"


class Rule(BaseModel):
    """One rule: `source` is empty when it is guessed."""

    model_config = ConfigDict(frozen=True)

    name: str
    says: str
    status: Literal["documented", "guessed"]
    source: str = ""


def _known(name: str, says: str, source: str) -> Rule:
    return Rule(name=name, says=says, status="documented", source=source)


def _guess(name: str, says: str) -> Rule:
    return Rule(name=name, says=says, status="guessed")


RULES: tuple[Rule, ...] = (
    _known("day_limit", "A day bills at most 2x the average daily budget.", _OVERDELIVERY),
    _known("day_highest", "The day's limit follows the highest budget of that day.", _OVERDELIVERY),
    _known("month_limit", "A month bills at most 30.4x an unchanged daily budget.", _CHARGES),
    _known("month_started", "Started in mid-month: daily budget x remaining days.", _CHARGES),
    _known("month_changed", "After a change the rest bills new budget x days left.", _OVERDELIVERY),
    _guess("month_changed_same_day", "If day d had billed more at the change, that is the floor."),
    _guess("paused_month", "Pausing and resuming leaves the month's limit as it was."),
    _guess("first_enabled", "The billed month starts on the day a campaign is first enabled."),
    _guess("shared_meter", "A shared budget has one day and one month limit for all campaigns."),
    _guess("budget_swapped", "Giving a campaign another own budget counts as a change of budget."),
    _guess("day_swing", "Spend of a day swings by weekday and chance around the daily budget."),
    _known("shown_cost", "Clicks and cost show within 3 hours.", _FRESHNESS),
    _known("shown_conversions", "Conversions show 3 to 15 hours after the form fill.", _FRESHNESS),
    _known("click_day", "Conversions are dated back to the day of the click.", _FRESHNESS),
    _guess("credits", "0 to 2 % of a day's clicks and cost are credited half to four days later."),
    _guess("view_through", "Demand Gen claims conversions beyond the leads there were."),
    _guess("response", "Clicks follow D x (1 - exp(-sought / D)); campaigns of a channel share D."),
    _guess("ad_quality", "An ad's words fix its click and conversion factor, by the seed."),
    _guess("hours", "Time moves in whole UTC hours; an hour belongs to the day it begins in."),
    _guess("review", "Ads are approved at once; a later review is asked for by the scenario."),
    _known("disapproved", "A disapproved ad is not served.", _STUBS),
    _guess("keywords", "A search campaign needs an enabled keyword and ad to serve."),
    _known("default_enabled", "Campaign status is ENABLED when not set.", _STUBS),
    _known("default_shared", "explicitly_shared is true when not set.", _STUBS),
    _known("atomic", "A Mutate applies all operations or none.", _STUBS),
    _known("temp_ids", "Negative ids name things made earlier in the request.", _PRACTICE),
    _known("once", "A resource is changed once per request.", _PRACTICE),
    _known("names", "Campaign and ad group names are unique.", _STUBS),
    _guess("removed_names", "The name of a removed campaign or ad group is free again."),
    _known("billable_unit", "Amounts are multiples of the billable unit.", _STUBS),
    _guess("least_budget", "The least daily budget is 100 billable units."),
    _known("eu_declaration", "A campaign is created with its EU political declaration.", _STUBS),
    _known("rsa_counts", "3-15 headlines of 30, 2-4 descriptions of 90, paths of 15.", _SPECS),
    _known("demand_gen_counts", "1-5 headlines of 30, 1-5 descriptions of 90, name 25.", _STUBS),
    _guess("demand_gen_images", "Demand Gen ads may come without images and logos."),
    _known("page_size", "page_size is refused.", _STUBS),
    _guess("stream_batches", "A stream sends batches of 1,000 rows."),
    _known("change_event", "A bounded range within 30 days, a LIMIT, 3 minutes of delay.", _STUBS),
    _guess("removed_budget", "A campaign's own budget is removed with it."),
    _known("own_budget", "An own budget's name follows its campaign's.", _STUBS),
    _known("share_floor", "An impression share below 0.1 shows as 0.0999.", _STUBS),
)

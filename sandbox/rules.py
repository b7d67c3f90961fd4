"""Which of this market's rules are documented by the platform, and which are our guess."""

from __future__ import annotations

from sandbox.billing.ruled import Rule, guess, known

_CHARGES = "support.google.com/google-ads/answer/10486637"
_OVERDELIVERY = "support.google.com/google-ads/answer/10487143"
_STUBS = "google-ads 34.0.0, v26 stubs"
_FRESHNESS = "support.google.com/google-ads/answer/2544985"
_PRACTICE = "developers.google.com/google-ads/api/docs/mutating/best-practices"
_SPECS = "support.google.com/google-ads/answer/7684791"


RULES: tuple[Rule, ...] = (
    known("day_limit", "A day bills at most 2x the average daily budget.", _OVERDELIVERY),
    known("day_highest", "The day's limit follows the highest budget of that day.", _OVERDELIVERY),
    known("month_limit", "A month bills at most 30.4x an unchanged daily budget.", _CHARGES),
    known("month_started", "Started in mid-month: daily budget x remaining days.", _CHARGES),
    known("month_changed", "After a change the rest bills new budget x days left.", _OVERDELIVERY),
    guess("month_changed_same_day", "If day d had billed more at the change, that is the floor."),
    guess("paused_month", "Pausing and resuming leaves the month's limit as it was."),
    guess("first_enabled", "The billed month starts on the day a campaign is first enabled."),
    guess("shared_meter", "A shared budget has one day and one month limit for all campaigns."),
    guess("budget_swapped", "Giving a campaign another own budget counts as a change of budget."),
    guess("day_swing", "Spend of a day swings by weekday and chance around the daily budget."),
    known("shown_cost", "Clicks and cost show within 3 hours.", _FRESHNESS),
    known("shown_conversions", "Conversions show 3 to 15 hours after the form fill.", _FRESHNESS),
    known("click_day", "Conversions are dated back to the day of the click.", _FRESHNESS),
    guess("credits", "0 to 2 % of a day's clicks and cost are credited half to four days later."),
    guess("view_through", "Demand Gen claims conversions beyond the leads there were."),
    guess("response", "Clicks follow D x (1 - exp(-sought / D)); campaigns of a channel share D."),
    guess("ad_quality", "An ad's words fix its click and conversion factor, by the seed."),
    guess("hours", "Time moves in whole UTC hours; an hour belongs to the day it begins in."),
    guess("review", "Ads are approved at once; a later review is asked for by the scenario."),
    known("disapproved", "A disapproved ad is not served.", _STUBS),
    guess("keywords", "A search campaign needs an enabled keyword and ad to serve."),
    known("default_enabled", "Campaign status is ENABLED when not set.", _STUBS),
    known("default_shared", "explicitly_shared is true when not set.", _STUBS),
    known("atomic", "A Mutate applies all operations or none.", _STUBS),
    known("temp_ids", "Negative ids name things made earlier in the request.", _PRACTICE),
    known("once", "A resource is changed once per request.", _PRACTICE),
    known("names", "Campaign and ad group names are unique.", _STUBS),
    guess("removed_names", "The name of a removed campaign or ad group is free again."),
    known("billable_unit", "Amounts are multiples of the billable unit.", _STUBS),
    guess("least_budget", "The least daily budget is 100 billable units."),
    known("eu_declaration", "A campaign is created with its EU political declaration.", _STUBS),
    known("rsa_counts", "3-15 headlines of 30, 2-4 descriptions of 90, paths of 15.", _SPECS),
    known("demand_gen_counts", "1-5 headlines of 30, 1-5 descriptions of 90, name 25.", _STUBS),
    guess("demand_gen_images", "Demand Gen ads may come without images and logos."),
    known("page_size", "page_size is refused.", _STUBS),
    guess("stream_batches", "A stream sends batches of 1,000 rows."),
    known("change_event", "A bounded range within 30 days, a LIMIT, 3 minutes of delay.", _STUBS),
    guess("removed_budget", "A campaign's own budget is removed with it."),
    known("own_budget", "An own budget's name follows its campaign's.", _STUBS),
    known("share_floor", "An impression share below 0.1 shows as 0.0999.", _STUBS),
)

"""What Google says decides what the loop does next."""

from datetime import timedelta

import pytest

from engine.model.errors import AskPerson, GiveUp, TryLater
from engine.platforms.google_ads.errors import fault, receipt, says_duplicate
from engine.platforms.google_ads.failures import Problem, Told


def said(family: str, code: str, status: str = "INVALID_ARGUMENT", **more) -> Told:
    problem = Problem(family, code, "operations[0].update", "Google's words.")
    return Told(status, "details", (problem,), **more)


BARE = {
    status: Told(status, "no answer")
    for status in ("UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "CANCELLED")
}


@pytest.mark.parametrize(
    ("told", "kind"),
    [
        (said("authentication_error", "OAUTH_TOKEN_REVOKED", "UNAUTHENTICATED"), AskPerson),
        (said("authorization_error", "USER_PERMISSION_DENIED", "PERMISSION_DENIED"), AskPerson),
        (said("authorization_error", "CUSTOMER_NOT_ENABLED", "PERMISSION_DENIED"), AskPerson),
        (said("quota_error", "ACCESS_PROHIBITED", "RESOURCE_EXHAUSTED"), AskPerson),
        (said("mutate_error", "EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED"), AskPerson),
        (Told("PERMISSION_DENIED", "no"), AskPerson),
        (Told("SIGN_IN", "invalid_grant", sent=False, sign_in=True, lasting=True), AskPerson),
        (Told("SIGN_IN", "ConnectionError", sent=False, sign_in=True), TryLater),
        (said("quota_error", "RESOURCE_TEMPORARILY_EXHAUSTED", "RESOURCE_EXHAUSTED"), TryLater),
        (said("database_error", "CONCURRENT_MODIFICATION", "ABORTED"), TryLater),
        (said("internal_error", "TRANSIENT_ERROR", "UNAVAILABLE"), TryLater),
        *((told, TryLater) for told in BARE.values()),
        (said("query_error", "UNRECOGNIZED_FIELD"), GiveUp),
        (said("campaign_budget_error", "BUDGET_BELOW_PER_DAY_MINIMUM"), GiveUp),
        (said("policy_finding_error", "POLICY_FINDING"), GiveUp),
        (Told("UNIMPLEMENTED", "no such method"), GiveUp),
    ],
)
def test_a_failure_tells_whether_to_wait_stop_or_ask(told, kind):
    made = fault(told)
    assert type(made) is kind
    assert told.sentence.split(" (")[0] in str(made) or told.sign_in


def test_the_wait_google_asks_for_is_passed_on():
    told = said("quota_error", "RESOURCE_EXHAUSTED", wait=timedelta(seconds=90))
    assert fault(told).wait == timedelta(seconds=90)
    assert (
        "90 s"
        in receipt(Told("RESOURCE_EXHAUSTED", "", told.problems, timedelta(seconds=90))).sentence
    )


@pytest.mark.parametrize("status", sorted(BARE))
def test_a_write_without_a_clear_answer_may_have_been_applied(status):
    assert receipt(BARE[status]).outcome == "unknown"


@pytest.mark.parametrize(
    "told",
    [
        said("quota_error", "RESOURCE_EXHAUSTED", "RESOURCE_EXHAUSTED"),
        said("internal_error", "INTERNAL_ERROR", "INTERNAL"),
        said("internal_error", "DEADLINE_EXCEEDED"),
        said("internal_error", "TRANSIENT_ERROR", "UNAVAILABLE"),
    ],
)
def test_quota_and_internal_errors_on_a_write_are_unknown_too(told):
    assert receipt(told).outcome == "unknown"


@pytest.mark.parametrize(
    "told",
    [
        said("campaign_budget_error", "MONEY_AMOUNT_TOO_LARGE"),
        said("authentication_error", "OAUTH_TOKEN_REVOKED", "UNAUTHENTICATED"),
        said("database_error", "CONCURRENT_MODIFICATION", "ABORTED"),
    ],
)
def test_a_named_failure_of_a_write_is_a_rejection(told):
    assert receipt(told).outcome == "rejected"


def test_a_write_that_surely_never_left_is_told_apart_so_that_it_can_be_tried_again():
    told = Told("UNAVAILABLE", "failed to connect to all addresses", sent=False)
    assert receipt(told).outcome == "not_sent"


def test_a_rejection_names_code_field_and_request():
    told = said("campaign_budget_error", "MONEY_AMOUNT_TOO_LARGE", request_id="r-1")
    sentence = receipt(told).sentence
    for fact in ("MONEY_AMOUNT_TOO_LARGE", "operations[0].update", "Google's words", "r-1"):
        assert fact in sentence


def test_a_name_in_use_is_recognised_among_what_follows_from_it():
    duplicate = Problem("campaign_error", "DUPLICATE_CAMPAIGN_NAME", "", "")
    missing = Problem("mutate_error", "RESOURCE_NOT_FOUND", "", "")
    assert says_duplicate(Told("INVALID_ARGUMENT", "", (duplicate, missing)))
    assert not says_duplicate(Told("INVALID_ARGUMENT", "", (missing,)))


def test_a_long_list_of_problems_is_counted_not_shown():
    problem = Problem("range_error", "TOO_LOW", "x", "Too low")
    assert "and 4 more" in Told("INVALID_ARGUMENT", "", (problem,) * 7).sentence

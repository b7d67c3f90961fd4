"""From what Google said to what the loop should do (classes: Google's error reference, v26)."""

from __future__ import annotations

from collections.abc import Callable

from engine.model.changes import Receipt
from engine.model.errors import AskPerson, Fault, GiveUp, TryLater
from engine.platforms.google_ads.failures import Told

_TRANSIENT = frozenset(
    {"UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "UNKNOWN", "CANCELLED", "RESOURCE_EXHAUSTED"}
)
_REFUSED = frozenset({"UNAUTHENTICATED", "PERMISSION_DENIED"})
_DUPLICATE = frozenset({"DUPLICATE_CAMPAIGN_NAME", "DUPLICATE_ADGROUP_NAME", "DUPLICATE_NAME"})


def fault(told: Told) -> Fault:
    """The fault to raise for a failed read or check, where nothing can have been written."""
    return next(made for look in _LOOKS if (made := look(told)) is not None)


def receipt(told: Told) -> Receipt:
    """What a failed write left behind.

    Rejected when Google named what is wrong, not sent when the call never left; anything else may
    have been applied.
    """
    if not told.sent:
        return Receipt("not_sent", f"Not sent: {fault(told)}", told.request_id)
    named = told.problems and not told.has("internal_error") and told.status not in _TRANSIENT
    if named or told.status in _REFUSED:
        return Receipt("rejected", f"Nothing was written. {fault(told)}", told.request_id)
    wait = f" It asks to wait {told.wait.total_seconds():.0f} s." if told.wait else ""
    sentence = (
        f"No clear answer came back: {told.sentence}.{wait} "
        "The account is read before anything is repeated."
    )
    return Receipt("unknown", sentence, told.request_id)


def says_duplicate(told: Told) -> bool:
    """True when Google complains of a name in use; what was to hang on it is then not found."""
    return any(problem.code in _DUPLICATE for problem in told.problems)


def _sign_in(told: Told) -> Fault | None:
    if not told.sign_in:
        return None
    said = told.words.rstrip(".")
    if told.lasting:
        return AskPerson(f"Google refused the sign-in ({said}); connect Google Ads again.")
    return TryLater(f"Google's sign-in could not be reached: {said}. It is tried again.")


def _access(told: Told) -> Fault | None:
    typed = told.has("authentication_error") or told.has("authorization_error")
    bare = not told.problems and told.status in _REFUSED
    if not (typed or bare or told.has("quota_error", "ACCESS_PROHIBITED")):
        return None
    step = "connect the account again, or have its owner restore access"
    if told.has("authorization_error", "CUSTOMER_NOT_ENABLED"):
        step = "the owner of the account must open it: it is closed or was never finished"
    elif told.has("authorization_error", "DEVELOPER_TOKEN_NOT_APPROVED"):
        step = "apply for production access of the developer token"
    return AskPerson(f"Google Ads refused access: {told.sentence}. To go on, {step}.")


def _declaration(told: Told) -> Fault | None:
    if not told.has("mutate_error", "EU_POLITICAL_ADVERTISING_DECLARATION_REQUIRED"):
        return None
    return AskPerson(
        "Google Ads takes no change until every campaign says whether it carries EU political "
        f"advertising; declare it in Google Ads. It said: {told.sentence}."
    )


def _later(told: Told) -> Fault | None:
    if told.has("quota_error") or told.status == "RESOURCE_EXHAUSTED":
        return TryLater(f"Google Ads' quota is used up: {told.sentence}.", told.wait)
    busy = told.has("database_error", "CONCURRENT_MODIFICATION") or told.has("internal_error")
    if busy or (not told.problems and told.status in _TRANSIENT):
        return TryLater(f"Google Ads could not answer just now: {told.sentence}.", told.wait)
    return None


def _wrong(told: Told) -> Fault:
    return GiveUp(f"Google Ads refused: {told.sentence}. Correct it before sending again.")


_LOOKS: tuple[Callable[[Told], Fault | None], ...] = (
    _sign_in,
    _access,
    _declaration,
    _later,
    _wrong,
)

"""ad_group_criterion: keywords, positive and negative."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem
from sandbox.google.mutate.draft import Draft
from sandbox.google.mutate.kind import Kind, not_removed, required, settable_status
from sandbox.google.wire import enum_name, set_enum

_LONGEST, _MOST_WORDS = 80, 10


def check_keyword(keyword: Any) -> None:
    """Google's limits on a keyword.

    Raises:
        Problem: it is empty, too long, or its match type is missing.
    """
    required(keyword, "text", "keyword.text")
    required(keyword, "match_type", "keyword.match_type")
    if len(keyword.text) > _LONGEST or len(keyword.text.split()) > _MOST_WORDS:
        said = (
            f"The keyword {keyword.text!r} has over {_LONGEST} characters or {_MOST_WORDS} words."
        )
        raise Problem("criterion_error", "KEYWORD_TEXT_TOO_LONG", said, (("keyword", None),))
    if any(char in keyword.text for char in "!@%,*"):
        said = f"The keyword {keyword.text!r} has a character that keywords cannot have."
        raise Problem("criterion_error", "INVALID_KEYWORD_TEXT", said, (("keyword", None),))


def _create(draft: Draft, message: Any) -> None:
    required(message, "ad_group")
    group = draft.found(message.ad_group, "ad_group")
    not_removed(group, "ad_group")
    if message.WhichOneof("criterion") != "keyword":
        said = "Only keywords go into an ad group of this market."
        raise Problem("operation_access_denied_error", "CREATE_OPERATION_NOT_PERMITTED", said)
    check_keyword(message.keyword)
    settable_status(message)
    for other in draft.of("adGroupCriteria"):
        same = other.ad_group == message.ad_group and other.negative == message.negative
        if same and other.keyword == message.keyword:
            said = f"The keyword {message.keyword.text!r} is in this ad group already."
            raise Problem("mutate_error", "RESOURCE_ALREADY_EXISTS", said)
    number = draft.new_id(message.resource_name)
    message.resource_name = draft.name("adGroupCriteria", group.id, number)
    message.criterion_id = number
    set_enum(message, "type_", "KEYWORD")


def _check(draft: Draft, before: Any, after: Any) -> None:
    if before.negative:
        said = "A negative criterion cannot be changed; remove it and create another."
        raise Problem("ad_group_criterion_error", "CANT_UPDATE_NEGATIVE", said)
    settable_status(after)
    assert enum_name(after, "type_") == "KEYWORD", draft.customer_id


def _remove(draft: Draft, name: str) -> None:
    draft.found(name, "ad_group_criterion")
    draft.drop("ad_group_criterion", name)


KIND = Kind(
    name="ad_group_criterion",
    fixed=frozenset({"resource_name", "criterion_id", "ad_group", "keyword", "negative", "type"}),
    create=_create,
    check=_check,
    remove=_remove,
)

"""Refusals in Google's own shape: `GoogleAdsFailure` with an error code per problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.google.wire import Failure


@dataclass(eq=False)
class Problem(Exception):
    """One error: `family` is the oneof field of ErrorCode, such as `campaign_error`."""

    family: str
    code: str
    message: str
    path: tuple[tuple[str, int | None], ...] = ()
    trigger: str = ""

    def at(self, index: int) -> Problem:
        """The same problem, located in the operation of that index."""
        where = (("mutate_operations", index), *self.path)
        return Problem(self.family, self.code, self.message, where, self.trigger)


@dataclass(eq=False)
class Refused(Exception):
    """A whole request refused. `status` is the name of the gRPC status."""

    problems: list[Problem]
    status: str = "INVALID_ARGUMENT"
    retry_seconds: int = 0
    failure: Any = field(init=False)

    def __post_init__(self) -> None:
        """Build the failure message once."""
        super().__init__("; ".join(each.message for each in self.problems))
        self.failure = failure_of(self.problems, self.retry_seconds)


def refuse(family: str, code: str, message: str, status: str = "INVALID_ARGUMENT") -> Refused:
    """A refusal with a single problem."""
    return Refused([Problem(family, code, message)], status)


def failure_of(problems: list[Problem], retry_seconds: int = 0) -> Any:
    """A `GoogleAdsFailure` that lists the problems."""
    result = Failure()
    for each in problems:
        entry = result.errors.add()
        enum = entry.error_code.DESCRIPTOR.fields_by_name[each.family].enum_type
        setattr(entry.error_code, each.family, enum.values_by_name[each.code].number)
        entry.message = each.message
        if each.trigger:
            entry.trigger.string_value = each.trigger
        for name, index in each.path:
            element = entry.location.field_path_elements.add()
            element.field_name = name
            if index is not None:
                element.index = index
        if each.family == "quota_error":
            quota = entry.details.quota_error_details
            quota.rate_name = "Requests per service per method"
            quota.rate_scope = (
                quota.DESCRIPTOR.fields_by_name["rate_scope"]
                .enum_type.values_by_name["ACCOUNT"]
                .number
            )
            quota.retry_delay.seconds = retry_seconds
    return result

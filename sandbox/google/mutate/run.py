"""Run a Mutate on a draft: all or nothing, or one by one when partial failure is asked for."""

from __future__ import annotations

from typing import Any

from sandbox.google.failures import Problem, Refused, failure_of, refuse
from sandbox.google.mutate import (
    ad_group,
    ad_group_ad,
    ad_group_criterion,
    campaign,
    campaign_budget,
    campaign_criterion,
    campaign_label,
    label,
    masks,
)
from sandbox.google.mutate.draft import Draft, resolve_all
from sandbox.google.mutate.kind import Kind
from sandbox.google.wire import MutateResponse, OperationResponse, blank

KINDS: dict[str, Kind] = {
    each.name: each
    for each in (
        campaign_budget.KIND,
        campaign.KIND,
        ad_group.KIND,
        ad_group_ad.KIND,
        ad_group_criterion.KIND,
        campaign_criterion.KIND,
        label.KIND,
        campaign_label.KIND,
    )
}
_MOST_OPERATIONS = 10_000
_MUTABLE_RESOURCE = 1


def run(draft: Draft, request: Any) -> Any:
    """Apply a request to the draft and return the response.

    Raises:
        Refused: any operation is wrong (without partial failure); the draft is then worthless.
    """
    operations = request.mutate_operations
    if not operations:
        raise refuse("request_error", "UNKNOWN", "The request holds no operations.")
    if len(operations) > _MOST_OPERATIONS:
        raise refuse("database_error", "REQUEST_TOO_LARGE", f"Over {_MOST_OPERATIONS} operations.")
    response, problems = MutateResponse(), []
    for index, operation in enumerate(operations):
        kept = dict(draft.entities)
        entry = response.mutate_operation_responses.add()
        try:
            entry.CopyFrom(_one(draft, operation, request.response_content_type))
        except Problem as problem:
            draft.entities = kept
            problems.append(problem.at(index))
    if problems and not request.partial_failure:
        raise Refused(problems)
    if problems:
        response.partial_failure_error.code = 3
        response.partial_failure_error.message = problems[0].message
        response.partial_failure_error.details.add().Pack(failure_of(problems))
    if request.validate_only:
        del response.mutate_operation_responses[:]
    return response


def _one(draft: Draft, operation: Any, content_type: int) -> Any:
    which = operation.WhichOneof("operation") or ""
    kind = KINDS.get(which.removesuffix("_operation"))
    if kind is None:
        said = f"The operation {which or '(none)'} is not served here."
        raise Problem("mutate_error", "MUTATE_NOT_ALLOWED", said)
    body = getattr(operation, which)
    verb = body.WhichOneof("operation")
    if verb == "create":
        name = _create(draft, kind, body.create)
    elif verb == "update":
        name = _update(draft, kind, body)
    elif verb == "remove":
        name = draft.resolved(body.remove)
        draft.touch(name)
        kind.remove(draft, name)
    else:
        raise Problem("field_error", "REQUIRED", "An operation needs create, update or remove.")
    result = OperationResponse()
    shown = getattr(result, f"{kind.name}_result")
    shown.resource_name = name
    if content_type == _MUTABLE_RESOURCE + 1 and name in draft.entities:
        getattr(shown, kind.name).CopyFrom(draft.entities[name])
    return result


def _create(draft: Draft, kind: Kind, given: Any) -> str:
    message = blank(kind.name)
    message.CopyFrom(given)
    own = message.resource_name
    message.resource_name = ""
    ad_name = message.ad.resource_name if kind.name == "ad_group_ad" else ""
    if ad_name:
        message.ad.resource_name = ""
    resolve_all(message, draft.resolved)
    message.resource_name = own
    if ad_name:
        message.ad.resource_name = ad_name
    kind.create(draft, message)
    draft.touch(message.resource_name)
    draft.put(kind.name, "create", message)
    _recount(draft, kind, None, message)
    return str(message.resource_name)


def _update(draft: Draft, kind: Kind, body: Any) -> str:
    given = blank(kind.name)
    given.CopyFrom(body.update)
    resolve_all(given, draft.resolved)
    name = given.resource_name
    stored = draft.found(name, kind.name)
    paths = list(body.update_mask.paths)
    masks.check_paths(stored, paths, kind.fixed)
    after = masks.apply(kind.name, stored, given, paths)
    draft.touch(name)
    kind.check(draft, stored, after)
    draft.put(kind.name, "update", after)
    _recount(draft, kind, stored, after)
    return str(name)


def _recount(draft: Draft, kind: Kind, before: Any, after: Any) -> None:
    if kind.name != "campaign":
        return
    if before is not None and before.campaign_budget != after.campaign_budget:
        campaign.count_users(draft, before.campaign_budget)
    campaign.count_users(draft, after.campaign_budget)

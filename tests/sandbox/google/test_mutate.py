"""Mutate: all or nothing, and Google's rules one by one."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.google.failures import Refused
from sandbox.google.wire import enum_name, set_enum
from tests.sandbox.worlds import (
    CUSTOMER,
    add_budget,
    add_campaign,
    campaign,
    request,
    set_daily,
    world,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return world(tmp_path_factory.mktemp("world"))


def codes(made, req):
    with pytest.raises(Refused) as caught:
        made.mutate(req)
    return [f"{each.family}.{each.code}" for each in caught.value.problems]


def tree(name, **more):
    req = request()
    add_budget(req)
    add_campaign(req, name, **more)
    return req


def group(req, name="Group", parent=-2, temp=-3):
    body = req.mutate_operations.add().ad_group_operation.create
    body.resource_name = f"customers/{CUSTOMER}/adGroups/{temp}"
    body.campaign = f"customers/{CUSTOMER}/campaigns/{parent}"
    body.name = name
    return body


def search_ad(req, headlines, descriptions, parent=-3):
    body = req.mutate_operations.add().ad_group_ad_operation.create
    body.ad_group = f"customers/{CUSTOMER}/adGroups/{parent}"
    body.ad.final_urls.append("https://example.com/")
    for text in headlines:
        body.ad.responsive_search_ad.headlines.add().text = text
    for text in descriptions:
        body.ad.responsive_search_ad.descriptions.add().text = text
    return body


def test_a_whole_tree_by_temporary_ids_is_made_in_one_request(made):
    req = tree("Whole tree")
    group(req)
    search_ad(req, ["One", "Two", "Three"], ["First words.", "Second words."])
    keyword = req.mutate_operations.add().ad_group_criterion_operation.create
    keyword.ad_group = f"customers/{CUSTOMER}/adGroups/-3"
    keyword.keyword.text = "tax advice"
    set_enum(keyword.keyword, "match_type", "PHRASE")
    names = [
        getattr(each, each.WhichOneof("response")).resource_name
        for each in made.mutate(req).mutate_operation_responses
    ]
    stored = made.account(CUSTOMER).entities
    assert all(name in stored for name in names)
    assert stored[names[3]].ad_group == names[2]
    assert stored[names[1]].campaign_budget == names[0]
    assert stored[names[0]].reference_count == 1


def test_documented_defaults_are_applied(made):
    req = request()
    add_budget(req, shared=None).name = "Default budget"
    add_campaign(req, "Defaults", status="")
    budget, made_campaign = (
        made.account(CUSTOMER).entities[getattr(each, each.WhichOneof("response")).resource_name]
        for each in made.mutate(req).mutate_operation_responses
    )
    assert budget.explicitly_shared
    assert enum_name(made_campaign, "status") == "ENABLED"


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    good=st.lists(st.sampled_from(["tree", "budget", "pause", "rename"]), max_size=5),
    bad=st.sampled_from(["duplicate", "amount", "missing", "mask"]),
    place=st.integers(0, 5),
)
def test_one_bad_operation_anywhere_leaves_nothing_behind(made, good, bad, place):
    req = request()
    steps = [*good]
    steps.insert(min(place, len(steps)), bad)
    for index, step in enumerate(steps):
        _add(made, req, step, index)
    before = (dict(made.account(CUSTOMER).entities), made.writes(CUSTOMER))
    meters = dict(made.account(CUSTOMER).meters)
    with pytest.raises(Refused):
        made.mutate(req)
    assert (made.account(CUSTOMER).entities, made.writes(CUSTOMER)) == before
    assert made.account(CUSTOMER).meters == meters


def _add(made, req, step, index):
    core = campaign(made, "Core")
    if step in {"tree", "duplicate"}:
        add_budget(req, temp=-100 - index)
        name = "Brand" if step == "duplicate" else f"Atomic {index}"
        add_campaign(req, name, temp=-200 - index, budget=-100 - index)
    elif step in {"budget", "amount"}:
        add_budget(req, temp=-300 - index, micros=20_000_000 if step == "budget" else 5_000_001)
    elif step == "missing":
        set_daily(req, f"customers/{CUSTOMER}/campaignBudgets/999999", 10_000_000)
    else:
        body = req.mutate_operations.add().campaign_operation
        body.update.resource_name = core.resource_name
        body.update.name = "Core again"
        path = {"pause": "name", "rename": "name", "mask": "no_such_field"}[step]
        body.update_mask.paths.append(path)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            lambda b, c: setattr(b, "amount_micros", 20_000_001),
            "campaign_budget_error.NON_MULTIPLE",
        ),
        (lambda b, c: setattr(b, "amount_micros", 10_000), "campaign_budget_error.BUDGET_BELOW_"),
        (lambda b, c: setattr(b, "amount_micros", -10_000), "campaign_budget_error.NEGATIVE_MONEY"),
        (lambda b, c: setattr(c, "name", "Core"), "campaign_error.DUPLICATE_CAMPAIGN_NAME"),
        (lambda b, c: c.ClearField("name"), "field_error.REQUIRED"),
        (lambda b, c: c.ClearField("maximize_conversions"), "field_error.REQUIRED"),
        (lambda b, c: c.ClearField("contains_eu_political_advertising"), "field_error.REQUIRED"),
        (
            lambda b, c: setattr(c, "campaign_budget", c.campaign_budget + "7"),
            "mutate_error.RESOURCE_NOT",
        ),
        (
            lambda b, c: setattr(c, "resource_name", f"customers/{CUSTOMER}/campaigns/5"),
            "new_resource",
        ),
    ],
)
def test_a_campaign_that_breaks_a_rule_is_refused_with_googles_code(made, change, code):
    req = request()
    change(add_budget(req), add_campaign(req, "Broken"))
    assert codes(made, req)[0].startswith(code)


def test_an_own_budget_serves_one_campaign(made):
    req = tree("First user")
    add_campaign(req, "Second user", temp=-9)
    assert "CANNOT_USE_IMPLICITLY_SHARED" in codes(made, req)[0]


def test_the_same_thing_may_not_be_changed_twice_in_a_request(made):
    req = request()
    for micros in (20_000_000, 30_000_000):
        set_daily(req, campaign(made, "Core").campaign_budget, micros)
    assert codes(made, req) == ["mutate_error.ID_EXISTS_IN_MULTIPLE_MUTATES"]


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        ([], "field_mask_error.FIELD_MASK_MISSING"),
        (["colour"], "field_mask_error.FIELD_NOT_FOUND"),
        (["advertising_channel_type"], "field_error.IMMUTABLE_FIELD"),
        (["maximize_conversions"], "field_mask_error.FIELD_HAS_SUBFIELDS"),
    ],
)
def test_a_wrong_field_mask_is_refused(made, paths, code):
    req = request()
    body = req.mutate_operations.add().campaign_operation
    body.update.resource_name = campaign(made, "Core").resource_name
    body.update_mask.paths.extend(paths)
    assert codes(made, req) == [code]


def test_only_masked_fields_change_and_a_masked_empty_field_is_cleared(made):
    core = campaign(made, "Brand")
    req = request()
    body = req.mutate_operations.add().campaign_operation
    body.update.resource_name = core.resource_name
    body.update.name = "Ignored"
    body.update.final_url_suffix = "utm_id=7"
    body.update.maximize_conversions.target_cpa_micros = 0
    body.update_mask.paths.extend(["final_url_suffix", "maximize_conversions.target_cpa_micros"])
    made.mutate(req)
    after = campaign(made, "Brand")
    assert after.final_url_suffix == "utm_id=7"
    req = request()
    body = req.mutate_operations.add().campaign_operation
    body.update.resource_name = core.resource_name
    body.update_mask.paths.append("final_url_suffix")
    made.mutate(req)
    assert not campaign(made, "Brand").HasField("final_url_suffix")


@pytest.mark.parametrize(
    ("heads", "texts", "code"),
    [
        (["One", "Two"], ["a", "b"], "collection_size_error.TOO_FEW"),
        (["One", "Two", "Three"], ["a"], "collection_size_error.TOO_FEW"),
        (["One"] * 16, ["a", "b"], "collection_size_error.TOO_MANY"),
        (["One", "Two", "x" * 31], ["a", "b"], "string_length_error.TOO_LONG"),
        (["One", "Two", "漢" * 16], ["a", "b"], "string_length_error.TOO_LONG"),
        (["One", "Two", "Three"], ["a", "b" * 91], "string_length_error.TOO_LONG"),
    ],
)
def test_ads_keep_googles_counts_and_widths(made, heads, texts, code):
    req = tree("For ads")
    group(req)
    search_ad(req, heads, texts)
    assert codes(made, req) == [code]


def test_a_removed_campaigns_name_is_free_again_and_it_cannot_be_changed(made):
    made.mutate(tree("Short life"))
    name = campaign(made, "Short life").resource_name
    req = request()
    req.mutate_operations.add().campaign_operation.remove = name
    made.mutate(req)
    assert codes(made, req) == ["context_error.OPERATION_NOT_PERMITTED_FOR_REMOVED_RESOURCE"]
    made.mutate(tree("Short life"))


def test_validate_only_refuses_alike_and_changes_nothing(made):
    req = tree("Only looked at")
    req.validate_only = True
    before = dict(made.account(CUSTOMER).entities)
    assert not made.mutate(req).mutate_operation_responses
    assert made.account(CUSTOMER).entities == before
    bad = tree("Core")
    bad.validate_only = True
    assert codes(made, bad) == ["campaign_error.DUPLICATE_CAMPAIGN_NAME"]


def test_partial_failure_applies_the_good_and_names_the_bad(made):
    req = request()
    req.partial_failure = True
    add_budget(req, temp=-1)
    add_budget(req, temp=-2, micros=1)
    answer = made.mutate(req)
    assert answer.mutate_operation_responses[0].campaign_budget_result.resource_name
    assert answer.mutate_operation_responses[1].WhichOneof("response") is None
    assert answer.partial_failure_error.code == 3


def test_labels_hang_on_campaigns_once(made):
    req = request()
    label = req.mutate_operations.add().label_operation.create
    label.resource_name, label.name = f"customers/{CUSTOMER}/labels/-1", "ours"
    for _ in range(2):
        link = req.mutate_operations.add().campaign_label_operation.create
        link.campaign = campaign(made, "Core").resource_name
        link.label = f"customers/{CUSTOMER}/labels/-1"
    assert codes(made, req) == ["campaign_error.CAMPAIGN_LABEL_ALREADY_EXISTS"]
    del req.mutate_operations[-1]
    made.mutate(req)
    found = made.search(
        CUSTOMER, "SELECT campaign.labels FROM campaign WHERE campaign.name = 'Core'"
    )
    assert len(found.rows[0].campaign.labels) == 1

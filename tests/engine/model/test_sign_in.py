"""What is taken from an ID token, and what sign-in needs to be set up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.errors import BadInput
from engine.model.open_id import open_id
from engine.model.sign_in import SignedOut, sign_in

CLAIMS = {
    "iss": "https://id.example.com",
    "sub": "42",
    "iat": 1_794_000_000,
    "nonce": "n1",
    "email": " Priya@Example.com ",
    "email_verified": True,
    "name": "Priya  Raman",
}
GIVEN = {
    "CC_OIDC_METADATA_URL": "https://id.example.com/.well-known/openid-configuration",
    "CC_OIDC_CLIENT_ID": "cc",
    "CC_OIDC_CLIENT_SECRET": "s",
    "CC_OIDC_COOKIE_SECRET": "x" * 32,
    "CC_PUBLIC_URL": "https://cc.example.com/",
}


def made(**changed):
    return open_id(
        {**GIVEN, **changed}, proxies="10.0.0.1, 10.1.0.0/16", roles_claim="", longest=timedelta(1)
    )


def test_a_sign_in_is_known_by_issuer_and_subject_and_dated_by_its_issue():
    found = sign_in(CLAIMS)
    assert found.subject == "https://id.example.com 42"
    assert (found.email, found.name) == ("priya@example.com", "Priya Raman")
    assert found.at == datetime.fromtimestamp(1_794_000_000, UTC)
    assert found.grants is None


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_counts_only_when_the_provider_says_it_verified_it(verified):
    assert sign_in({**CLAIMS, "email_verified": verified}).email == ""


def test_two_sign_ins_of_one_person_have_two_names():
    assert sign_in(CLAIMS).session != sign_in({**CLAIMS, "nonce": "n2"}).session
    assert sign_in(CLAIMS).session == sign_in(dict(CLAIMS)).session


@pytest.mark.parametrize(
    "broken",
    [
        {"sub": ""},
        {"iss": None},
        {"iat": None},
        {"iat": True},
        {"iat": "1"},
        {"iat": 1e30},
        {"iat": float("nan")},
    ],
)
def test_a_token_that_does_not_say_who_or_when_lets_nobody_in(broken):
    with pytest.raises(SignedOut):
        sign_in({**CLAIMS, **broken})


@given(
    st.dictionaries(
        st.sampled_from([*CLAIMS, "roles"]),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    )
)
def test_whatever_a_token_holds_it_is_read_or_refused(claims):
    try:
        found = sign_in(claims, "roles")
    except SignedOut:
        return
    assert found.subject.strip()
    assert found.at.tzinfo is not None
    assert found.grants is not None


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (["admin:*", 3], {"admin:*"}),
        ("team:a, client:b", {"team:a", "client:b"}),
        (None, set()),
        ({"admin": 1}, set()),
    ],
)
def test_the_roles_claim_is_a_list_or_words(claim, words):
    assert sign_in({**CLAIMS, "roles": claim}, "roles").grants == words


def test_nothing_set_up_is_no_sign_in():
    assert (
        open_id(dict.fromkeys(GIVEN, ""), proxies="", roles_claim="", longest=timedelta(1)) is None
    )


@pytest.mark.parametrize("name", GIVEN)
def test_a_set_up_by_half_names_what_is_missing(name):
    with pytest.raises(BadInput, match=name):
        made(**{name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CC_PUBLIC_URL", "http://cc.example.com"),
        ("CC_PUBLIC_URL", "https://cc.example.com/path"),
        ("CC_PUBLIC_URL", "https://user@cc.example.com"),
        ("CC_PUBLIC_URL", "cc.example.com"),
        ("CC_OIDC_METADATA_URL", "http://id.example.com/x"),
        ("CC_OIDC_COOKIE_SECRET", "short"),
    ],
)
def test_what_would_not_be_safe_is_refused(name, value):
    with pytest.raises(BadInput, match=name):
        made(**{name: value})


def test_the_redirect_address_is_the_public_origin_and_no_secret_is_ever_printed():
    found = made()
    assert found.secrets()["auth"]["redirect_uri"] == "https://cc.example.com/oauth2callback"
    assert found.proxies == ("10.0.0.1", "10.1.0.0/16")
    assert "x" * 32 not in repr(found)
    with pytest.raises(BadInput, match="CC_PROXY"):
        open_id(GIVEN, proxies="proxy.local", roles_claim="", longest=timedelta(1))

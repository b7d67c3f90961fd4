"""The sealed name of a demo person."""

import stat

from hypothesis import given
from hypothesis import strategies as st

from engine.reporting.seal import opened, seal, secret_beside


@given(st.text("abcdefgh-.", min_size=1), st.binary(min_size=32, max_size=32))
def test_a_seal_opens_with_its_key_only(person, key):
    assert opened(seal(person, key), key) == person
    assert opened(seal(person, key), key[::-1] + b"x") is None


@given(st.text(max_size=80))
def test_no_made_up_text_opens(value):
    assert opened(value, b"k" * 32) is None


def test_the_name_cannot_be_changed_under_its_seal():
    _, mac = seal("nora", b"k" * 32).rsplit(".", 1)
    assert opened(f"sam.{mac}", b"k" * 32) is None


def test_the_key_is_made_once_and_for_its_owner_alone(tmp_path):
    store = tmp_path / "store.duckdb"
    key = secret_beside(store)
    assert len(key) == 32
    assert secret_beside(store) == key
    assert stat.S_IMODE((tmp_path / "store.duckdb.secret").stat().st_mode) == 0o600
    assert [p.name for p in tmp_path.iterdir()] == ["store.duckdb.secret"]

"""The first admin of a real store, and serving it behind a sign-in."""

import pytest


@pytest.fixture
def here(settings, monkeypatch):
    monkeypatch.setenv("CC_STORE", str(settings.store))
    monkeypatch.setenv("CC_SANDBOX", str(settings.sandbox))
    return settings


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("CC_STORE", str(tmp_path / "none.duckdb"))
    return tmp_path


def test_a_stores_first_admin_is_added_from_the_machine_itself(said, here):
    words = ("person", "--client", "alder", "--name", "Ana Ruiz", "--email", "ana@example.com")
    assert said(*words)[:2] == (0, "ana is added as admin of alder.\n")
    code, _, err = said(*words)
    assert code == 2
    assert "Somebody else signs in with that address" in err


def test_serving_a_store_that_is_not_there_names_the_next_step(said, nowhere):
    code, _, err = said("serve")
    assert code == 1
    assert "CC_STORE" in err


def test_a_sign_in_set_up_by_half_is_refused_before_anything_is_served(said, here, monkeypatch):
    monkeypatch.setenv("CC_PUBLIC_URL", "https://cc.example.com")
    code, _, err = said("serve")
    assert code == 2
    assert "CC_OIDC_METADATA_URL" in err

"""Secrets lie sealed in a file of their own; a wrong key or a broken file says so and loses nothing."""

import fcntl
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.model.errors import AskPerson
from engine.wire.vault import Vault

KEY = b"k" * 32


def test_a_secret_comes_back_and_never_stands_in_the_file(tmp_path):
    path = tmp_path / "s.vault"
    vault = Vault(path, KEY)
    vault.put("ping/priya/t1", "mailtos://me:hunter22@host")
    vault.put("ping/priya/t2", "other")
    assert Vault(path, KEY).get("ping/priya/t1") == "mailtos://me:hunter22@host"
    assert "hunter22" not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    vault.remove("ping/priya/t1")
    vault.remove("ping/priya/t1")
    assert vault.get("ping/priya/t1") is None
    assert vault.names() == ["ping/priya/t2"]
    assert [p.name for p in tmp_path.iterdir()] == ["s.vault"]


def test_another_key_reads_nothing_and_says_why(tmp_path):
    path = tmp_path / "s.vault"
    Vault(path, KEY).put("a", "b")
    with pytest.raises(AskPerson, match="another key"):
        Vault(path, b"x" * 32).get("a")
    assert Vault(path, KEY).get("a") == "b"


@pytest.mark.parametrize("key", [b"", b"short"])
def test_without_a_key_nothing_is_kept(tmp_path, key):
    with pytest.raises(AskPerson, match="CC_KEY"):
        Vault(tmp_path / "s.vault", key).put("a", "b")
    assert list(tmp_path.iterdir()) == []
    assert Vault(tmp_path / "s.vault", key).get("a") is None


def test_a_broken_file_is_not_written_over(tmp_path):
    path = tmp_path / "s.vault"
    path.write_text("{")
    with pytest.raises(AskPerson, match="cannot be read"):
        Vault(path, KEY).put("a", "b")
    assert path.read_text() == "{"


def test_what_threads_put_and_remove_at_once_is_all_done(tmp_path):
    path = tmp_path / "s.vault"
    for n in range(20):
        Vault(path, KEY).put(f"old{n}", "x")

    def work(who):
        mine = Vault(path, KEY)
        for n in range(20):
            mine.put(f"{who}/{n}", "x")
            if who == "a":
                mine.remove(f"old{n}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, "abc"))
    assert set(Vault(path, KEY).names()) == {f"{who}/{n}" for who in "abc" for n in range(20)}
    assert [p.name for p in tmp_path.iterdir()] == ["s.vault"]


def test_another_process_in_the_middle_of_a_change_is_waited_for(tmp_path):
    vault = Vault(tmp_path / "s.vault", KEY)
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    put = threading.Thread(target=vault.put, args=("a", "b"))
    put.start()
    put.join(0.2)
    assert (put.is_alive(), vault.names()) == (True, [])
    os.close(other)
    put.join(5)
    assert vault.get("a") == "b"

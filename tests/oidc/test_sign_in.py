"""Signing in and out in a real browser, through a TLS proxy, at a real provider."""

import re
import time

import httpx2
import pytest

from tests.demo.live import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("oidc"),
    pytest.mark.timeout(300),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no Chromium on this machine"),
]


def enter(context, signed, person, path="/", **claims):
    """Sign in as somebody; the page it ends on."""
    signed.next(person, **claims)
    page = context.new_page()
    page.goto(f"{signed.url}{path}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    return page


def heading(page, name):
    page.get_by_role("heading", name=name, exact=True).wait_for()


def door(page):
    page.get_by_role("button", name=re.compile("^Sign in")).wait_for()


MENU = re.compile("Performance|Home|Inbox|Ledger|Guardrails|Engine room|People")


def door_gone(page):
    page.get_by_role("button", name="Sign out").wait_for()


def test_somebody_known_by_a_verified_address_signs_in_over_pkce(device, signed):
    faults, outside = [], []
    context = device()
    signed.next("sam")
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console",
        lambda said: faults.append(said.text) if "Content Security" in said.text else None,
    )
    page.on("request", lambda asked: outside.append(asked.url))
    page.goto(signed.url)
    page.get_by_text("Sign in with your company account").wait_for()
    assert page.get_by_text("Choose who you are").count() == 0
    page.get_by_role("button", name="Sign in", exact=True).click()
    heading(page, "Engine room")
    assert signed.asked("authorize")[-1]["code_challenge_method"] == "S256"
    cookies = {c["name"]: c for c in context.cookies(signed.url)}
    assert {"_streamlit_user", "_streamlit_xsrf"} <= set(cookies)
    assert all(c["secure"] for c in cookies.values())
    assert cookies["_streamlit_user"]["httpOnly"]
    assert faults == []
    assert {u.split("/")[2] for u in outside if u.startswith("http")} <= {
        signed.url.split("/")[2],
        signed.issuer.split("/")[2],
    }


def test_a_link_in_a_message_survives_the_sign_in(device, signed):
    page = enter(device(), signed, "priya", "/go/E-101")
    heading(page, "Inbox")
    page.wait_for_url("**/inbox?e=E-101")


def test_a_link_for_somebody_signed_in_leads_there_at_once(device, signed):
    context = device()
    door_gone(enter(context, signed, "priya"))
    page = context.new_page()
    page.goto(f"{signed.url}/go/E-101")
    page.wait_for_url("**/inbox?e=E-101")


def test_logging_out_in_one_tab_ends_the_other_and_the_cookie_kept_aside(device, signed):
    context = device()
    first = enter(context, signed, "sam")
    heading(first, "Engine room")
    second = context.new_page()
    second.goto(f"{signed.url}/ledger")
    heading(second, "Ledger")
    elsewhere = device()
    heading(enter(elsewhere, signed, "sam"), "Engine room")
    kept = context.cookies(signed.url)

    first.get_by_role("button", name="Sign out").click()
    door(first)
    assert "id_token_hint" in signed.asked("end")[-1]
    second.get_by_role("link", name="Data sources").click()
    door(second)
    assert second.get_by_role("heading", name="Data sources").count() == 0

    replayed = device()
    replayed.add_cookies(kept)
    page = replayed.new_page()
    page.goto(signed.url)
    page.get_by_text("You signed out").wait_for()

    other = elsewhere.pages[0]
    other.reload()
    heading(other, "Engine room")


def test_revoked_in_mid_session_is_out_without_a_click_and_back_by_a_new_sign_in(device, signed):
    theirs = device()
    page = enter(theirs, signed, "tom")
    door_gone(page)
    admin = enter(device(), signed, "sam", "/people")
    heading(admin, "Engine room")
    admin.goto(f"{signed.url}/people?person=tom")
    admin.get_by_role("button", name="End all sign-ins").click()
    admin.get_by_text("All sign-ins of Tom Okafor are ended").wait_for()
    page.get_by_text("Your sign-ins were ended").wait_for()
    signed.next("tom", iat=int(time.time()) + 2)
    page.get_by_role("button", name="Sign in again").click()
    door_gone(page)


def test_a_sign_in_of_yesterday_is_too_old(device, signed):
    page = enter(device(), signed, "priya", iat=int(time.time()) - 13 * 3600)
    page.get_by_text("Your sign-in has grown too old").wait_for()
    assert page.get_by_role("link", name=MENU).count() == 0


def test_who_is_not_known_gets_nothing_but_whom_to_ask(device, signed):
    page = enter(device(), signed, "mallory")
    page.get_by_text("Nobody here is known as mallory@example.com").wait_for()
    page.get_by_role("button", name="Sign out").wait_for()
    assert page.get_by_role("link", name=MENU).count() == 0


def test_the_server_itself_believes_only_its_proxy(signed):
    public = signed.url.removeprefix("https://")

    forged = {"x-forwarded-for": "127.0.0.9", "x-forwarded-proto": "https"}
    assert ask(signed.inside, host="evil.example").status_code == 421
    assert ask(signed.inside, host=public).status_code == 403
    assert ask(signed.inside, host=public, **{"x-forwarded-proto": "https"}).status_code == 403
    assert ask(signed.inside, host=public, **forged).status_code == 403


def ask(url, **headers):
    """A plain request, as anybody may send one."""
    return httpx2.get(url, headers=headers, verify=False, trust_env=False, timeout=20)


def test_a_foreign_host_is_refused_through_the_proxy_too(signed):
    assert ask(signed.url).status_code == 200
    assert ask(signed.url, host="evil.example").status_code == 421


def test_the_demo_door_does_not_exist(signed):
    answer = ask(f"{signed.url}/demo/enter/priya")
    assert "location" not in answer.headers
    assert "cc_demo_person" not in answer.headers.get("set-cookie", "")

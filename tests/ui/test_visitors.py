"""Who asks: a login, the one user of this machine, or a browser among others."""

from __future__ import annotations

from http.cookies import SimpleCookie

import httpx
import pytest

from ui.launch import launch
from ui.visitors import COOKIE, new_cookie, user_name


def test_a_login_is_the_name() -> None:
    assert user_name("an", {COOKIE: "x" * 43}) == "an"


def test_without_login_and_cookie_everybody_is_one() -> None:
    assert user_name(None, {}) == user_name(None, {COOKIE: "../x"}) == "local"


def test_each_browser_has_a_name_that_does_not_tell_its_cookie() -> None:
    made = [SimpleCookie(new_cookie().decode())[COOKIE] for _ in range(2)]
    assert all(cookie["httponly"] and cookie["samesite"] == "Strict" for cookie in made)
    names = [user_name(None, {COOKIE: cookie.value}) for cookie in made]
    assert names[0] != names[1]
    assert names[0] == user_name(None, {COOKIE: made[0].value})
    assert made[0].value not in names[0]


@pytest.mark.parametrize(("host", "named"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_only_a_page_that_is_open_to_others_names_browsers(assistant: object, host: str, named: bool) -> None:
    serving = launch(assistant, host=host, port=0, block=False, on_ready=lambda address: None)
    try:
        port = serving.address.rpartition(":")[2]
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as browser:
            assert (COOKIE in browser.get("/").cookies) is named
            # Known already, and not on every file of the page.
            assert COOKIE not in browser.get("/").cookies
            assert COOKIE not in browser.get("/config").cookies
    finally:
        serving.close()

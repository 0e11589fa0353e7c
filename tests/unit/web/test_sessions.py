import pytest
from starlette.requests import Request

from qa_service.web.sessions import COOKIE, Sessions, StaleForm, TooManyAttempts

KEY = "a-key-of-many-letters"


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def request(cookie: str = "", **headers: str) -> Request:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    if cookie:
        pairs.append((b"cookie", f"{COOKIE}={cookie}".encode()))
    pairs.append((b"host", b"papers.example"))
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "headers": pairs,
        "scheme": "http",
        "server": ("papers.example", 80),
        "query_string": b"",
    }
    return Request(scope)


def signed_in(sessions: Sessions) -> str:
    token = sessions.sign_in(KEY)
    assert token is not None
    return token


def test_the_right_key_opens_a_session_and_a_wrong_one_none() -> None:
    sessions = Sessions(KEY)
    assert sessions.is_open(request(signed_in(sessions)))
    assert sessions.sign_in("another-key-of-letters") is None
    assert not sessions.is_open(request())


def test_a_session_ends_after_eight_hours() -> None:
    clock = Clock()
    sessions = Sessions(KEY, clock)
    token = signed_in(sessions)
    clock.now += 8 * 3600 - 1
    assert sessions.is_open(request(token))
    clock.now += 2
    assert not sessions.is_open(request(token))


def test_a_changed_cookie_opens_nothing() -> None:
    sessions = Sessions(KEY)
    token = signed_in(sessions)
    expiry, rest = token.split(".", 1)
    assert not sessions.is_open(request(f"{int(expiry) + 9999}.{rest}"))
    assert not sessions.is_open(request(token[:-1] + ("0" if token[-1] != "0" else "1")))
    assert not sessions.is_open(request("nonsense"))


def test_a_cookie_of_another_process_opens_nothing() -> None:
    assert not Sessions(KEY).is_open(request(signed_in(Sessions(KEY))))


def test_an_ended_session_stays_ended() -> None:
    sessions = Sessions(KEY)
    token = signed_in(sessions)
    sessions.end(request(token))
    assert not sessions.is_open(request(token))


def test_without_a_key_nobody_signs_in() -> None:
    assert Sessions(None).sign_in("") is None


def test_too_many_wrong_keys_are_stopped_and_a_minute_later_heard_again() -> None:
    clock = Clock()
    sessions = Sessions(KEY, clock)
    for _ in range(10):
        assert sessions.sign_in("wrong") is None
    with pytest.raises(TooManyAttempts):
        sessions.sign_in(KEY)
    clock.now += 61
    assert sessions.sign_in(KEY) is not None


def test_a_form_is_good_for_the_session_that_it_was_given_to_only() -> None:
    sessions = Sessions(KEY)
    mine, theirs = request(signed_in(sessions)), request(signed_in(sessions))
    token = sessions.form_token(mine)
    sessions.check_form(mine, token)
    with pytest.raises(StaleForm):
        sessions.check_form(theirs, token)
    with pytest.raises(StaleForm):
        sessions.check_form(mine, "")


def test_a_session_token_is_no_form_token() -> None:
    sessions = Sessions(KEY)
    with pytest.raises(StaleForm):
        sessions.check_form(request(), signed_in(sessions))


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "http://papers.example:8080"},
    ],
)
def test_a_form_that_the_browser_says_comes_from_elsewhere_is_refused(headers: dict[str, str]) -> None:
    sessions = Sessions(KEY)
    token = sessions.form_token(request())
    with pytest.raises(StaleForm):
        sessions.check_form(request(**headers), token)


@pytest.mark.parametrize(
    "headers", [{"sec_fetch_site": "same-origin"}, {"origin": "null"}, {"origin": "http://papers.example"}]
)
def test_a_form_of_our_own_is_taken(headers: dict[str, str]) -> None:
    sessions = Sessions(KEY)
    sessions.check_form(request(**headers), sessions.form_token(request()))

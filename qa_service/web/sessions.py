"""Who is signed in, and proof that a form came from a page of ours.

Cookies and form tokens are signed with a key that lives and dies with the process: a restart signs
everybody out. Ended sessions are remembered until they would have ended by themselves.
"""

import hmac
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request, Response

from qa_service.api.dependencies import same_key
from qa_service.errors import BadRequest, QAServiceError

COOKIE = "paperclerk_officer"
_SESSION_SECONDS = 8 * 3600  # a working day
_FORM_SECONDS = 24 * 3600
_MOST_FAILURES = 10
_FAILURE_SECONDS = 60.0


class SignInNeeded(QAServiceError):
    """A page for officers, asked for by somebody who is not signed in."""

    code = "sign_in_needed"

    def __init__(self) -> None:
        super().__init__("this page is for officers: sign in with the administrator's key")


class TooManyAttempts(QAServiceError):
    """Too many wrong keys in a short time."""

    code = "too_many_attempts"

    def __init__(self) -> None:
        super().__init__("too many wrong keys were given; wait a minute and try again")


class StaleForm(BadRequest):
    """A form that no page of ours gave out, or gave out too long ago."""

    code = "stale_form"

    def __init__(self) -> None:
        super().__init__("this form is no longer valid: go back, load the page again, and send it once more")


class Sessions:
    """Signs cookies and forms. `admin_key` is None where nobody can sign in."""

    def __init__(self, admin_key: str | None, clock: Callable[[], float] = time.time) -> None:
        self._admin_key, self._clock = admin_key, clock
        self._secret = secrets.token_bytes(32)
        self._ended: dict[str, float] = {}
        self._failures: deque[float] = deque(maxlen=_MOST_FAILURES)
        self._lock = threading.Lock()

    def sign_in(self, key: str) -> str | None:
        """Return a session's token for the administrator's key, None for another. Raises TooManyAttempts."""
        now = self._clock()
        with self._lock:
            if len(self._failures) == _MOST_FAILURES and now - self._failures[0] < _FAILURE_SECONDS:
                raise TooManyAttempts
            if self._admin_key is None or not same_key(key, self._admin_key):
                self._failures.append(now)
                return None
        return self._signed("session", _SESSION_SECONDS)

    def end(self, request: Request) -> None:
        """End the session of a request, if it has one."""
        token = request.cookies.get(COOKIE, "")
        if self._holds("session", token):
            with self._lock:
                now = self._clock()
                self._ended = {each: ends for each, ends in self._ended.items() if ends > now}
                self._ended[token] = now + _SESSION_SECONDS

    def is_open(self, request: Request) -> bool:
        """Return whether the request comes from somebody who is signed in."""
        token = request.cookies.get(COOKIE, "")
        return self._admin_key is not None and self._holds("session", token) and token not in self._ended

    def form_token(self, request: Request) -> str:
        """Return what a form carries to show that a page of ours gave it out, to this session."""
        return self._signed(f"form:{request.cookies.get(COOKIE, '')}", _FORM_SECONDS)

    def check_form(self, request: Request, token: str) -> None:
        """Raise StaleForm unless the form came from a page of ours that was given to this session."""
        if _from_elsewhere(request) or not self._holds(f"form:{request.cookies.get(COOKIE, '')}", token):
            raise StaleForm

    def _signed(self, purpose: str, seconds: int) -> str:
        body = f"{int(self._clock()) + seconds}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._signature(purpose, body)}"

    def _holds(self, purpose: str, token: str) -> bool:
        body, _, signature = token.rpartition(".")
        if not body or not hmac.compare_digest(signature.encode(), self._signature(purpose, body).encode()):
            return False
        return int(body.partition(".")[0]) > self._clock()

    def _signature(self, purpose: str, body: str) -> str:
        return hmac.new(self._secret, f"{purpose}|{body}".encode(), "sha256").hexdigest()


def _from_elsewhere(request: Request) -> bool:
    """Return whether the browser says that another site sent the form.

    Browsers say so in Sec-Fetch-Site over TLS and on this machine; else in Origin, which Referrer-Policy:
    no-referrer makes "null" for our own forms too, so that it then says nothing.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    return origin != "null" and origin.partition("://")[2] != request.headers.get("host")


def sessions_of(request: Request) -> Sessions:
    """Return the sessions that the application keeps."""
    sessions: Sessions = request.app.state.sessions
    return sessions


SessionsDep = Annotated[Sessions, Depends(sessions_of)]


def require_officer(request: Request, sessions: SessionsDep) -> None:
    """Let the call pass only for somebody who is signed in. Raises SignInNeeded."""
    if not sessions.is_open(request):
        raise SignInNeeded


def keep_cookie(request: Request, response: Response, token: str) -> None:
    """Hand the session to the browser: no script reads it, no other site sends it."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=_SESSION_SECONDS,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
        path="/",
    )

"""Bodies are counted while they arrive, before anything reads or parses them."""

import re
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qa_service.ingestion.pipeline import LARGEST_FILE

SMALL = 2**20
_FORM_EDGES = 2**20  # what a form puts around its files
_UPLOADS: Mapping[str, int] = {
    r"/v1/documents": LARGEST_FILE + _FORM_EDGES,
    r"/officers/upload": 4 * LARGEST_FILE + _FORM_EDGES,
}


Refusal = Callable[[Request, str], Response]


class BodyLimit:
    """Answers 413, and closes the connection, where a body is longer than its route takes.

    Pure ASGI: a form is parsed, and a file spooled to disk, before a route or its dependencies run.
    `refusal` makes the answer from the request and a sentence. Source: reliability.md section 6, U2.
    """

    def __init__(self, app: ASGIApp, refusal: Refusal) -> None:
        self._app, self._refusal = app, refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, counting."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit(scope["path"])
        declared = Headers(scope=scope).get("content-length", "0")
        counted = _Counted(limit, receive, send)
        if declared.isdecimal() and int(declared) <= limit:
            await counted.run(self._app, scope)
        if counted.exceeded or not declared.isdecimal() or int(declared) > limit:
            detail = f"more than {limit // 2**20} MiB were sent at once; send files one by one, or split them"
            response = self._refusal(Request(scope), detail)
            response.headers["Connection"] = "close"
            await response(scope, receive, send)


class _Counted:
    """One request: its body is cut off beyond the limit, and whatever the route says then is not sent."""

    def __init__(self, limit: int, receive: Receive, send: Send) -> None:
        self._limit, self._receive, self._send = limit, receive, send
        self._count = 0
        self.exceeded = False

    async def run(self, app: ASGIApp, scope: Scope) -> None:
        try:
            await app(scope, self._counting, self._guarding)
        except ClientDisconnect:
            if not self.exceeded:
                raise

    async def _counting(self) -> Message:
        message = await self._receive()
        if message["type"] == "http.request":
            self._count += len(message.get("body", b""))
            if self._count > self._limit:
                self.exceeded = True
                return {"type": "http.disconnect"}
        return message

    async def _guarding(self, message: Message) -> None:
        if not self.exceeded:
            await self._send(message)


def _limit(path: str) -> int:
    return next((limit for route, limit in _UPLOADS.items() if re.fullmatch(route, path)), SMALL)

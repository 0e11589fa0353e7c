"""The systems under test: the only place of the harness that speaks with the service."""

import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any, Protocol

from evals.errors import SystemFailed
from evals.jsonl import JsonObject

TIMEOUT_SECONDS = 120.0


class System(Protocol):
    """What can be asked questions. Every method raises SystemFailed where the system does not answer."""

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request, both as of `POST /v1/answers`."""

    def search(self, query: JsonObject) -> JsonObject:
        """Return hits as of `GET /v1/search`; `query` holds q, k and filters by name."""

    def documents(self) -> list[JsonObject]:
        """Return at least id, file_name and sha256 of every document held."""

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document, with its pages."""

    def document_text(self, document_id: str) -> str:
        """Return the stored text of one document."""

    def describe(self) -> JsonObject:
        """Return what a run records: kind, settings, encoder fingerprint, generation, templates."""


class HttpSystem:
    """A running server, spoken to as any client would."""

    def __init__(self, url: str, key: str | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise SystemFailed("open", f"{url!r} is no http or https address")
        self.url, self.key, self.timeout = url.rstrip("/"), key, timeout

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request."""
        return self._json("POST", "/v1/answers", request)

    def search(self, query: JsonObject) -> JsonObject:
        """Return hits; a list becomes a parameter given several times."""
        return self._json("GET", "/v1/search?" + urllib.parse.urlencode(query, doseq=True))

    def documents(self) -> list[JsonObject]:
        """Return every document, page after page of the list."""
        return list(self._listed())

    def _listed(self) -> Iterator[JsonObject]:
        query: JsonObject = {}
        while True:
            page = self._json("GET", "/v1/documents?" + urllib.parse.urlencode(query))
            yield from page["documents"]
            if not page.get("next"):
                return
            query["cursor"] = page["next"]

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document."""
        return self._json("GET", f"/v1/documents/{urllib.parse.quote(document_id, safe='')}")

    def document_text(self, document_id: str) -> str:
        """Return the stored text of one document."""
        body = self._json("GET", f"/v1/documents/{urllib.parse.quote(document_id, safe='')}/text")
        return str(body["text"])

    def describe(self) -> JsonObject:
        """Return what the server says of itself at /readyz."""
        return {"kind": "http", "url": self.url, **self._json("GET", "/readyz")}

    def _json(self, method: str, path: str, body: JsonObject | None = None) -> JsonObject:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.key:
            headers["X-Admin-Key"] = self.key
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - checked
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310 - checked
                value: Any = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            detail = error.read(2000).decode("utf-8", "replace")
            raise SystemFailed(f"{method} {path}", f"{error.code} {detail}") from error
        except (OSError, ValueError) as error:
            raise SystemFailed(f"{method} {path}", str(error)) from error
        if not isinstance(value, dict):
            raise SystemFailed(f"{method} {path}", "the answer is no JSON object")
        return value

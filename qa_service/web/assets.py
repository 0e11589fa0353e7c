"""The style sheet, the script and the mark: three small files of our own, named by their content."""

import hashlib
from importlib.resources import files

from fastapi import APIRouter, Response

from qa_service.errors import NotFound

router = APIRouter(include_in_schema=False)

_TYPES = {"style.css": "text/css", "script.js": "text/javascript", "mark.svg": "image/svg+xml"}
_CONTENT = {name: (files("qa_service.web") / "assets" / name).read_bytes() for name in _TYPES}
_DIGEST = {name: hashlib.sha256(content).hexdigest()[:12] for name, content in _CONTENT.items()}


def asset_url(name: str) -> str:
    """Return the address of a file of ours: it changes with the content, so that it may be kept for ever."""
    return f"/assets/{_DIGEST[name]}/{name}"


@router.get("/assets/{digest}/{name}")
def get_asset(digest: str, name: str) -> Response:
    """Return a file of ours."""
    if _DIGEST.get(name) != digest:
        raise NotFound("file", name)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_CONTENT[name], media_type=_TYPES[name], headers=headers)


@router.get("/favicon.ico")
def get_favicon() -> Response:
    """Return the mark to browsers that ask for it by its old name."""
    return Response(_CONTENT["mark.svg"], media_type=_TYPES["mark.svg"])

"""JSON Lines in and out, with the line named when one is wrong, and the digest of a value."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from evals.errors import BadDataset

JsonObject = dict[str, Any]


def text_of(path: Path) -> str:
    """Return a file's text, a byte order mark left out. Raises BadDataset where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadDataset(str(path), error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        why = f"is no UTF-8 text (byte {error.start}); save it as UTF-8, in a spreadsheet as 'CSV UTF-8'"
        raise BadDataset(str(path), why) from error


def numbered_rows(path: Path) -> Iterator[tuple[int, JsonObject]]:
    """Yield (line number from 1, object) of each line that is not blank.

    Raises BadDataset for a file that cannot be read, a line that is no JSON, or one that is no object.
    """
    for number, line in enumerate(text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadDataset(path.name, f"no JSON: {error.msg} at column {error.colno}", number) from error
        if not isinstance(row, dict):
            raise BadDataset(path.name, "a line must be one JSON object {...}", number)
        yield number, row


def read_json(path: Path) -> JsonObject:
    """Return the object that a file holds. Raises BadDataset for a file that is no JSON object."""
    try:
        value = json.loads(text_of(path))
    except json.JSONDecodeError as error:
        raise BadDataset(path.name, f"no JSON: {error.msg}", error.lineno) from error
    if not isinstance(value, dict):
        raise BadDataset(path.name, "must be one JSON object {...}")
    return value


def rows(path: Path) -> list[JsonObject]:
    """Return every object of a JSON Lines file. Raises BadDataset as `numbered_rows`."""
    return [row for _, row in numbered_rows(path)]


def write_rows(path: Path, values: Iterable[Mapping[str, Any]]) -> None:
    """Write one object a line, keys in the order given, UTF-8."""
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def write_json(path: Path, value: Any) -> None:  # noqa: ANN401 - JSON is of any type
    """Write one value, indented, keys sorted: small in a diff."""
    path.write_text(
        json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )


def digest(value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """SHA-256 of a JSON value, independent of the order of its keys."""
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()

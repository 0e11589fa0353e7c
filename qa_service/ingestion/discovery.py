"""Which files there are to ingest."""

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from qa_service.ingestion.pipeline import Failure, SourceInput, shown

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".md", ".markdown", ".txt", ".docx"})


def discover(paths: Iterable[Path]) -> Iterator[SourceInput | Failure]:
    """Yield the files under the paths given, recursively, sorted; what is not read comes as a Failure.

    Inside folders only files with the endings of papers count, links and devices are refused and hidden files
    are passed over: a folder of papers holds papers. A file that is named itself is read whatever its ending.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
            inside = [each for each in found if not _hidden(each.relative_to(path)) and not each.is_dir()]
            yield from (_input(each) for each in inside)
        elif path.exists():
            yield _input(path)
        else:
            yield Failure(shown(path), "not_found", "no such file or folder")


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _input(path: Path) -> SourceInput | Failure:
    if not stat.S_ISREG(path.stat(follow_symlinks=False).st_mode):
        return Failure(shown(path), "not_a_file", "links and devices are not followed")
    return SourceInput(path, shown(path.resolve()), shown(Path(path.name)))

"""What the evaluation wrote under `reports/` in the data directory, as far as the pages show it."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from qa_service.errors import NotFound

log = logging.getLogger(__name__)

REPORTS_FOLDER = "reports"
_NAME = re.compile(r"[\w.-]{1,120}\.(?:html|md|json)")
_MOST_REPORTS = 60
_LARGEST = 64 * 2**20


class _Read(BaseModel):
    """What is not named here is not read: reports also hold every question and answer."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Measure(_Read):
    """One measure over one set: mean over `n` questions, with a 95 % interval where there is one.

    `title` says what is measured; reports of earlier versions have none.
    """

    measure: str
    title: str = ""
    lower_is_better: bool = False
    n: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def told(self) -> str:
        """What is measured, in words."""
        return self.title or self.measure.replace("_", " ")


class Commit(_Read):
    """The state of the source."""

    commit: str | None = None
    dirty: bool | None = None


class Record(_Read):
    """What the run says of itself."""

    finished: str = ""
    questions: int | None = None
    documents: int | None = None
    git: Commit = Commit()


class SetResult(_Read):
    """One set of questions in one report."""

    name: str
    record: Record = Record()
    headline: tuple[Measure, ...] = ()


class _Report(_Read):
    sets: tuple[SetResult, ...]


@dataclass(frozen=True, slots=True)
class ReportFile:
    """One report that the evaluation wrote as JSON."""

    name: str
    sets: tuple[SetResult, ...]


def read_reports(data_dir: Path) -> tuple[list[ReportFile], list[str]]:
    """Return (the newest reports, oldest first; names of files that are no reports)."""
    found: list[ReportFile] = []
    strange: list[str] = []
    paths = sorted((data_dir / REPORTS_FOLDER).glob("*.json"), key=lambda path: path.stat().st_mtime)
    for path in paths[-_MOST_REPORTS:]:
        try:
            if path.stat().st_size > _LARGEST:
                raise ValueError("too large")  # noqa: TRY301 - refused like any other that cannot be read
            report = _Report.model_validate_json(path.read_bytes())
        except (OSError, ValidationError, ValueError) as error:
            log.warning("not a report", extra={"file": path.name, "why": type(error).__name__})
            strange.append(path.name)
            continue
        found.append(ReportFile(path.name, report.sets))
    return sorted(found, key=_finished), strange


def report_path(data_dir: Path, name: str) -> Path:
    """Return where a report lies. Raises NotFound for any other file."""
    path = data_dir / REPORTS_FOLDER / name
    if not _NAME.fullmatch(name) or path.is_symlink() or not path.is_file():
        raise NotFound("report", name)
    return path


def readable_reports(data_dir: Path) -> list[str]:
    """Return the names of reports for people, newest first."""
    paths = [path for path in (data_dir / REPORTS_FOLDER).glob("*") if path.suffix in {".html", ".md"}]
    newest = sorted(paths, key=lambda path: -path.stat().st_mtime)
    return [path.name for path in newest if _NAME.fullmatch(path.name)][:_MOST_REPORTS]


def history(reports: Sequence[ReportFile]) -> dict[str, list[SetResult]]:
    """Return the results of each set over the reports, oldest first."""
    results: dict[str, list[SetResult]] = {}
    for report in reports:
        for each in report.sets:
            results.setdefault(each.name, []).append(each)
    return results


def _finished(report: ReportFile) -> tuple[str, str]:
    return max((each.record.finished for each in report.sets), default=""), report.name

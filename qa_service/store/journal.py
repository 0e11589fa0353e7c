"""What the service and its people write: answers, feedback, labelled questions, verdicts on links, jobs."""

import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from qa_service.domain.access import Access
from qa_service.domain.register import AddedLink, Says, Verdicts
from qa_service.errors import NotFound
from qa_service.store.database import Connection, Row, open_database
from qa_service.store.documents import day, iso, new_id
from qa_service.store.migrations import JOURNAL, migrate

JOURNAL_FILE = "journal.sqlite"


@dataclass(frozen=True, slots=True)
class Job:
    """One upload or removal. `state` is queued, running, done or failed; `stage` says what is being done."""

    id: str
    made_at: str
    changed_at: str
    kind: str
    file_name: str
    target: str
    state: str
    stage: str
    code: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class LinkVerdict:
    """What a person says of one link: `commitment` and `evidence` are content keys.

    `verdict` is confirmed, corrected or rejected; `says` is given with a correction alone.
    """

    commitment: str
    evidence: str
    verdict: str
    says: str | None
    note: str
    editor: str


class Journal:
    """One connection behind a lock: what is written here is small, and durable once a call returns."""

    def __init__(self, folder: Path) -> None:
        raw = open_database(folder / JOURNAL_FILE)
        migrate(raw, JOURNAL)
        self._connection = Connection(raw)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def keep_answer(self, id_: str, request: str, reply: str, allowed: frozenset[Access], days: int) -> None:
        """Write an answer for replay, and forget those older than `days`."""
        oldest = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        with self._lock, self._connection.transaction():
            self._connection.execute("DELETE FROM answer WHERE asked_at < :oldest", {"oldest": oldest})
            self._connection.execute(
                "INSERT INTO answer (id, asked_at, access, request, reply) "
                "VALUES (:id, :at, :access, :request, :reply)",
                {"id": id_, "at": _now(), "access": _levels(allowed), "request": request, "reply": reply},
            )

    def answer(self, id_: str, allowed: frozenset[Access]) -> Row:
        """Return request and reply of an answer. Raises NotFound, also for a higher clearance's."""
        rows = self._query("SELECT * FROM answer WHERE id = :id", {"id": id_})
        if not rows or not set(rows[0]["access"].split(",")) <= {level.value for level in allowed}:
            raise NotFound("answer", id_)
        return rows[0]

    def keep_feedback(self, answer_id: str, verdict: str, comment: str) -> str:
        """Write what somebody thought of an answer; return its id."""
        id_ = new_id("f")
        with self._lock:
            self._connection.execute(
                "INSERT INTO feedback (id, answer_id, given_at, verdict, comment) "
                "VALUES (:id, :answer, :at, :verdict, :comment)",
                {"id": id_, "answer": answer_id, "at": _now(), "verdict": verdict, "comment": comment},
            )
        return id_

    def feedback(self) -> list[Row]:
        """Return all feedback with the question and reply it is about, oldest first."""
        return self._query(
            """SELECT feedback.*, answer.request, answer.reply FROM feedback
               JOIN answer ON answer.id = feedback.answer_id ORDER BY feedback.given_at, feedback.id"""
        )

    def keep_label(self, row: str) -> str:
        """Write a labelled question, a JSON object; return its id."""
        id_ = new_id("l")
        with self._lock:
            self._connection.execute(
                "INSERT INTO label (id, made_at, row) VALUES (:id, :at, :row)",
                {"id": id_, "at": _now(), "row": row},
            )
        return id_

    def labels(self) -> list[Row]:
        """Return the labelled questions, oldest first."""
        return self._query("SELECT * FROM label ORDER BY made_at, id")

    def drop_label(self, id_: str) -> None:
        """Delete a labelled question. Raises NotFound."""
        with self._lock:
            found = self._connection.query("DELETE FROM label WHERE id = :id RETURNING id", {"id": id_})
        if not found:
            raise NotFound("label", id_)

    def keep_verdict(self, verdict: LinkVerdict) -> None:
        """Add what somebody says of a link of the register; earlier verdicts stay as they were."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO link_verdict (made_at, commitment, evidence, verdict, says, note, editor) "
                "VALUES (:at, :commitment, :evidence, :verdict, :says, :note, :editor)",
                {**asdict(verdict), "at": _now()},
            )

    def keep_added_link(self, link: AddedLink, note: str, editor: str) -> None:
        """Add a link that somebody makes; it stays, and verdicts on it come beside it."""
        values = {**asdict(link), "reported_on": iso(link.reported_on), "note": note, "editor": editor}
        with self._lock:
            self._connection.execute(
                "INSERT INTO added_link "
                "(made_at, commitment, evidence, sha256, quote, says, reported_on, note, editor) VALUES "
                "(:at, :commitment, :evidence, :sha256, :quote, :says, :reported_on, :note, :editor)",
                {**values, "at": _now()},
            )

    def verdicts(self) -> Verdicts:
        """Return what people say of links by now."""
        said = {
            (row["commitment"], row["evidence"]): (row["verdict"], Says(row["says"]) if row["says"] else None)
            for row in self._query("SELECT * FROM link_verdict ORDER BY row")
        }
        added: dict[str, tuple[AddedLink, ...]] = {}
        for row in self._query("SELECT * FROM added_link ORDER BY row"):
            link = AddedLink(
                row["commitment"],
                row["evidence"],
                row["sha256"],
                row["quote"],
                Says(row["says"]),
                day(row["reported_on"]),
            )
            added[link.commitment] = (*added.get(link.commitment, ()), link)
        return Verdicts(said, added)

    def verdict_history(self) -> list[Row]:
        """Return every verdict ever given and every link ever added, oldest first: who, when, what, why."""
        return self._query(
            """SELECT made_at, commitment, evidence, verdict, says, note, editor FROM link_verdict
               UNION ALL SELECT made_at, commitment, evidence, 'added', says, note, editor FROM added_link
               ORDER BY made_at"""
        )

    def queue(self, kind: str, file_name: str, target: str) -> Job:
        """Write a job as queued; it will be run even if the service stops now."""
        id_ = new_id("j")
        with self._lock:
            self._connection.execute(
                "INSERT INTO job (id, made_at, changed_at, kind, file_name, target, state, stage) "
                "VALUES (:id, :at, :at, :kind, :file_name, :target, 'queued', 'waiting')",
                {"id": id_, "at": _now(), "kind": kind, "file_name": file_name, "target": target},
            )
        return self.job(id_)

    def job(self, id_: str) -> Job:
        """Return a job. Raises NotFound."""
        rows = self._query("SELECT * FROM job WHERE id = :id", {"id": id_})
        if not rows:
            raise NotFound("job", id_)
        return Job(**rows[0])

    def jobs(self, states: Sequence[str] = ()) -> list[Job]:
        """Return jobs, newest first; of some states only, oldest first, where states are given."""
        if not states:
            return [
                Job(**row) for row in self._query("SELECT * FROM job ORDER BY made_at DESC, id LIMIT 200")
            ]
        found = self._query("SELECT * FROM job ORDER BY made_at, id")
        return [Job(**row) for row in found if row["state"] in states]

    def update_job(
        self, id_: str, state: str, stage: str, code: str | None = None, detail: str | None = None
    ) -> None:
        """Write how far a job is."""
        with self._lock:
            self._connection.execute(
                "UPDATE job SET state = :state, stage = :stage, code = :code, detail = :detail, "
                "changed_at = :at WHERE id = :id",
                {"id": id_, "state": state, "stage": stage, "code": code, "detail": detail, "at": _now()},
            )

    def _query(self, sql: str, parameters: Row | None = None) -> list[Row]:
        with self._lock:
            return self._connection.query(sql, parameters)


def awaited_originals(folder: Path) -> frozenset[str]:
    """Return the SHA-256 of uploads that are still to be read."""
    if not (folder / JOURNAL_FILE).is_file():
        return frozenset()
    with Journal(folder) as journal:
        return frozenset(job.target for job in journal.jobs(("queued", "running")) if job.kind == "ingest")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _levels(allowed: frozenset[Access]) -> str:
    return ",".join(sorted(level.value for level in allowed))

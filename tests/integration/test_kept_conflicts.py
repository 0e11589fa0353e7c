"""What does not agree is found once a generation for each set of limits, and never shown of an older one."""

from pathlib import Path

from embeddings.hashing import HashingEncoder
from qa_service.api.register_conflicts import ConflictsQueryBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.sample import papers_directory
from qa_service.store.database import Database
from qa_service.web.kept_conflicts import KeptConflicts
from tests.factories import ingest

PAPERS = Path(papers_directory())


def test_a_list_is_kept_until_the_papers_change_and_apart_for_other_limits(tmp_path: Path) -> None:
    first = PAPERS / "marlshire-clp-2024-01-23-minutes.pdf"
    ingest(
        tmp_path / "data",
        first,
        PAPERS / "marlshire-clp-2024-01-23-agenda-pack.pdf",
        encoder=HashingEncoder(64),
    )
    kept, everything = KeptConflicts(), ConflictsQueryBody()
    database = Database(tmp_path / "data")
    with database.reading() as reader:
        before = kept.current(reader, everything, PUBLIC_ONLY)
        assert before
        assert kept.current(reader, everything, PUBLIC_ONLY) is before
        worded = kept.current(reader, ConflictsQueryBody(kind=["wording"]), PUBLIC_ONLY)
        assert {each.kind for each in worded} <= {"wording"}
        assert kept.current(reader, ConflictsQueryBody(body=["Nobody"]), PUBLIC_ONLY) == []
    ingest(tmp_path / "data", *sorted(PAPERS.glob("marlport-*")), encoder=HashingEncoder(64))
    with database.reading() as reader:
        after = kept.current(reader, everything, PUBLIC_ONLY)
        assert after is not before
        assert len(after) >= len(before)
    database.close()

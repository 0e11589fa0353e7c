from pathlib import Path

from pydantic import SecretStr

from embeddings.hashing import HashingEncoder
from evals.bench.many_papers import build
from evals.bench.page_times import KEY, measure
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.store.database import Database, open_writer
from qa_service.store.integrity import faults
from qa_service.store.overview import read_overview
from tests.integration.web_site import write_papers


def test_papers_are_multiplied_whole_and_every_kind_of_page_is_timed(tmp_path: Path) -> None:
    encoder = HashingEncoder(32)
    settings = Settings(data_dir=tmp_path / "data", admin_key=SecretStr(KEY))
    made = build(settings, 60, encoder, write_papers(tmp_path / "papers"))
    assert made >= 60
    assert build(settings, 60, encoder, tmp_path / "papers") == made
    database = Database(settings.data_dir)
    with database.reading() as reader:
        assert list(faults(reader, settings.data_dir)) == []
        overview = read_overview(reader, PUBLIC_ONLY)
    database.close()
    assert len({each.id for each in overview.papers}) == len(overview.papers) > 4
    assert len({each.held_on for each in overview.meetings}) > 4
    table = measure(settings, 2, encoder)
    kinds = {row.what.partition(":")[0] for row in table.rows}
    assert {"ask, empty", "meeting", "page of a paper", "search in a paper", "/coverage"} <= kinds
    assert all(row.value.median > 0 for row in table.rows if "CPU" not in row.what)


def test_copied_promises_and_decisions_are_searched_by_their_words(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    build(settings, 60, HashingEncoder(64), write_papers(tmp_path / "papers"))
    with open_writer(settings.data_dir) as writer:
        for kind in ("resolution", "commitment"):
            rows, searched = (
                writer.value(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own schema
                for table in (kind, f"{kind}_words")
            )
            assert rows == searched, kind
        assert writer.value("SELECT count(*) FROM resolution") > 1

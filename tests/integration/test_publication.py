"""Generations: what is damaged is noticed before use, set aside and rebuilt without the model's weights."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Question
from qa_service.errors import IndexUnavailable, IntegrityFailure
from qa_service.ingestion.pipeline import Ingestion
from qa_service.ingestion.publish import discard_old
from qa_service.store.database import Database, open_writer
from qa_service.store.generations import Generation, current_generation, generation_folder
from qa_service.store.integrity import faults
from tests.factories import ingest, write_minutes

QUESTION = Question("What did the meeting hear about the bridge at Ebbfold?")
FILES = ["vectors.faiss", "ids.npy", "columns.npz", "manifest.json", "lexical/meta.json"]


@pytest.fixture(scope="module")
def two_papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("two")
    write_minutes(root / "papers", "a.txt")
    write_minutes(root / "papers", "b.txt", "the ford at Sallow")
    ingest(root / "data", root / "papers")
    return root / "data"


@pytest.fixture
def data(two_papers: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(two_papers, tmp_path / "data"))


def no_weights() -> Encoder:
    pytest.fail("the encoder was asked for")


def recover(data: Path) -> None:
    """Open the writer as every writer does, on a machine without the model."""
    with open_writer(data) as writer:
        Ingestion(writer, data, no_weights).recover()


@pytest.fixture
def services(data: Path) -> Iterator[Services]:
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as opened:
        yield opened


def hits(data: Path) -> list[tuple[str, float]]:
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as opened:
        found = opened.answerer.search(QUESTION, 5, PUBLIC_ONLY)
    return [(candidate.passage.id, round(candidate.score, 6)) for candidate in found.candidates]


def current(data: Path) -> Generation:
    database = Database(data)
    with database.reading() as reader:
        generation = current_generation(reader, Access.PUBLIC)
    database.close()
    assert generation is not None
    return generation


def folder(data: Path) -> Path:
    return generation_folder(data, Access.PUBLIC, current(data).number)


def found_faults(data: Path) -> list[str]:
    database = Database(data)
    with database.reading() as reader:
        found = list(faults(reader, data))
    database.close()
    return found


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_in_any_index_file_is_refused_then_rebuilt_from_rows(data: Path, name: str) -> None:
    before = hits(data)
    damaged = folder(data)
    flip(damaged / name)
    with pytest.raises(IndexUnavailable, match="a server rebuilds it by itself, or run 'qa ingest'"):
        hits(data)
    assert any(fault.startswith("index:") for fault in found_faults(data))
    recover(data)
    assert hits(data) == before
    assert found_faults(data) == []
    (quarantined,) = damaged.parent.glob("quarantine-*")
    assert (quarantined / name).exists()


@pytest.mark.parametrize("name", FILES)
def test_a_missing_index_file_is_rebuilt(data: Path, name: str) -> None:
    before = hits(data)
    (folder(data) / name).unlink()
    recover(data)
    assert hits(data) == before


def test_every_file_of_the_lexical_index_is_vouched_for(data: Path) -> None:
    for path in sorted((folder(data) / "lexical").iterdir()):
        if path.stat().st_size == 0:
            continue  # a lock, which holds nothing
        content = path.read_bytes()
        flip(path)
        with pytest.raises(IndexUnavailable):
            hits(data)
        path.write_bytes(content)
    assert hits(data)


def test_an_index_of_an_older_generation_in_the_place_of_the_current_is_refused(
    tmp_path: Path, data: Path
) -> None:
    write_minutes(tmp_path / "papers", "c.txt", "the culvert")
    ingest(data, tmp_path / "papers")
    now = folder(data)
    older = generation_folder(data, Access.PUBLIC, current(data).number - 1)
    now.rename(now.with_name("set-aside"))
    older.rename(now)
    with pytest.raises(IndexUnavailable, match="not the manifest that was published"):
        hits(data)
    recover(data)
    assert hits(data)


def test_recovery_of_what_is_whole_changes_nothing(data: Path) -> None:
    before = current(data)
    recover(data)
    assert current(data) == before


def test_what_a_crash_left_beside_the_current_generation_is_deleted(data: Path) -> None:
    root = folder(data).parent
    for name in (".tmp-2", "gen-2", "gen-old-but-not-ours"):
        (root / name).mkdir()
        (root / name / "x").touch()
    recover(data)
    assert {entry.name for entry in root.iterdir()} == {"gen-1", "gen-old-but-not-ours"}


def test_a_superseded_generation_is_kept_for_requests_under_way_and_then_deleted(
    tmp_path: Path, data: Path
) -> None:
    write_minutes(tmp_path / "papers", "c.txt", "the culvert")
    ingest(data, tmp_path / "papers")
    root = folder(data).parent
    assert {entry.name for entry in root.iterdir()} == {"gen-1", "gen-2"}
    past = time.time() - 120
    os.utime(root / "gen-2", (past, past))
    discard_old(data, Access.PUBLIC, 2)
    assert {entry.name for entry in root.iterdir()} == {"gen-2"}


def test_a_damaged_vector_is_withheld_and_its_passage_still_found_by_its_words(data: Path) -> None:
    with open_writer(data) as writer:
        writer.execute("UPDATE vector SET vector = zeroblob(128) WHERE row = 1")
    assert any("vector 1 fails its hash" in fault for fault in found_faults(data))
    flip(folder(data) / "vectors.faiss")
    recover(data)
    everything = current(data)
    assert everything.vectors == everything.passages - 1
    assert hits(data)


def test_a_changed_page_is_never_quoted(data: Path, services: Services) -> None:
    assert services.answerer.search(QUESTION, 3, PUBLIC_ONLY).candidates
    with open_writer(data) as writer:
        writer.execute("UPDATE page SET text = replace(text, 'lorries', 'tractors')")
    assert any("fails its hash" in fault for fault in found_faults(data))
    with suppress(IntegrityFailure):
        outcome = services.answerer.answer(QUESTION, PUBLIC_ONLY).outcome
        assert "tractors" not in repr(outcome)


def test_a_changed_or_missing_original_is_found_by_the_check(data: Path) -> None:
    assert found_faults(data) == []
    one, other = sorted((data / "blobs").iterdir())
    flip(one)
    other.unlink()
    assert found_faults(data) == [
        f"original file {one.name[:12]} fails its hash",
        f"original file {other.name[:12]} is missing",
    ]


def test_a_server_that_is_running_sees_a_new_generation(
    tmp_path: Path, data: Path, services: Services
) -> None:
    before = services.answerer.search(Question("the culvert at Ninewells"), 5, PUBLIC_ONLY)
    write_minutes(tmp_path / "papers", "c.txt", "the culvert at Ninewells")
    ingest(data, tmp_path / "papers")
    after = services.answerer.search(Question("the culvert at Ninewells"), 5, PUBLIC_ONLY)
    assert (before.generation, after.generation) == (1, 2)
    assert after.candidates[0].passage.file_name == "c.txt"

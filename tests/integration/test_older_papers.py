"""Papers that an older version read rank lower: whoever runs the service is told how many there are."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.store.database import open_writer
from tests.factories import ingest, write_minutes


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """Return a data directory of two papers that an older version read, one of them restricted."""
    write_minutes(tmp_path / "papers", "bridge.txt")
    write_minutes(tmp_path / "papers", "ford.txt", "the ford at Sallow")
    ingest(tmp_path / "data", tmp_path / "papers")
    with open_writer(tmp_path / "data") as writer, writer.transaction():
        writer.execute("UPDATE document SET parser_version = 1")
        writer.execute("UPDATE document SET access = 'exempt' WHERE file_name = 'ford.txt'")
    return tmp_path / "data"


def test_the_public_is_told_of_public_papers_alone(stored: Path) -> None:
    with (
        open_services(Settings(data_dir=stored), HashingEncoder(64)) as services,
        TestClient(make_app(services)) as client,
    ):
        assert client.get("/readyz").json()["read_before"] == 1


def test_whoever_starts_the_service_is_told_of_all(
    tmp_path: Path, give_weights: Callable[[Path], None], repository: Path
) -> None:
    write_minutes(tmp_path / "papers", "bridge.txt")
    give_weights(tmp_path / "data")
    environment = os.environ | {"PYTHONPATH": str(repository), "QA_DATA_DIR": str(tmp_path / "data")}
    command = [sys.executable, "-m", "qa_service.cli"]
    subprocess.run(
        [*command, "ingest", tmp_path / "papers"], env=environment, check=True, capture_output=True
    )
    with open_writer(tmp_path / "data") as writer, writer.transaction():
        writer.execute("UPDATE document SET parser_version = 1")
    with subprocess.Popen(
        [*command, "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        ready = process.stdout.readline()
        process.terminate()
        told = " ".join(process.stderr.read().split())
    assert "ready on" in ready
    assert "1 paper was read by an older version; 'qa ingest' of their folder reads them again" in told

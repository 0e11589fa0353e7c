import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from embeddings.encoder import Encoder
from embeddings.exporting import is_exported
from embeddings.models import find_model
from embeddings.onnx_cross_encoder import OnnxCrossEncoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.optimise import export
from embeddings.reranker_export import adapter_sha256, export_cross_encoder, open_cross_encoder
from qa_service.bootstrap import cross_encoder_folder, exported_folder
from qa_service.config import Settings
from qa_service.documents.sandbox import Sandboxes
from tests.factories import SANDBOXES, ingest, write_minutes

# No deadline: a slow machine is no fault of the law under test.
settings.register_profile("default", max_examples=60, deadline=None)
settings.load_profile("default")


@pytest.fixture(scope="session", autouse=True)
def sandboxes() -> Iterator[Sandboxes]:
    """Yield the sandboxes of `ingest`, whose children end with the session."""
    with SANDBOXES:
        yield SANDBOXES


@pytest.fixture(scope="session")
def exported(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the default model as served: exported once, kept in pytest's cache."""
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir("exported")) / "all-MiniLM-L6-v2-int8"
    if not is_exported(folder):
        export(find_model(), folder, "int8")
    return folder


@pytest.fixture(scope="session")
def onnx(exported: Path) -> Encoder:
    """Return the serving encoder."""
    return OnnxEncoder(exported, find_model(), threads=2)


@pytest.fixture(scope="session")
def exported_cross_encoder(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the cross-encoder as served: exported once, kept in pytest's cache."""
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir("exported")) / f"cross-encoder-{adapter_sha256()[:12]}"
    if not is_exported(folder):
        export_cross_encoder(folder)
    return folder


@pytest.fixture(scope="session")
def cross_encoder(exported_cross_encoder: Path) -> OnnxCrossEncoder:
    """Return the cross-encoder that ships."""
    return open_cross_encoder(exported_cross_encoder)


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the folder that holds the packages."""
    return Path(__file__).parent.parent


@pytest.fixture(scope="session")
def sample(
    onnx: Encoder,
    repository: Path,
    give_weights: Callable[[Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a data directory of the sample council's papers, ingested once, with weights. Read only."""
    data_dir = tmp_path_factory.mktemp("sample") / "data"
    give_weights(data_dir)
    ingest(data_dir, repository / "qa_service" / "sample" / "papers", encoder=onnx)
    return data_dir


Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def qa(repository: Path) -> Run:
    """Return a function that runs the command `qa` in a process of its own."""

    def run(*arguments: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "qa_service.cli", *map(str, arguments)],
            env=kept | {"PYTHONPATH": str(repository)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def give_weights(exported: Path, exported_cross_encoder: Path) -> Callable[[Path], None]:
    """Return what puts exported models where a data directory keeps them: no command exports them again."""

    def give(data_dir: Path) -> None:
        settings = Settings(data_dir=data_dir)
        places = {
            exported_folder(settings): exported,
            cross_encoder_folder(settings): exported_cross_encoder,
        }
        for target, made in places.items():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(made, target_is_directory=True)

    return give


@pytest.fixture(scope="session")
def served(give_weights: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory, qa: Run) -> Path:
    """Return a data directory of two short minutes, ingested by `qa` with the real encoder. Read only."""
    root = tmp_path_factory.mktemp("served")
    write_minutes(root / "papers", "bridge.txt")
    write_minutes(root / "papers", "ford.txt", "the ford at Sallow")
    give_weights(root / "data")
    done = qa("ingest", root / "papers", "--data-dir", root / "data")
    assert done.returncode == 0, done.stderr
    return root / "data"

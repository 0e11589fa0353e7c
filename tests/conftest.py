from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from embeddings.models import find_model
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.optimise import export


@pytest.fixture(scope="session")
def exported(request: pytest.FixtureRequest) -> Path:
    """Return the folder of the default model as served: exported once, kept in pytest's cache."""
    cache = request.config.cache
    assert cache is not None
    folder = Path(cache.mkdir("exported")) / "all-MiniLM-L6-v2-int8"
    if not (folder / "manifest.json").is_file():
        export(find_model(), folder, "int8")
    return folder


@pytest.fixture(scope="session")
def onnx(exported: Path) -> Encoder:
    """Return the serving encoder."""
    return OnnxEncoder(exported, find_model(), threads=2)

import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import normalised
from embeddings.errors import BadIndexFile
from embeddings.files import file_sha256
from embeddings.index_file import read_index, read_manifest, seal, write_index


@pytest.fixture
def sealed(tmp_path: Path) -> tuple[Path, str]:
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "meta.json").write_text("{}")
    write_index(tmp_path, np.array([3, 4, 5]), normalised(np.eye(3)))
    return tmp_path, seal(tmp_path, "hashing/3", 3, 3)


def test_a_sealed_folder_is_read_as_written(sealed: tuple[Path, str]) -> None:
    folder, sha256 = sealed
    manifest = read_manifest(folder, sha256)
    assert (manifest.fingerprint, manifest.dim, manifest.count) == ("hashing/3", 3, 3)
    assert set(manifest.files) == {"vectors.faiss", "ids.npy", "lexical/meta.json"}
    query = normalised(np.eye(3))[1]
    assert read_index(folder).search(query, 1) == [(4, 1.0)]


@pytest.mark.parametrize("name", ["vectors.faiss", "ids.npy", "lexical/meta.json"])
def test_one_changed_bit_of_any_file_is_caught(sealed: tuple[Path, str], name: str) -> None:
    folder, sha256 = sealed
    damaged = bytearray((folder / name).read_bytes())
    damaged[-1] ^= 1
    (folder / name).write_bytes(damaged)
    with pytest.raises(BadIndexFile, match=r"fails its SHA-256") as caught:
        read_manifest(folder, sha256)
    assert caught.value.path == folder / name


@pytest.mark.parametrize("name", ["vectors.faiss", "ids.npy", "lexical/meta.json", "manifest.json"])
def test_a_missing_file_is_caught(sealed: tuple[Path, str], name: str) -> None:
    folder, sha256 = sealed
    (folder / name).unlink()
    with pytest.raises(BadIndexFile, match=r"missing|no manifest"):
        read_manifest(folder, sha256)


def test_a_manifest_that_was_not_published_is_refused_even_if_it_fits_its_files(
    sealed: tuple[Path, str],
) -> None:
    folder, sha256 = sealed
    seal(folder, "hashing/3", 3, 2)
    with pytest.raises(BadIndexFile, match="not the manifest that was published"):
        read_manifest(folder, sha256)


def test_a_manifest_of_another_format_is_refused(sealed: tuple[Path, str]) -> None:
    folder, _ = sealed
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 9, "news": 1}))
    with pytest.raises(BadIndexFile, match="format 9"):
        read_manifest(folder, file_sha256(path))

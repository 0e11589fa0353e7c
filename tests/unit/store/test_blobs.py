import errno
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.errors import (
    NotFound,
    SourceTooLarge,
    StorageBroken,
    StorageFull,
    StorageReadOnly,
    UnreadableSource,
)
from qa_service.store.blobs import blob_path, damaged_originals, discard_strays, keep_file, keep_stream
from qa_service.store.disk import disk_errors

BYTES = b"a paper"
SHA256 = hashlib.sha256(BYTES).hexdigest()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    assert keep_stream(tmp_path, iter([b"a ", b"paper"]), "a.pdf", None) == SHA256
    assert blob_path(tmp_path, SHA256).read_bytes() == BYTES
    assert files(tmp_path) == {SHA256}


def test_a_file_kept_twice_is_kept_once(tmp_path: Path) -> None:
    source = tmp_path / "a.pdf"
    source.write_bytes(BYTES)
    data = tmp_path / "data"
    assert keep_file(data, source, "a.pdf") == keep_file(data, source, "a.pdf") == SHA256
    assert files(data) == {SHA256}


def test_more_bytes_than_allowed_leave_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceTooLarge):
        keep_stream(tmp_path, iter([BYTES]), "a.pdf", len(BYTES) - 1)
    assert files(tmp_path) == set()
    assert keep_stream(tmp_path, iter([BYTES]), "a.pdf", len(BYTES)) == SHA256


def test_a_stream_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"a "
        raise ConnectionResetError

    with pytest.raises(StorageBroken):
        keep_stream(tmp_path, broken(), "a.pdf", None)
    assert files(tmp_path) == set()


def test_a_source_that_cannot_be_opened_is_the_sources_fault(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="No such file"):
        keep_file(tmp_path / "data", tmp_path / "gone.pdf", "gone.pdf")


def test_an_original_that_is_not_kept_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        blob_path(tmp_path, SHA256)


def test_old_strays_go_and_young_or_wanted_files_stay(tmp_path: Path) -> None:
    wanted, stray, young = (keep_stream(tmp_path, iter([part]), "x", None) for part in (b"1", b"2", b"3"))
    part = tmp_path / "staging" / "x.part"
    part.touch()
    old = time.time() - 3700
    for path in (blob_path(tmp_path, wanted), blob_path(tmp_path, stray), part):
        os.utime(path, (old, old))
    assert discard_strays(tmp_path, frozenset({wanted})) == 2
    assert files(tmp_path) == {wanted, young}


def test_an_original_whose_bytes_changed_is_named(tmp_path: Path) -> None:
    keep_stream(tmp_path, iter([b"other"]), "x", None)
    sha256 = keep_stream(tmp_path, iter([BYTES]), "x", None)
    assert damaged_originals(tmp_path) == []
    blob_path(tmp_path, sha256).write_bytes(b"a Paper")
    assert damaged_originals(tmp_path) == [sha256]


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EROFS, StorageReadOnly),
        (errno.EACCES, StorageReadOnly),
        (errno.EIO, StorageBroken),
    ],
)
def test_what_the_disk_says_becomes_an_error_that_says_what_to_do(
    tmp_path: Path, number: int, kind: type[Exception]
) -> None:
    with pytest.raises(kind), disk_errors(tmp_path):
        raise OSError(number, os.strerror(number))

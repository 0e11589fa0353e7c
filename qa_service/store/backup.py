"""Copies everything that cannot be rebuilt into one file, and back."""

import io
import json
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

import apsw

from embeddings.files import file_sha256, fsync
from qa_service.errors import IntegrityFailure, NotADataDirectory
from qa_service.store.blobs import BLOBS_FOLDER
from qa_service.store.database import DATABASE_FILE
from qa_service.store.journal import JOURNAL_FILE

_CONTENTS = "contents.json"
_OURS = "give a file that 'qa backup' wrote"


def back_up(data_dir: Path, target: Path) -> int:
    """Write databases and original files into a tar file, whole or not at all; return its size in bytes.

    Each database is copied as of one moment, while others may read and write. Index files are left out:
    they are rebuilt from the databases. Raises NotADataDirectory, also where the target has no folder.
    """
    if not (data_dir / DATABASE_FILE).is_file():
        raise NotADataDirectory(data_dir, "holds no papers yet")
    if not target.parent.is_dir():
        raise NotADataDirectory(target.parent, "is no folder to write a backup into", "make it first")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as temporary:
        part = Path(temporary) / "part.tar"
        contents: dict[str, str] = {}
        with tarfile.open(part, "w") as tar:
            for name in (DATABASE_FILE, JOURNAL_FILE):
                if (data_dir / name).is_file():
                    copy = Path(temporary) / name
                    _copy_database(data_dir / name, copy)
                    _add(tar, copy, name, contents)
            for blob in sorted((data_dir / BLOBS_FOLDER).glob("*")):
                with suppress(FileNotFoundError):  # a writer that starts meanwhile deletes what no paper has
                    _add(tar, blob, f"{BLOBS_FOLDER}/{blob.name}", contents)
            listing = json.dumps(contents, indent=1).encode()
            entry = tarfile.TarInfo(_CONTENTS)
            entry.size = len(listing)
            tar.addfile(entry, io.BytesIO(listing))
        fsync(part)
        part.replace(target)
        fsync(target.parent)
    return target.stat().st_size


def restore(source: Path, data_dir: Path) -> int:
    """Unpack a backup into a new data directory after checking every file; return how many there are.

    Raises NotADataDirectory if the directory is not empty or the file is no backup, IntegrityFailure.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        raise NotADataDirectory(data_dir, "is not empty", "restore into a new directory")
    data_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data_dir.parent, prefix=".restore-") as temporary:
        folder = Path(temporary) / "data"
        try:
            with tarfile.open(source, "r") as tar:
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, OSError) as error:
            raise NotADataDirectory(source, f"is not a backup ({error})", _OURS) from error
        listing = folder / _CONTENTS
        if not listing.is_file():
            raise NotADataDirectory(source, "is not a backup", _OURS)
        contents: dict[str, str] = json.loads(listing.read_text(encoding="utf-8"))
        listing.unlink()
        unpacked = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
        if DATABASE_FILE not in unpacked or not unpacked <= contents.keys():
            raise NotADataDirectory(source, "is not a backup", _OURS)
        for name, digest in contents.items():
            if name not in unpacked or file_sha256(folder / name) != digest:
                raise IntegrityFailure(f"{name} in {source}")
        for path in sorted(folder.rglob("*")):
            fsync(path)
        if data_dir.exists():
            data_dir.rmdir()
        folder.rename(data_dir)
        fsync(data_dir.parent)
    return len(contents)


def _copy_database(source: Path, target: Path) -> None:
    reading = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)
    writing = apsw.Connection(str(target))
    try:
        with writing.backup("main", reading, "main") as copying:
            copying.step(-1)
    except apsw.Error as error:
        raise IntegrityFailure(f"the database {source.name} ({error})") from error
    finally:
        writing.close()
        reading.close()


def _add(tar: tarfile.TarFile, path: Path, name: str, contents: dict[str, str]) -> None:
    digest = file_sha256(path)
    tar.add(path, name)
    contents[name] = digest

"""What the disk does to files of ours, as errors that say what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qa_service.errors import StorageBroken, StorageFull, StorageReadOnly

_FULL = {errno.ENOSPC, errno.EDQUOT}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Raise StorageFull, StorageReadOnly or StorageBroken for any OSError inside."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull(path) from error
        if error.errno in _READ_ONLY:
            raise StorageReadOnly(path) from error
        raise StorageBroken(path, error.strerror or str(error)) from error

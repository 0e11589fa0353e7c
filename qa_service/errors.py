"""Every error that the service raises on purpose: each holds its facts and says what to do.

QAServiceError
├── BadRequest                   a question or setting that cannot be served        422
│   ├── EmptyQuestion
│   ├── QuestionTooLong
│   ├── BadFilter
│   └── BadSetting               an option or QA_* variable that cannot be used
├── SourceError                  a file that cannot be read                         422
│   ├── EmptySource
│   ├── UnsupportedType                                                             415
│   ├── SourceTooLarge                                                              413
│   ├── UnreadableSource         malformed, truncated
│   ├── EncryptedSource
│   ├── ArchiveBomb
│   ├── NoTextLayer              every page is a picture: OCR first
│   ├── ParserStopped            over its CPU, memory or time limit, or killed
│   ├── ChangedDuringRead
│   └── PicturesBusy             too many pages are being drawn just now              503
├── NotFound                     an id that is unknown or not visible               404
├── IndexMismatch                the index was built by another encoder             503
├── IndexUnavailable             the index is being rebuilt                         503
├── StoreError                   the data directory cannot be used                  503
│   ├── NotADataDirectory
│   ├── SchemaMismatch           another version of this service wrote the data
│   ├── WriterBusy               another process holds the writer's lock            409
│   ├── StorageFull                                                                 507
│   ├── StorageReadOnly
│   ├── StorageBroken            the disk reports an error
│   └── IntegrityFailure         stored text or vectors fail their hash
├── CannotListen                 the address or port is taken or not ours
├── Unauthorised                                                                    401
└── UnsupportedCitation          a quote that is no slice of its source: never leaves answering
"""

from pathlib import Path


class QAServiceError(Exception):
    """Base of all errors of the service. `code` is stable and machine-readable."""

    code = "internal"


class BadRequest(QAServiceError):
    """A request that cannot be served as put."""

    code = "bad_request"


class EmptyQuestion(BadRequest):
    """A question without a word in it."""

    code = "empty_question"

    def __init__(self) -> None:
        super().__init__("the question is empty: type a question in plain words")


class QuestionTooLong(BadRequest):
    """A question beyond the limit."""

    code = "question_too_long"

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"the question has {length} characters; at most {limit} are read: shorten it")
        self.length, self.limit = length, limit


class BadFilter(BadRequest):
    """A filter with an unknown field or a value that cannot be read."""

    code = "bad_filter"

    def __init__(self, field: str, why: str) -> None:
        super().__init__(f"filter {field!r}: {why}")
        self.field, self.why = field, why


class BadSetting(BadRequest):
    """An option or a QA_* variable whose value cannot be used. The value is not repeated: it may be a key."""

    code = "bad_setting"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"setting {name}: {why}; 'qa config' prints the settings in force")
        self.name, self.why = name, why


class SourceError(QAServiceError):
    """A file that cannot be read. Nothing of it is stored."""

    code = "source_error"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name!r}: {why}")
        self.name, self.why = name, why


class EmptySource(SourceError):
    """A file of no bytes, or of blanks only."""

    code = "empty_file"

    def __init__(self, name: str) -> None:
        super().__init__(name, "the file is empty; fetch it again from its source")


class UnsupportedType(SourceError):
    """A file of a kind that no reader knows."""

    code = "unsupported_type"

    def __init__(self, name: str, found: str) -> None:
        super().__init__(name, f"{found} is not read; use PDF, HTML, Markdown, plain text or DOCX")
        self.found = found


class SourceTooLarge(SourceError):
    """A file beyond a limit of size, pages or characters."""

    code = "too_large"

    def __init__(self, name: str, what: str, limit: int) -> None:
        super().__init__(name, f"more than {limit} {what}; split the file")
        self.what, self.limit = what, limit


class UnreadableSource(SourceError):
    """A file that its format's parser refuses."""

    code = "malformed"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, f"cannot be read ({why}); open it in a viewer and save it again")


class EncryptedSource(SourceError):
    """A file that asks for a password."""

    code = "encrypted"

    def __init__(self, name: str) -> None:
        super().__init__(name, "asks for a password; remove the password and ingest it again")


class ArchiveBomb(SourceError):
    """A container that would unpack beyond all reason."""

    code = "archive_bomb"

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name, f"refused unread: {why}")


class NoTextLayer(SourceError):
    """A PDF whose pages are pictures: reading it would index nothing."""

    code = "no_text"

    def __init__(self, name: str, pages: int) -> None:
        which = "its only page has no" if pages == 1 else f"none of its {pages} pages has"
        super().__init__(name, f"{which} text; it needs OCR first")
        self.pages = pages


class ParserStopped(SourceError):
    """The reading process went over a limit or died. `limit` is "time", "memory" or "crash"."""

    def __init__(self, name: str, limit: str) -> None:
        why = {
            "time": "reading it took longer than allowed",
            "memory": "reading it needed more memory than allowed",
            "crash": "the reading process died",
        }[limit]
        super().__init__(name, f"{why}; the file was left out")
        self.limit = limit
        self.code = {"time": "parse_timeout", "memory": "parse_memory", "crash": "parser_crash"}[limit]


class ChangedDuringRead(SourceError):
    """A file whose bytes changed while it was read."""

    code = "changed_during_read"

    def __init__(self, name: str) -> None:
        super().__init__(name, "changed while it was being read; ingest it again when it is complete")


class PicturesBusy(SourceError):
    """Every drawing process has been at work for too long."""

    code = "pictures_busy"

    def __init__(self, name: str) -> None:
        super().__init__(name, "too many pages are being drawn just now; try again in a minute")


class NotFound(QAServiceError):
    """An id that is unknown, or that the caller may not see: the two look alike."""

    code = "not_found"

    def __init__(self, what: str, id_: str, advice: str = "") -> None:
        super().__init__(f"no {what} with id {id_!r}{advice and '; '}{advice}")
        self.what, self.id = what, id_


class IndexMismatch(QAServiceError):
    """The stored vectors were made by another encoder than the one configured."""

    code = "index_mismatch"

    def __init__(self, built_by: str, configured: str) -> None:
        super().__init__(
            f"the index was built by {built_by!r}, the configured encoder is {configured!r}: "
            "set QA_ENCODER and QA_PRECISION back, or ingest into a new data directory"
        )
        self.built_by, self.configured = built_by, configured


class IndexUnavailable(QAServiceError):
    """The index files are damaged. They are caches of rows: the next writer rebuilds them."""

    code = "index_recovering"

    def __init__(self, why: str) -> None:
        super().__init__(f"an index file {why}; a server rebuilds it by itself, or run 'qa ingest'")
        self.why = why


class StoreError(QAServiceError):
    """The data directory cannot be used as asked."""

    code = "storage_error"


class NotADataDirectory(StoreError):
    """A directory that holds something else, or nothing where papers were expected."""

    code = "wrong_data_dir"

    def __init__(
        self, path: Path, why: str, advice: str = "set QA_DATA_DIR, or run 'qa ingest' first"
    ) -> None:
        super().__init__(f"{path}: {why}; {advice}")
        self.path = path


class SchemaMismatch(StoreError):
    """Data that another version of this service wrote."""

    code = "schema_mismatch"

    def __init__(self, path: Path, found: int, known: int) -> None:
        newer = f"a newer version wrote it (schema {found}, this one knows {known}); install that version"
        older = f"an older version wrote it (schema {found}, this one reads {known}); run 'qa ingest' once"
        super().__init__(f"{path}: {newer if found > known else older}")
        self.path, self.found, self.known = path, found, known


class WriterBusy(StoreError):
    """Another process is writing."""

    code = "writer_busy"

    def __init__(self, path: Path) -> None:
        super().__init__(f"another process is writing to {path}; wait for it to end and try again")
        self.path = path


class StorageFull(StoreError):
    """Not enough free space to write safely, or none left while writing: `needed` is then None."""

    code = "storage_full"

    def __init__(self, path: Path, needed: int | None = None, free: int = 0) -> None:
        asked = "no space left" if needed is None else f"{needed >> 20} MiB needed, {free >> 20} MiB free"
        super().__init__(f"{path}: {asked}; free some space and try again, nothing is lost")
        self.path, self.needed, self.free = path, needed, free


class StorageReadOnly(StoreError):
    """A data directory that cannot be written."""

    code = "read_only"

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} cannot be written; check its owner and how its disk is mounted")
        self.path = path


class StorageBroken(StoreError):
    """The disk reports an error."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}; check the disk, then 'qa check'")
        self.path, self.why = path, why


class IntegrityFailure(StoreError):
    """Something stored no longer has the hash that it was stored with."""

    code = "integrity_failure"

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} fails its stored hash and is withheld; run 'qa check', restore a backup")
        self.what = what


class CannotListen(QAServiceError):
    """An address or port that cannot be listened on."""

    code = "cannot_listen"

    def __init__(self, host: str, port: int, why: str) -> None:
        super().__init__(
            f"cannot listen on {host}, port {port} ({why}); choose others with --host and --port"
        )
        self.host, self.port = host, port


class Unauthorised(QAServiceError):
    """A request that needs the administrator's key and came without it."""

    code = "unauthorised"

    def __init__(self) -> None:
        super().__init__("this needs the administrator's key (header X-Admin-Key)")


class UnsupportedCitation(QAServiceError):
    """A quote that is no slice of its source. Never leaves answering: the statement is dropped."""

    code = "unsupported_citation"

    def __init__(self, place: str, quote: str) -> None:
        super().__init__(f"not a verbatim slice of {place}: {quote[:60]!r}")
        self.place, self.quote = place, quote

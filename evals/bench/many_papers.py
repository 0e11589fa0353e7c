"""A large council's papers out of the sample's: each paper again and again, of other bodies and other days.

Rows are copied inside the database, so that a hundred thousand passages cost seconds and not an hour of
reading and encoding. Offsets, texts, vectors and hashes stay true; ids are new; nothing else of the service
can tell the copies from papers that were read.
"""

from collections.abc import Iterator
from pathlib import Path

from embeddings.encoder import Encoder
from qa_service.bootstrap import open_ingestion
from qa_service.config import Settings
from qa_service.domain.access import Access
from qa_service.ingestion.discovery import discover
from qa_service.ingestion.publish import publish
from qa_service.sample import papers_directory
from qa_service.store.database import Connection, open_writer
from qa_service.store.generations import current_number

_BODIES = 40  # that the copies of one body are shared out among: a county's committees, panels and boards
_WEEKS = 5  # between one copy's meetings and the next one's


def build(
    settings: Settings, passages: int, encoder: Encoder | None = None, papers: Path | None = None
) -> int:
    """Return how many passages there are now, at least as many as asked for; what is there is kept.

    `papers` are copied, or those of the sample.
    """
    with open_ingestion(settings, encoder) as ingestion:
        ingestion.run(discover([papers or Path(papers_directory())]))
    with open_writer(settings.data_dir) as writer:
        there = _count(writer)
        last = int(writer.value("SELECT max(row) FROM document"))
        if there < passages:
            for copy in range(1, -(-passages // there)):
                with writer.transaction():
                    _copy_all(writer, copy, last)
            publish(writer, settings.data_dir, Access.PUBLIC)
        return _count(writer)


def _count(writer: Connection) -> int:
    return int(writer.value("SELECT count(*) FROM passage"))


def _copy_all(writer: Connection, copy: int, papers: int) -> None:
    """Write one more copy of the first `papers` papers, to be seen with the next generation."""
    given = {
        "copy": copy,
        "papers": papers,
        "days": f"-{7 * _WEEKS * copy} days",
        "body": f" {copy % _BODIES}" if copy % _BODIES else "",
        "generation": current_number(writer, Access.PUBLIC) + 1,
    }
    for table in _tables(writer):
        columns = _columns(writer, table)
        chosen = ", ".join(_value(table, column) for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        holder = "row" if table == "document" else _holder(columns)
        within = f"{holder} <= :papers" if holder != "passage_row" else f"passage_row IN ({_PASSAGES})"
        writer.execute(f"INSERT INTO {table} ({names}) SELECT {chosen} FROM {table} WHERE {within}", given)  # noqa: S608 - names of our own schema
    writer.execute(
        """INSERT INTO meeting (id, access, council, body, held_on)
           SELECT 'm' || lower(hex(randomblob(8))), 'public', council, body, held_on
           FROM (SELECT DISTINCT council, body, held_on FROM segment
                 WHERE document_row > :papers * :copy AND document_row <= :papers * (:copy + 1)
                   AND (council IS NOT NULL OR body IS NOT NULL))
           WHERE true ON CONFLICT DO NOTHING""",
        given,
    )
    for kind in ("resolution", "commitment"):
        writer.execute(_WORDS.format(kind=kind), given)


# The words that the register is searched by bear no paper's row: they go to what stands at the same place.
_WORDS = """
    INSERT INTO {kind}_words (rowid, words, people)
    SELECT copied.row, searched.words, searched.people
    FROM {kind} AS first
    JOIN {kind} AS copied ON copied.document_row = first.document_row + :copy * :papers
     AND copied.start = first.start AND copied."end" = first."end"
    JOIN {kind}_words AS searched ON searched.rowid = first.row
    WHERE first.document_row <= :papers
      AND NOT EXISTS (SELECT 1 FROM {kind}_words AS held WHERE held.rowid = copied.row)
    GROUP BY copied.row"""
# Links, matters and contradictions are made again from the rows of papers.
_NOT_COPIED = frozenset({"document", "follow_up", "matter_step", "contradiction_place"})
_PASSAGES = "SELECT row FROM passage WHERE document_row <= :papers"
_FURTHER = ":copy * (SELECT max(row) FROM passage WHERE document_row <= :papers)"


def _tables(writer: Connection) -> Iterator[str]:
    """Yield the tables that hold what was read of papers, papers first; not what is derived from them."""
    yield "document"
    for row in writer.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
        if row["name"] not in _NOT_COPIED and _holder(_columns(writer, row["name"])):
            yield row["name"]


def _columns(writer: Connection, table: str) -> list[str]:
    return [row["name"] for row in writer.query(f"PRAGMA table_info({table})")]


def _holder(columns: list[str]) -> str | None:
    return next((column for column in ("document_row", "passage_row") if column in columns), None)


def _value(table: str, column: str) -> str:
    """Return the SQL of a column of the copy."""
    if column == "row":
        return {"document": "row + :copy * :papers", "passage": f"row + {_FURTHER}"}.get(table, "NULL")
    return {
        "document_row": "document_row + :copy * :papers",
        "passage_row": f"passage_row + {_FURTHER}",
        "id": "substr(id, 1, 1) || lower(hex(randomblob(8)))",
        "origin": "origin || '#' || :copy",
        "held_on": "date(held_on, :days)",
        "body": "body || :body",
        "from_gen": ":generation",
    }.get(column, f'"{column}"')

"""The three places that apply filters must agree: masks over vectors, the lexical index, and SQL."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from qa_service.domain.answers import Filters
from qa_service.domain.documents import DocumentKind
from qa_service.store.columns import Columns
from qa_service.store.lexical_index import LexicalIndex
from qa_service.store.passages import IndexedPassage

NAMES = ["Marlshire", "Marlport", "Marl"]
DAYS = ["2023-10-12", "2024-02-06", "2024-06-18"]
KINDS = [DocumentKind.MINUTES, DocumentKind.REPORT, DocumentKind.WEB_PAGE]
dates = st.sampled_from([date.fromisoformat(day) for day in DAYS])

passages = st.builds(
    IndexedPassage,
    row=st.just(0),
    document=st.sampled_from(["d1", "d2"]),
    council=st.sampled_from([None, *NAMES]),
    body=st.sampled_from([None, "Cabinet", "Panel"]),
    held_on=st.sampled_from([None, *DAYS]),
    kinds=st.frozensets(st.sampled_from(KINDS), min_size=1),
    boilerplate=st.just(False),  # noqa: FBT003
    header=st.just(""),
    content=st.just("bridge"),
)
filters = st.builds(
    Filters,
    councils=st.frozensets(st.sampled_from([*NAMES, "unknown"]), max_size=2),
    bodies=st.frozensets(st.sampled_from(["Cabinet", "nobody"]), max_size=2),
    held_from=st.none() | dates,
    held_to=st.none() | dates,
    kinds=st.frozensets(st.sampled_from([*KINDS, DocumentKind.OTHER]), max_size=2),
    documents=st.frozensets(st.sampled_from(["d1", "d9"]), max_size=2),
)


def admits(given_filters: Filters, passage: IndexedPassage) -> bool:
    """Return what every filter means, word by word."""
    held_on = date.fromisoformat(passage.held_on) if passage.held_on else None
    return (
        (not given_filters.councils or passage.council in given_filters.councils)
        and (not given_filters.bodies or passage.body in given_filters.bodies)
        and (not given_filters.documents or passage.document in given_filters.documents)
        and (not given_filters.kinds or bool(given_filters.kinds & passage.kinds))
        and (given_filters.held_from is None or (held_on is not None and held_on >= given_filters.held_from))
        and (given_filters.held_to is None or (held_on is not None and held_on <= given_filters.held_to))
    )


def numbered(given_passages: list[IndexedPassage]) -> list[IndexedPassage]:
    return [replace(passage, row=row) for row, passage in enumerate(given_passages, start=1)]


@given(st.lists(passages, max_size=8), filters)
def test_the_mask_admits_what_the_filters_say(
    given_passages: list[IndexedPassage], given_filters: Filters
) -> None:
    mask = Columns.of(given_passages).mask(given_filters)
    wanted = [admits(given_filters, passage) for passage in given_passages]
    assert ([True] * len(given_passages) if mask is None else mask.tolist()) == wanted


@settings(max_examples=40, deadline=None)
@given(st.lists(passages, min_size=1, max_size=8), st.lists(filters, min_size=3, max_size=3))
def test_the_lexical_index_and_written_columns_admit_the_same(
    given_passages: list[IndexedPassage], several: list[Filters]
) -> None:
    # A reader of tantivy may take its lock file anew while the folder is being removed.
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        rows = numbered(given_passages)
        LexicalIndex.build(folder / "lexical", rows)
        Columns.of(rows).write(folder)
        index, columns = LexicalIndex(folder / "lexical"), Columns.read(folder)
        for each in several:
            wanted = [passage.row for passage in rows if admits(each, passage)]
            assert sorted(row for row, _ in index.search("bridge", 50, each)) == wanted
            mask = columns.mask(each)
            admitted = [row.row for place, row in enumerate(rows) if mask is None or mask[place]]
            assert admitted == wanted

"""Two hundred and twenty places of the five seeds, drawn by seed 20251126 and labelled by hand.

Labels were written from the text of the papers before the parser was asked. `seed_passages.tsv`: the seed, an
offset in its normalised text, and what a clerk would say of the place; "-" is nothing, as the paper says
nothing; "text|table" lets either stand. A field under `open` is one that the paper leaves open: None is right
there, and so is the label. Council, body and day of the pack are those of the whole seed. Text files have no
pages: labels and numbers of pages are held by `test_page_labels.py`. Wrong is worse than None.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.domain.documents import Document, Segment
from tests.golden.conftest import Seed
from tests.golden.test_counts import ADVISORY, HAMPSHIRE, SCRUTINY, SELECT, SOUTHAMPTON

LABELS = Path(__file__).parent / "seed_passages.tsv"
FIELDS = ("held_on", "status", "part", "kind", "item", "minute", "paragraph")
OF_SEED = {
    "000": (HAMPSHIRE, ADVISORY, "2021-02-09"),
    "001": (HAMPSHIRE, ADVISORY, "2021-02-09"),
    "002": (HAMPSHIRE, ADVISORY, "2023-02-06"),
    "003": (SOUTHAMPTON, SCRUTINY, "2020-12-03"),
    "004": (HAMPSHIRE, SELECT, "-"),
}
Verdict = tuple[str, str, str, str | None, str]  # place, field, label, found, verdict


def read_at(document: Document, segment: Segment) -> dict[str, str | None]:
    return {
        "council": segment.council,
        "body": segment.body,
        "pack": document.held_on.isoformat() if document.held_on else None,
        "held_on": segment.held_on.isoformat() if segment.held_on else None,
        "status": segment.status.value,
        "part": segment.part.value,
        "kind": segment.kind.value,
        "item": segment.item,
        "minute": segment.minute,
        "paragraph": segment.paragraph,
    }


def verdict_of(label: str, value: str | None, *, is_open: bool) -> str:
    if (value or "-") in label.split("|") or (is_open and value is None):
        return "right"
    return "null" if value is None else "wrong"


def judged(seed: Seed) -> Iterator[Verdict]:
    with LABELS.open(encoding="utf-8") as labels:
        for row in csv.DictReader(labels, delimiter="\t"):
            paper, offset = seed(row["seed"]), int(row["offset"])
            segment = next(one for one in paper.segments if one.span.start <= offset < one.span.end)
            found = read_at(paper.document, segment)
            row |= dict(zip(("council", "body", "pack"), OF_SEED[row["seed"]], strict=True))
            for field in ("council", "body", "pack", *FIELDS):
                verdict = verdict_of(row[field], found[field], is_open=field in row["open"].split(","))
                yield f"{row['seed']}@{offset}", field, row[field], found[field], verdict


@pytest.fixture(scope="module")
def verdicts(seed: Seed) -> list[Verdict]:
    return list(judged(seed))


def test_what_is_said_of_a_place_is_right(verdicts: list[Verdict]) -> None:
    """Precision over the fields that are given, and nulls: -s shows them, and each that is wrong."""
    counts = Counter(verdict for *_, verdict in verdicts)
    wrong = [verdict for verdict in verdicts if verdict[-1] == "wrong"]
    said = sum(value is not None for *_, value, _ in verdicts)
    print(f"\nprecision {1 - len(wrong) / said:.4f} of {said} given, null {counts['null']}")  # noqa: T201
    for each in (one for one in verdicts if one[-1] != "right"):
        print(*each)  # noqa: T201
    assert len({place for place, *_ in verdicts}) == 220
    assert len(wrong) <= 0.005 * said, wrong


def test_nearly_every_place_is_wholly_right(verdicts: list[Verdict]) -> None:
    places = {place for place, *_ in verdicts}
    failed = {place for place, *_, verdict in verdicts if verdict != "right"}
    assert len(failed) <= 0.02 * len(places), sorted(failed)

"""Dates at sixty places of real papers, and every acronym that the seeds explain, both labelled by hand.

`dates.tsv`: places drawn by seed 20251127 among all names of months and figures with dots, slashes or dashes,
labelled from the text before the parser was asked: a date as far as the paper prints it ("2025-03", "--12-07"
without a year), or "-" where none is meant. `acronyms.tsv`: the short form, and where its long form stands.
"""

import csv
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.documents.dates import DateMention, dates_in
from tests.golden.conftest import Seed, read

HERE = Path(__file__).parent
FOLDERS = ("seeds", "kent", "manordeilo", "kingston")
_AROUND = 60  # characters before and behind a place, more than any date takes
NOTHING = "-"


def rows_of(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as labels:
        yield from csv.DictReader(labels, delimiter="\t")


def shown(mention: DateMention) -> str:
    day = f"-{mention.day:02}" if mention.day else ""
    return f"{mention.year or '-'}-{mention.month:02}{day}"


@pytest.mark.slow
def test_no_date_is_misread_and_few_are_missed(corpus: Path) -> None:
    wanted = list(rows_of("dates.tsv"))
    digests = {row["file"] for row in wanted}
    paths = [path for folder in FOLDERS for path in sorted((corpus / folder).iterdir())]
    files = {
        digest: path
        for path in paths
        if (digest := hashlib.sha256(path.read_bytes()).hexdigest()[:8]) in digests
    }
    found = []
    for row in wanted:
        text, at = read(files[row["file"]]).document.text, int(row["offset"])
        near = dates_in(text, max(0, at - _AROUND), at + _AROUND)
        value = next((shown(each) for each in near if each.span.start <= at < each.span.end), NOTHING)
        found.append((row["file"], at, row["date"], value))
    assert len(found) == 60
    assert [each for each in found if each[3] not in {each[2], NOTHING}] == []
    missed = [each for each in found if each[3] == NOTHING != each[2]]
    assert len(missed) <= 3, missed  # "March and April 2020", "March 27": a part of the date is understood


def test_every_acronym_of_the_seeds_is_learned_with_its_place_and_nothing_else(seed: Seed) -> None:
    wanted: dict[str, set[tuple[str, str]]] = {
        number: set() for number in ("000", "001", "002", "003", "004")
    }
    for row in rows_of("acronyms.tsv"):
        text = seed(row["seed"]).document.text
        wanted[row["seed"]].add((row["short"], " ".join(text[int(row["start"]) : int(row["end"])].split())))
    assert sum(map(len, wanted.values())) == 37
    for number, expected in wanted.items():
        paper = seed(number)
        assert {(each.short, each.long) for each in paper.acronyms} == expected
        assert all(each.short in each.span.of(paper.document.text) for each in paper.acronyms)


@pytest.mark.parametrize("short", ["PAG", "PAGs", "C2C", "CRT", "ICON", "TAFs", "EPMS", "PiP"])
def test_what_the_seeds_never_spell_out_is_not_made_up(seed: Seed, short: str) -> None:
    assert short in seed("001").document.text
    assert short not in {each.short for each in seed("001").acronyms}

"""The register of the sample is what was read by hand, and its score falls with every row lost or made up."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from evals import cli
from evals.anchoring import Place
from evals.errors import BadDataset
from evals.jsonl import read_json, write_json
from evals.register.command import GOLD
from evals.register.found import Link, Register, Row, read_register, uncited
from evals.register.gold import Gold, days_of, gold_place, load_gold
from evals.register.score import Score, Tally, score
from qa_service.api.registering import every_resolution
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.spans import Span
from qa_service.sample import papers_directory
from qa_service.store.database import Database, open_writer
from qa_service.store.documents import visible_documents
from qa_service.store.register_links import visible_documents_by_council
from tests.factories import ingest, write_minutes

SAMPLE = GOLD[0]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory of the whole sample, with an encoder that needs no weights. Read only."""
    data = tmp_path_factory.mktemp("gold") / "data"
    ingest(data, Path(papers_directory()))
    return data


@pytest.fixture(scope="module")
def held(data_dir: Path) -> Register:
    return read_register(data_dir, days_of(SAMPLE))


@pytest.fixture(scope="module")
def gold(held: Register) -> Gold:
    found = load_gold(SAMPLE, {paper.file_name: paper for paper in held.papers})
    assert found is not None
    return found


def tally(scored: Score, kind: str) -> Tally:
    return next(each for each in scored.tallies if each.kind == kind)


def test_every_decision_of_the_sample_is_there_and_nothing_else(held: Register, gold: Gold) -> None:
    scored = score(held, gold)
    decided = tally(scored, "resolutions")
    assert (decided.precision, decided.recall, decided.mistakes) == (1.0, 1.0, ())
    assert decided.expected == len(read_json(SAMPLE)["resolutions"])
    assert scored.broken == ()
    standing = next(each for each in scored.fields if each.field == "resolutions standing")
    assert standing.right == standing.of == decided.expected


def test_commitments_of_the_sample_are_right_and_nearly_all_there(held: Register, gold: Gold) -> None:
    promised = tally(score(held, gold), "commitments")
    assert promised.precision == 1.0
    assert promised.found >= promised.expected - 2


def with_rows(held: Register, kind: str, rows: tuple[Row, ...]) -> Register:
    changed: Any = {kind: rows}
    return replace(held, **changed)


@pytest.mark.parametrize("kind", ["resolutions", "commitments"])
def test_a_row_that_is_lost_is_missed(held: Register, gold: Gold, kind: str) -> None:
    rows: tuple[Row, ...] = getattr(held, kind)
    before = tally(score(held, gold), kind)
    fewer = [
        tally(score(with_rows(held, kind, (*rows[:at], *rows[at + 1 :])), gold), kind)
        for at in range(0, len(rows), 7)
    ]
    assert all(after.found < before.found for after in fewer if len(after.mistakes) > len(before.mistakes))
    assert sum(after.found < before.found for after in fewer) > len(fewer) / 2
    assert tally(score(with_rows(held, kind, ()), gold), kind).recall == 0


@pytest.mark.parametrize("kind", ["resolutions", "commitments"])
def test_a_row_that_is_made_up_is_wrong(held: Register, gold: Gold, kind: str) -> None:
    rows: tuple[Row, ...] = getattr(held, kind)
    made_up = Row("made up", (Place(held.papers[0].id, Span(0, 30)),), rows[0].facts)
    after = tally(score(with_rows(held, kind, (*rows, made_up)), gold), kind)
    assert after.precision is not None
    assert after.precision < 1
    assert any(line.startswith("wrong") and held.papers[0].file_name in line for line in after.mistakes)


def test_a_link_is_right_only_if_both_of_its_ends_are(held: Register, gold: Gold) -> None:
    known = gold.links[0]
    promise = next(row for row in gold.commitments if row.id == known.commitment)
    row = Row("x", promise.places, {"standing": "resolved", "states": {}})
    true, astray = (
        Link(row, known.places[0], "done"),
        Link(row, Place(known.places[0].document_id, Span(0, 9)), "done"),
    )
    assert tally(score(replace(held, links=(true,)), gold), "links").right == 1
    assert tally(score(replace(held, links=(astray,)), gold), "links").right == 0
    other = next(each for each in gold.commitments if each.id not in {link.commitment for link in gold.links})
    elsewhere = replace(true, commitment=replace(row, places=other.places))
    assert tally(score(replace(held, links=(elsewhere,)), gold), "links").right == 0


def test_a_conflict_needs_another_side_in_each_of_its_places(held: Register, gold: Gold) -> None:
    found = next(each for each in held.conflicts if each.kind == "meeting date")
    assert tally(score(replace(held, conflicts=(found,)), gold), "conflicts").right == 1
    same_side = replace(found, places=(found.places[0], found.places[0]))
    other_kind = replace(found, kind="figure")
    for wrong in (same_side, other_kind):
        assert tally(score(replace(held, conflicts=(wrong,)), gold), "conflicts").right == 0


def test_words_that_are_not_the_papers_are_no_citation(data_dir: Path, held: Register) -> None:
    papers = {paper.id: paper for paper in held.papers}
    database = Database(data_dir)
    with database.reading() as reader:
        cited = next(every_resolution(reader, RegisterQuery(), PUBLIC_ONLY)).citation
    database.close()
    assert list(uncited([("kept", cited)], papers)) == []
    for change in ({"quote": "other words"}, {"start": cited.start + 1}, {"sha256": "0" * 64}):
        assert list(uncited([("bad", cited.model_copy(update=change))], papers)) == ["bad"]


@pytest.fixture
def own_copy(data_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(data_dir, tmp_path / "copy"))


def test_the_command_prints_figures_and_mistakes(own_copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.json"
    done = CliRunner().invoke(cli.app, ["register", str(own_copy), "--gold", str(SAMPLE), "--json", str(out)])
    assert done.exit_code == 0, done.output
    assert "| register_expected | resolutions | 1.000" in done.output
    assert "gates pass" in done.output
    assert '"kind": "links"' in out.read_text(encoding="utf-8")
    with open_writer(own_copy) as writer:
        writer.execute("DELETE FROM resolution WHERE verb = 'deferred'")
    lost = CliRunner().invoke(cli.app, ["register", str(own_copy), "--gold", str(SAMPLE)])
    assert "- resolutions, missed: res-" in lost.output


def test_the_command_fails_where_a_recommendation_is_stored_as_resolved(own_copy: Path) -> None:
    with open_writer(own_copy) as writer:
        writer.execute("UPDATE resolution SET standing = 'resolved' WHERE standing = 'recommended'")
    done = CliRunner().invoke(cli.app, ["register", str(own_copy), "--gold", str(SAMPLE)])
    assert done.exit_code == 1
    assert "GATE FAILS: stored as resolved, is recommended" in done.output


def test_papers_that_no_gold_is_about_are_refused(tmp_path: Path) -> None:
    write_minutes(tmp_path / "papers")
    ingest(tmp_path / "data", tmp_path / "papers")
    done = CliRunner().invoke(cli.app, ["register", str(tmp_path / "data")])
    assert isinstance(done.exception, BadDataset)


def test_gold_by_offsets_is_refused_where_the_text_has_moved(held: Register, tmp_path: Path) -> None:
    paper = held.papers[0]
    row = {"id": "one", "standing": "resolved", **gold_place(paper, Span(40, 90))}
    empty: dict[str, Any] = {"commitments": [], "links": [], "discrepancies": []}
    path = tmp_path / "real.json"
    write_json(path, {"papers": [paper.file_name], "resolutions": [row], **empty})
    papers = {paper.file_name: paper}
    found = load_gold(path, papers)
    assert found is not None
    assert found.resolutions[0].places == (Place(paper.id, Span(40, 90)),)
    moved = replace(paper, text=" x " + paper.text)
    with pytest.raises(BadDataset, match="does not hold its words"):
        load_gold(path, {paper.file_name: moved})


def test_a_page_without_a_council_stands_with_the_only_one_that_has_such_a_body(data_dir: Path) -> None:
    with open_writer(data_dir) as writer:
        rows = {row["file_name"]: row for row in visible_documents(writer, PUBLIC_ONLY)}
        found = visible_documents_by_council(writer, Access.PUBLIC)
    page = rows["marlshire-hfrc-gully-cleansing-item-page.html"]
    assert page["council"] is None, "what the page does not say stays unknown"
    assert page["row"] in found["Marlshire County Council"]
    assert page["row"] not in found.get(None, [])


def test_conflicts_of_the_sample_are_real_and_most_are_told(held: Register, gold: Gold) -> None:
    differing = tally(score(held, gold), "conflicts")
    assert differing.precision == 1.0, differing.mistakes
    assert differing.found >= 25, differing.mistakes
    kinds = {each.kind for each in held.conflicts}
    assert kinds >= {"wording", "year", "meeting date", "weekday", "figure", "arithmetic"}


def test_a_contradiction_goes_with_either_of_its_papers(own_copy: Path) -> None:
    def figures() -> list[str]:
        return [each.note for each in read_register(own_copy, []).conflicts if each.kind == "figure"]

    with open_writer(own_copy) as writer:
        (place,) = writer.query(
            """SELECT document_row FROM contradiction_place AS side JOIN document ON row = document_row
               WHERE file_name LIKE '%supplement%'"""
        )
        before = figures()
        writer.execute("DELETE FROM contradiction_place WHERE document_row = :document_row", place)
        left = writer.value("SELECT count(*) FROM contradiction")
    after = figures()
    assert len(before) == len(after) + 1 == left + 1
    assert "68 in one place, 74 in the other" in set(before) - set(after)

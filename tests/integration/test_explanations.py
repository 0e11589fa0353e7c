"""Why a reply came about: the stage that decided, what it had before it, and nothing that is not public."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.answering.ranker import load_ranker
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters, Question
from qa_service.domain.explanations import Explanation, Route, Stage
from qa_service.ingestion.pipeline import SourceInput
from tests.factories import minutes, write_minutes

ENCODER = HashingEncoder(64)
BRIDGE = "What did members resolve on the bridge at Ebbfold?"
EXEMPT = "the bridge at Ebbfold and its Zanderlock contract"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield a service with public minutes, and exempt ones of the same subject and more."""
    root = tmp_path_factory.mktemp("explained")
    write_minutes(root, "bridge.txt")
    write_minutes(root, "ford.txt", "the ford at Sallow")
    (root / "secret.txt").write_text(minutes(EXEMPT, "5 March 2024"), encoding="utf-8")
    with open_ingestion(Settings(data_dir=root / "data"), ENCODER) as ingestion:
        for name in ("bridge.txt", "ford.txt"):
            ingestion.run([SourceInput(root / name, name, name)])
        ingestion.run([SourceInput(root / "secret.txt", "secret", "secret.txt", access=Access.EXEMPT)])
    with open_services(Settings(data_dir=root / "data"), ENCODER, journal=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(services: Services) -> Iterator[TestClient]:
    with TestClient(make_app(services)) as opened:
        yield opened


def explained(
    services: Services, text: str, filters: Filters | None = None, allowed: frozenset[Access] = PUBLIC_ONLY
) -> Explanation:
    return services.answerer.explained(Question(text, filters or Filters()), allowed)[1]


def asked(client: TestClient, **request: Any) -> dict[str, Any]:  # noqa: ANN401
    response = client.post("/v1/answers", json=request)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_an_answer_is_explained_by_route_candidates_and_sentences(client: TestClient) -> None:
    explain = asked(client, question=BRIDGE, explain=True)["explain"]
    assert (explain["stage"], explain["route"]) == ("answered", "decision")
    first = explain["searches"][0]
    scores = [each["score"] for each in first["candidates"]]
    assert scores == sorted(scores, reverse=True)
    assert {"cosine", "bm25", "header", "passage_id"} <= first["candidates"][0].keys()
    for each in [*first["candidates"], *first["sentences"]]:
        text = client.get(f"/v1/documents/{each['document']['id']}/text").json()["text"]
        assert text[each["start"] : each["end"]] == each["quote"]


def test_the_features_of_a_sentence_add_up_to_its_score(services: Services) -> None:
    for search in explained(services, BRIDGE).searches:
        assert search.sentences
        for sentence in search.sentences:
            added = sum(feature.added for feature in sentence.features)
            assert added + load_ranker().bias == pytest.approx(sentence.score, abs=1e-3)


def test_an_explanation_changes_nothing_of_the_reply_and_is_not_kept(client: TestClient) -> None:
    plain, full = asked(client, question=BRIDGE), asked(client, question=BRIDGE, explain=True)
    assert "explain" not in plain
    for name in plain.keys() - {"id", "seconds"}:
        assert full[name] == plain[name]
    kept = client.get(f"/v1/answers/{full['id']}").json()
    assert kept == {name: value for name, value in full.items() if name != "explain"}


@pytest.mark.parametrize(
    ("text", "filters", "stage"),
    [
        (BRIDGE, Filters(), Stage.ANSWERED),
        (BRIDGE, Filters(councils=frozenset({"Nowhere"})), Stage.SCOPE_EMPTIED),
        ("What did Birmingham City Council resolve on the bridge?", Filters(), Stage.NOT_HELD),
        ("What is the home address of the officer?", Filters(), Stage.PRIVATE),
        ("What did members hear about the bridge at Quorndale?", Filters(), Stage.NOT_NAMED),
        ("What would the works at the bridge cost in 2019?", Filters(), Stage.NO_CLAUSE),
    ],
)
def test_the_stage_that_decided_is_named(
    services: Services, text: str, filters: Filters, stage: Stage
) -> None:
    assert explained(services, text, filters).stage is stage


def test_a_question_that_no_sentence_answers_is_refused_by_its_score_or_by_calibration(
    services: Services,
) -> None:
    explanation = explained(services, "why do astronauts float")
    assert explanation.stage in {Stage.RANKED_TOO_LOW, Stage.CALIBRATION}
    best = explanation.searches[0].sentences[0].score
    assert (best < 0) is (explanation.stage is Stage.RANKED_TOO_LOW)
    assert explanation.tried[-1].route is Route.SENTENCES


def test_without_papers_nothing_is_retrieved(tmp_path: Path) -> None:
    with open_ingestion(Settings(data_dir=tmp_path / "data"), ENCODER) as ingestion:
        ingestion.run([])
    with open_services(Settings(data_dir=tmp_path / "data"), ENCODER) as services:
        explanation = explained(services, "What was decided?")
    assert explanation.stage is Stage.NOTHING_RETRIEVED
    assert all(search.passages == () for search in explanation.searches)


def test_no_explanation_shows_a_paper_that_is_not_public(client: TestClient, services: Services) -> None:
    questions = (BRIDGE, f"What did members resolve on {EXEMPT}?", "What was decided in March 2024?")
    for question in questions:
        searches = asked(client, question=question, explain=True)["explain"]["searches"]
        found = [each for search in searches for each in (*search["candidates"], *search["sentences"])]
        assert {each["document"]["file_name"] for each in found} <= {"bridge.txt", "ford.txt"}
        assert "Zanderlock" not in json.dumps(found)
    cleared = explained(services, BRIDGE, allowed=frozenset(Access))
    files = {each.citation.document.file_name for each in cleared.searches[0].passages}
    assert files == {"bridge.txt", "ford.txt", "secret.txt"}


def test_where_one_council_is_held_nothing_is_searched_outside_it(services: Services) -> None:
    searches = explained(services, "What did Marlshire resolve on the bridge at Ebbfold?").searches
    assert {frozenset({"Marlshire County Council"})} == {search.filters.councils for search in searches}


def test_the_command_line_shows_why(qa: Callable[..., "CompletedProcess[str]"], served: Path) -> None:
    done = qa("ask", BRIDGE, "--explain", "--data-dir", served)
    assert (done.returncode, done.stderr) == (0, "")
    assert "DECIDED BY: answered, by the route: decision" in done.stdout
    assert "cosine" in done.stdout.partition("Candidates, ")[2]
    assert "unit_" in done.stdout.partition("Sentences weighed")[2]
    as_json = json.loads(qa("ask", BRIDGE, "--explain", "--json", "--data-dir", served).stdout)
    assert as_json["explain"]["stage"] == "answered"
    assert "DECIDED BY" not in qa("ask", BRIDGE, "--data-dir", served).stdout

"""Who asks how many voted for a thing means the vote on it, and not that on an amendment that says "many"."""

from pathlib import Path

from embeddings.encoder import Encoder
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question
from tests.factories import ingest

MINUTES = """ASHMERE COUNTY COUNCIL

COUNTY COUNCIL

MINUTES of a meeting of the County Council held on 22 February 2024.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

41. Revenue budget 2024/25
(Item 6)

(1) Councillor Quill proposed, and Councillor Hask seconded, the recommendations of Cabinet:
"That the County Council is asked to agree a net revenue budget of £88 million."

(2) Councillor Prewitt proposed, and Councillor Orme seconded, the following amendment:
"That as many bus shelters be mended as the general balance allows."

(3) The Chairman put the amendment to the vote.

For (2)
Councillors Prewitt and Orme

Against (3)
Councillors Quill, Hask and Sallow

The amendment was lost.

(4) The Chairman put the motion to the vote.

For (4)
Councillors Quill, Hask, Sallow and Orme

Against (1)
Councillor Prewitt

Motion carried.

(5) RESOLVED that the County Council agrees a net revenue budget of £88 million.
"""


def test_how_many_voted_for_the_budget_is_told_by_its_own_vote(onnx: Encoder, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(MINUTES)
    ingest(tmp_path / "data", tmp_path / "papers", encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as opened:
        question = Question("How many councillors voted for the 2024/25 budget?")
        outcome = opened.answerer.answer(question, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer)
    (said,) = outcome.statements
    assert " ".join(said.text.split()) == "For (4) Councillors Quill, Hask, Sallow and Orme"

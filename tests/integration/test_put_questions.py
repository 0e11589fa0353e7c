"""A question that somebody puts aloud is more like the question asked than what is told of it elsewhere."""

from pathlib import Path

from embeddings.encoder import Encoder
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question
from tests.factories import ingest

MINUTES = """ASHMERE COUNTY COUNCIL

LIDO PANEL

MINUTES of a meeting of the Lido Panel held on 5 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

3. Notices

I will ask at the next meeting why the slipway at Tarn Quay was closed.

4. Works

The slipway at Tarn Quay was closed since its timbers had rotted.
"""


def test_a_question_that_somebody_puts_gives_way_to_what_is_told(onnx: Encoder, tmp_path: Path) -> None:
    (tmp_path / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "minutes.txt", encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as services:
        told = services.answerer.answer(Question("Why was the slipway at Tarn Quay closed?"), PUBLIC_ONLY)
    assert isinstance(told.outcome, Answer)
    assert "timbers had rotted" in told.outcome.statements[0].text
    assert "I will ask" not in told.outcome.statements[0].text

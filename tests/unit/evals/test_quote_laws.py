"""What holds of every quote, not of an example."""

from hypothesis import assume, given
from hypothesis import strategies as st

from evals.corpus import Corpus
from evals.metrics.quotes import misquotation, words_in
from evals.reference_systems import citation_json
from evals.replies import Citation
from qa_service.domain.spans import Span
from tests.unit.evals.papers import document

LETTERS = st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"], include_characters="\n")
PAPERS = st.text(LETTERS, min_size=5, max_size=200).filter(lambda text: words_in(text) > 0)


@st.composite
def cited(draw: st.DrawFn) -> tuple[Corpus, Citation]:
    """A true citation of any span of any paper."""
    paper = document("any.pdf", draw(PAPERS))
    start = draw(st.integers(0, len(paper.text) - 1))
    end = draw(st.integers(start + 1, len(paper.text)))
    assume(words_in(paper.text[start:end]))
    raw = citation_json(paper, Span(start, end), 1)
    return Corpus([paper]), Citation.model_validate(raw)


@given(cited())
def test_every_slice_of_a_paper_is_a_true_quote(case: tuple[Corpus, Citation]) -> None:
    papers, citation = case
    assert misquotation(citation, papers) is None


@given(cited(), st.data())
def test_one_changed_character_is_always_seen(case: tuple[Corpus, Citation], data: st.DataObject) -> None:
    papers, citation = case
    at = data.draw(st.integers(0, len(citation.quote) - 1))
    changed = citation.quote[:at] + "\u0416" + citation.quote[at + 1 :]
    assume(changed != citation.quote)
    assert misquotation(citation.model_copy(update={"quote": changed}), papers) is not None


@given(cited(), st.integers(1, 50))
def test_offsets_beyond_the_paper_are_always_seen(case: tuple[Corpus, Citation], by: int) -> None:
    papers, citation = case
    length = len(papers.documents[citation.document.id].text)
    moved = {"start": length + by - 1, "end": length + by}
    assert misquotation(citation.model_copy(update=moved), papers) is not None

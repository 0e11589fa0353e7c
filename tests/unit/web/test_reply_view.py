from qa_service.api.bodies import CitationBody, DocumentBody
from qa_service.domain.documents import DocumentKind
from qa_service.web.reply_view import different


def said(n: int, quote: str) -> CitationBody:
    paper = DocumentBody(
        id="d1",
        file_name="a.txt",
        title="A",
        kind=DocumentKind.MINUTES,
        council=None,
        body=None,
        sha256="0" * 64,
    )
    return CitationBody(
        n=n,
        quote=quote,
        start=0,
        end=len(quote),
        sha256="0" * 64,
        document=paper,
        meeting=None,
        item=None,
        minute=None,
        paragraph=None,
        page=None,
        reference="A",
        url="/documents/d1",
    )


def test_passages_that_say_the_same_words_are_shown_once_the_first_of_them() -> None:
    cited = [said(1, "due regard\nis paid"), said(2, "a bridge"), said(3, "due regard is paid")]
    assert [each.n for each in different(cited)] == [1, 2]

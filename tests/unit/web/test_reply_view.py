from qa_service.api.bodies import CitationBody
from qa_service.web.reply_view import different


def said(n: int, quote: str) -> CitationBody:
    return CitationBody.model_construct(n=n, quote=quote)


def test_passages_that_say_the_same_words_are_shown_once_the_first_of_them() -> None:
    cited = [said(1, "due regard\nis paid"), said(2, "a bridge"), said(3, "due regard is paid")]
    assert [each.n for each in different(cited)] == [1, 2]

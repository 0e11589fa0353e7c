"""A paper says at its head that it replaces another; what its text tells of other papers is no such word."""

import pytest

from qa_service.documents.structure import read_paper

LETTER = """To: all members of the Panel

{said}

MARLSHIRE COUNTY COUNCIL

Report

Panel: Children and Learning Panel
Date: 23 January 2024
Title: Reviewing Service Annual Report
Report From: Director of Children's Services

Purpose of this Report

1. {told}
"""
NOTHING = "To give the Panel the yearly account of the service."


def reissue(said: str, told: str = NOTHING) -> str | None:
    paper = read_paper(LETTER.format(said=said, told=told).encode(), file_name="p.txt", document_id="d")
    return None if paper.reissue is None else paper.reissue.of(paper.document.text)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I enclose a report which takes the place of the one sent out.", "takes the place of the one"),
        ("The report replaces the version in the original pack.", "replaces the version"),
        ("This supersedes the report published last week.", "supersedes the report"),
        (
            "Corrected report of the Director, reissued on Friday.",
            "Corrected report of the Director, reissued",
        ),
        ("Please note: reissued 19 January 2024.", "reissued 1"),
    ],
)
def test_the_head_says_that_the_paper_replaces_another(said: str, words: str) -> None:
    assert reissue(said) == words


@pytest.mark.parametrize(
    "said", ["I enclose a report.", "The new bus replaces the old one.", "The reissued card"]
)
def test_other_words_do_not(said: str) -> None:
    assert reissue(said) is None


def test_what_the_report_itself_tells_of_replacing_is_not_meant() -> None:
    assert reissue("I enclose a report.", "The new strategy replaces the report of 2019.") is None

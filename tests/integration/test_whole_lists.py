"""A list that is asked for comes with all of its members, over the end of a page, and with nothing beside."""

from collections.abc import Iterator
from datetime import date

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.drafts import EARLIER, Draft
from qa_service.answering.explaining import Trace
from qa_service.answering.request import Request
from qa_service.answering.whole_lists import lists_whole
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Question
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.question import read_question
from qa_service.store.catalogue import Catalogue
from tests.factories import ingest

RIVER = (
    "The river stood at {} feet by the mill on that day of the long flood, and nobody could cross it at all."
)
FLOOD = " ".join(RIVER.format(feet) for feet in range(2, 9))
GATE = "• {} gate, where the old keeper has long asked for new oak and hinges that do not rust in winter"
GATES = tuple(GATE.format(name) for name in ("Saxby", "Mossop", "Otter", "Tarn"))
WEIR = "• The {} weir leaks at its northern end. Its keeper has told the county of it in each year since."
WEIRS = tuple(WEIR.format(f"{number}th") for number in range(4, 20))
SYMPATHY = (
    "• The widow of the late Rob Tarn, who kept a weir.",
    "• The family of Ida Mossop, once Mayor.",
    "• The crew of the lost dredger.",
)
MENDED, LEAKING = "\n".join(f"{gate};" for gate in GATES), "\n".join(WEIRS)
PAPER = f"""ASHMERE COUNTY COUNCIL

RIVERS PANEL

MINUTES of a meeting of the Rivers Panel held on 5 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

1. Sympathy

The Panel expressed its sympathy to the following:

{SYMPATHY[0]}
{SYMPATHY[1]}
{SYMPATHY[2]}

The Chairman thanked all who had written.

2. Gates

{FLOOD}

The Panel was told that these gates want mending:

\fPage 2

{MENDED}

All this was left to the keepers.

3. Weirs

The keeper of the weirs reported as follows on the leaks:

{LEAKING}
"""
FERRY = """# Minutes of the Monthly Meeting of Ashmere County Council held on Monday, 16th July, 2018

We request that the Council take the following actions for the ferry of Otter Lane:

1. **Call a Meeting of All**:

Ask everybody who has been on board the ferry since June to come, among them: -

o The captain of the boat

o The keeper of the bell

2. **Paint the boat in the spring.**
"""
SAID = "The Panel expressed its sympathy to the following:"
TOLD = "The Panel was told that these gates want mending:"
REPORTED = "The keeper of the weirs reported as follows on the leaks:"


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("lists")
    (folder / "minutes.txt").write_text(PAPER, encoding="utf-8")
    (folder / "ferry.md").write_text(FERRY, encoding="utf-8")
    ingest(folder / "data", folder / "minutes.txt", folder / "ferry.md")
    with open_services(Settings(data_dir=folder / "data"), HashingEncoder(64)) as opened:
        yield opened


def quoted(
    services: Services, question: str, words: str, *, paper: str = PAPER, standing: Standing | None = None
) -> tuple[list[str], list[str]]:
    """Return the lines that are quoted where a question fits some words best, and the notes."""
    start = paper.index(words)
    span = Span(start, start + len(words))
    reading = read_question(Question(question), Catalogue(0, (), (), (), {}), date(2024, 7, 1))
    with services.database.reading() as reader:
        document = reader.value(
            "SELECT id FROM document WHERE file_name = :name",
            {"name": "minutes.txt" if paper is PAPER else "ferry.md"},
        )
        request = Request(reader, reading, PUBLIC_ONLY, None, Trace())
        draft = Draft(document, (span,), 1.0, standing=standing, focus=span)
        (whole,) = lists_whole(request, [draft])
    told = "\n".join(paper[span.start : span.end] for span in whole.spans)
    return [line for line in told.split("\n") if line], request.trace.notes


def test_members_that_their_lead_in_alone_fits_come_all_with_it(services: Services) -> None:
    asked = "To whom was sympathy expressed?"
    assert quoted(services, asked, SYMPATHY[0]) == ([SAID, *SYMPATHY], [])


@pytest.mark.parametrize(
    "asked",
    [
        "What did the crew of the dredger get?",
        "Was sympathy expressed?",
        "When was sympathy expressed?",
        "How many times was sympathy expressed?",
        "Was sympathy expressed to the widow of Rob Tarn?",
        "What letter of sympathy did the bishop read?",
    ],
)
def test_one_member_answers_alone_where_one_thing_is_asked(services: Services, asked: str) -> None:
    assert quoted(services, asked, SYMPATHY[2]) == ([SYMPATHY[2]], [])


def test_a_member_that_the_question_tells_from_the_others_answers_alone(services: Services) -> None:
    asked = "What sympathy was expressed to the crew?"
    assert quoted(services, asked, SYMPATHY[2]) == ([SYMPATHY[2]], [])


def test_what_most_members_name_tells_none_from_the_others(services: Services) -> None:
    asked = "What do the gates that want mending need of oak and hinges?"
    told, _ = quoted(services, asked, f"{GATES[1]};")
    assert told == [TOLD, *(f"{gate};" for gate in GATES)]


def test_what_only_introduces_a_list_is_never_quoted_without_it(services: Services) -> None:
    for asked in ("What did the Panel do?", "When was sympathy expressed?"):
        assert quoted(services, asked, SAID) == ([SAID, *SYMPATHY], [])


def test_a_list_on_the_next_page_comes_whichever_part_was_found_and_ends_where_it_ends(
    services: Services,
) -> None:
    for words in (TOLD, f"{GATES[1]};"):
        told, notes = quoted(services, "Which gates want mending?", words)
        assert told == [TOLD, *(f"{gate};" for gate in GATES)]
        assert notes == []


def test_of_a_long_list_the_first_sentence_of_each_member_is_quoted_with_a_note(services: Services) -> None:
    told, notes = quoted(services, "What are the leaks?", REPORTED)
    assert told == [REPORTED, *(f"{weir.split('.')[0]}." for weir in WEIRS)]
    assert notes == [
        "of each member of the list the first sentence is quoted: follow the citation for the rest"
    ]


def test_what_is_known_for_a_decision_is_left_as_it_is(services: Services) -> None:
    told, _ = quoted(services, "To whom was sympathy expressed?", SYMPATHY[0], standing=Standing.RESOLVED)
    assert told == [SYMPATHY[0]]


def test_what_is_told_of_a_decision_comes_with_the_list_that_it_announces(services: Services) -> None:
    told, _ = quoted(services, "What was done?", SAID, standing=Standing.MINUTED)
    assert told == [SAID, *SYMPATHY]


def test_what_is_told_as_earlier_keeps_to_its_words(services: Services) -> None:
    span = Span(PAPER.index(SAID), PAPER.index(SAID) + len(SAID))
    reading = read_question(Question("What was done?"), Catalogue(0, (), (), (), {}), date(2024, 7, 1))
    with services.database.reading() as reader:
        document = reader.value("SELECT id FROM document WHERE file_name = 'minutes.txt'")
        earlier = Draft(document, (span,), 1.0, template=EARLIER)
        assert lists_whole(Request(reader, reading, PUBLIC_ONLY, None, Trace()), [earlier]) == [earlier]


def test_a_line_that_only_names_what_follows_is_quoted_with_it(services: Services) -> None:
    named = "1. **Call a Meeting of All**:"
    told, _ = quoted(services, "Who should come?", named, paper=FERRY)
    asks = "Ask everybody who has been on board the ferry since June to come, among them: -"
    assert told == [named, asks, "o The captain of the boat", "o The keeper of the bell"]

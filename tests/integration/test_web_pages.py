import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from qa_service.api.bodies import DOUBT
from qa_service.app import HEADERS
from qa_service.app import PAGES as PAGE_MODULES
from tests.factories import ingest
from tests.integration.web_site import HOSTILE, PDF_PAGES, Site, marked, open_site, pdf, text_of

PAGES = (
    "/",
    "/?q=What+was+resolved+about+the+bridge+at+Ebbfold",
    "/?q=Who+ruled+Byzantium&council=Orme+Borough+Council",
    "/?q=",
    "/?q=bridge&held_from=yesterday",
    "/meetings",
    "/papers",
    "/papers?attention=1&page=999",
    "/coverage",
    "/coverage?year=1066",
    "/about/how-answers-are-made",
    "/about/accessibility",
    "/officers/sign-in",
    "/documents/nothing",
    "/nothing",
    "/answers/nothing",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with open_site(tmp_path_factory.mktemp("site")) as opened:
        yield opened


def paper_pages(site: Site) -> list[str]:
    cabinet, hostile = site.paper("cabinet.pdf"), site.paper("hostile.txt")
    return [
        f"/documents/{cabinet}",
        f"/documents/{cabinet}/pages/2?start=130&end=150",
        f"/documents/{hostile}?start=300&end=420",
        f"/documents/{cabinet}/find?q=otter",
        f"/documents/{cabinet}/find?q=",
    ]


def test_every_page_has_the_headers_exactly(site: Site) -> None:
    for path in (*PAGES, *paper_pages(site)):
        response = site.get(path)
        found = {name: response.headers.get(name) for name in HEADERS}
        assert found == HEADERS, path


def test_every_route_there_is_has_the_headers_whatever_it_answers(site: Site) -> None:
    api = site.client.get("/v1/openapi.json").json()["paths"]
    pages = {str(getattr(route, "path", "")) for module in PAGE_MODULES for route in module.router.routes}
    paths = {re.sub(r"\{\w+\}", "1", path) for path in {*api, *pages}}
    assert len(paths) > 30
    for path in paths:
        for method in ("GET", "POST", "DELETE"):
            response = site.client.request(method, path, follow_redirects=False)
            found = {name: response.headers.get(name) for name in HEADERS if name != "Cache-Control"}
            assert found == {name: HEADERS[name] for name in found}, (method, path)


def test_a_fault_of_ours_has_the_headers_too_and_says_nothing_of_its_cause(site: Site) -> None:
    pictures = site.client.app.state.contents  # type: ignore[attr-defined]
    site.client.app.state.contents = None  # type: ignore[attr-defined]
    try:
        response = site.get("/meetings")
    finally:
        site.client.app.state.contents = pictures  # type: ignore[attr-defined]
    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "NoneType" not in response.text
    assert "Something went wrong" in response.text


def test_no_page_is_cached_anywhere(site: Site) -> None:
    assert all(site.get(path).headers["cache-control"] == "no-store" for path in PAGES)


def test_an_unknown_page_is_a_page_and_an_unknown_route_of_the_api_a_problem(site: Site) -> None:
    page, api = site.get("/nothing"), site.get("/v1/nothing")
    assert page.status_code == api.status_code == 404
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert api.headers["content-type"] == "application/problem+json"


def test_an_unknown_paper_and_an_unknown_address_differ_in_nothing_but_words(site: Site) -> None:
    one, other = site.get("/documents/d0000000000000000"), site.get("/documents/d1111111111111111")
    assert one.status_code == 404
    assert one.text == other.text


class Tags(HTMLParser):
    """Collects tags and attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def test_a_papers_words_are_never_markup(site: Site) -> None:
    hostile = site.paper("hostile.txt")
    paths = (
        f"/documents/{hostile}",
        f"/documents/{hostile}?start=0&end=500",
        "/?q=What+was+resolved+about+window.owned",
        f"/documents/{hostile}/find?q=window.owned",
        "/?q=" + HOSTILE.replace(" ", "+").replace("{", "%7B").replace("<", "%3C"),
        "/meetings",
    )
    for path in paths:
        page = site.get(path).text
        tags = Tags()
        tags.feed(page)
        scripts = [attributes for tag, attributes in tags.seen if tag == "script"]
        assert [set(each) for each in scripts] == [{"src", "defer"}], path
        assert not [tag for tag, _ in tags.seen if tag == "img"], path
        assert not [a for _, each in tags.seen for a in each if a.startswith("on")], path
    assert "{{ 7 * 7 }}" in text_of(site.get(f"/documents/{hostile}").text)


def test_the_answer_says_its_standing_in_words_and_links_to_the_words(site: Site) -> None:
    page = site.get("/?q=What+was+resolved+about+the+bridge+at+Ebbfold").text
    assert "What the papers say" in page
    assert re.search(r'href="/documents/d\w+\?start=\d+&amp;end=\d+#quote"', page)
    assert "Decided by members" in text_of(page) or "It is not a decision" in text_of(page)


def test_a_refusal_says_what_was_searched_and_calls_the_nearest_no_answer(site: Site) -> None:
    said = text_of(site.get("/?q=Who+ruled+Byzantium&council=Orme+Borough+Council").text)
    assert "Not found in the papers" in said
    assert "What was searched" in said
    assert "4 papers" in said


def test_a_limit_set_by_hand_is_shown_with_an_address_that_asks_without_it(site: Site) -> None:
    page = site.get("/?q=Who+was+there&council=Orme+Borough+Council&held_from=2024-01-01").text
    assert "Council: Orme Borough Council" in text_of(page)
    assert 'href="/?q=Who+was+there&amp;held_from=2024-01-01#answer"' in page
    assert 'href="/?q=Who+was+there&amp;council=Orme+Borough+Council#answer"' in page


def test_an_empty_question_and_a_bad_date_are_explained_beside_their_fields(site: Site) -> None:
    empty, bad = site.get("/?q="), site.get("/?q=bridge&held_from=yesterday")
    assert empty.status_code == bad.status_code == 422
    assert 'href="#q">Type a question' in empty.text
    assert 'href="#held_from"' in bad.text
    assert re.search(r"<textarea [^>]*name=\"q\"[^>]*>\nbridge</textarea>", bad.text)


def test_an_answer_can_be_seen_again_word_for_word(site: Site) -> None:
    page = site.get("/?q=What+was+resolved+about+the+bridge+at+Ebbfold").text
    link = re.search(r'href="(/answers/a\w+)"', page)
    assert link
    again = site.get(link[1])
    assert again.status_code == 200
    quotes = re.findall(r"(?s)<blockquote.*?</blockquote>", page)
    assert quotes
    assert re.findall(r"(?s)<blockquote.*?</blockquote>", again.text) == quotes
    assert "unchanged: the same words" in site.get(link[1] + "?check=true").text


def test_papers_that_differ_are_shown_side_by_side_and_neither_is_preferred(site: Site) -> None:
    page = site.get(f"/answers/{site.differing_answer()}").text
    assert page.count('<div class="side">') == 2
    said = text_of(page)
    assert "The papers differ The date of the meeting. Both are shown as printed." in said
    assert "Source 1" in said
    assert "Source 2" in said


def test_an_answer_that_little_speaks_for_says_so(site: Site) -> None:
    unsure, sure = (site.get(f"/answers/{site.differing_answer(each)}").text for each in (0.2, 0.9))
    assert text_of(unsure).count(DOUBT) == 2, "with the answer and in its text to paste"
    assert DOUBT not in text_of(sure)
    assert "Other places that may answer These are no part of the answer above." in text_of(unsure)
    assert "Other places" not in text_of(sure)


def test_words_of_ours_around_a_quote_are_not_shown_as_a_quote(site: Site) -> None:
    page = site.get(f"/answers/{site.differing_answer()}").text
    assert '<p class="said">The papers say: ' in page
    assert "The papers say: " not in "".join(re.findall(r"(?s)<blockquote.*?</blockquote>", page))


def test_a_follow_up_carries_what_was_asked_before(site: Site) -> None:
    first = site.get("/?q=What+was+resolved+about+the+bridge+at+Ebbfold").text
    after = re.search(r'name="after" value="(a\w+)"', first)
    assert after
    page = site.get(f"/?q=When+will+it+open&after={after[1]}&after=a0000000000000000").text
    assert "This question follows on from" in page
    assert f'<a href="/answers/{after[1]}">What was resolved about the bridge at Ebbfold</a>' in page
    assert "1 earlier question is no longer kept" in page


def test_a_pdf_page_shows_its_text_with_the_words_marked_and_their_boxes(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    start = site.get(f"/v1/documents/{cabinet}/text").json()["text"].index("that otter holts")
    page = site.get(f"/documents/{cabinet}/pages/2?start={start}&end={start + 27}").text
    assert marked(page) == "that otter holts be built a"
    assert page.count("<rect ") == 1
    assert f'<image href="/v1/documents/{cabinet}/pages/2.png"' in page
    assert page.count('id="quote"') == 1


def test_words_over_a_page_end_are_marked_on_both_pages(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    text = site.get(f"/v1/documents/{cabinet}/text").json()["text"]
    start, end = text.index("that the cost"), text.index("be met") + len("be met")
    one = site.get(f"/documents/{cabinet}/pages/2?start={start}&end={end}").text
    two = site.get(f"/documents/{cabinet}/pages/3?start={start}&end={end}").text
    assert (marked(one), marked(two)) == ("that the cost", "be met")
    assert f"/documents/{cabinet}/pages/3?start={start}&amp;end={end}" in one


def test_a_source_without_pages_shows_its_text_with_the_words_marked(site: Site) -> None:
    bridge = site.paper("bridge.txt")
    start = site.get(f"/v1/documents/{bridge}/text").json()["text"].index("that a further report")
    page = site.get(f"/documents/{bridge}?start={start}&end={start + 21}").text
    assert marked(page) == "that a further report"


def test_a_place_in_a_pdf_without_its_page_leads_to_the_page(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    start = site.get(f"/v1/documents/{cabinet}/text").json()["text"].index("Otter holts")
    response = site.get(f"/documents/{cabinet}?start={start}&end={start + 5}")
    assert response.status_code == 303
    assert response.headers["location"].startswith(f"/documents/{cabinet}/pages/2?start={start}")


@pytest.mark.parametrize(
    "place", ["start=5&end=5", "start=x&end=9", "start=0&end=999999999", "start=-4&end=2"]
)
def test_a_place_that_is_none_marks_nothing_and_says_so(site: Site, place: str) -> None:
    page = site.get(f"/documents/{site.paper('cabinet.pdf')}/pages/1?{place}")
    assert page.status_code == 200
    assert "<mark" not in page.text
    assert "names a place that is not in this paper" in page.text


@pytest.mark.parametrize("number", ["0", "4", "999999999999999999999", "one"])
def test_a_page_that_is_not_there_is_not_found(site: Site, number: str) -> None:
    assert site.get(f"/documents/{site.paper('cabinet.pdf')}/pages/{number}").status_code in {404, 422}


def test_the_picture_of_a_page_is_kept_by_the_browser_but_asked_for_again(site: Site) -> None:
    path = f"/v1/documents/{site.paper('cabinet.pdf')}/pages/1.png"
    first = site.get(path)
    assert first.headers["content-type"] == "image/png"
    assert first.headers["cache-control"] == "private, no-cache"
    again = site.get(path, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_only_pdf_files_have_pictures(site: Site) -> None:
    assert site.get(f"/v1/documents/{site.paper('bridge.txt')}/pages/1.png").status_code == 404
    assert site.get(f"/v1/documents/{site.paper('cabinet.pdf')}/pages/9.png").status_code == 404


def test_welsh_passages_are_marked_as_welsh(site: Site) -> None:
    page = site.get(f"/documents/{site.paper('welsh.txt')}").text
    assert re.search(r'<p id="b\d+" class="block" lang="cy">Penderfynwyd', page)


def test_a_search_in_a_paper_shows_the_words_or_says_that_no_passage_holds_them(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    page = site.get(f"/documents/{cabinet}/find?q=otters").text
    assert re.search(r"\d passages?, nearest first", text_of(page))
    assert set(re.findall(r'<b class="hit">(\w+)</b>', page)) == {"Otter", "otter"}
    nothing = site.get(f"/documents/{cabinet}/find?q=aerodrome").text
    assert "No passage holds these words" in nothing
    assert "nearest first" not in nothing


def test_the_original_can_be_had_even_where_there_is_no_picture(site: Site) -> None:
    cabinet, bridge = site.paper("cabinet.pdf"), site.paper("bridge.txt")
    for path, id_ in ((f"/documents/{cabinet}/pages/1", cabinet), (f"/documents/{bridge}", bridge)):
        assert f'href="/v1/documents/{id_}/original"' in site.get(path).text
        assert site.get(f"/v1/documents/{id_}/original").status_code == 200


def test_a_paper_of_unknown_standing_is_not_called_unknown(site: Site) -> None:
    reply = site.client.post("/v1/answers", json={"question": "What was resolved on the bridge?"}).json()
    assert reply["citations"]
    assert all("unknown" not in each["reference"] for each in reply["citations"])


def test_a_meeting_lists_its_papers_and_their_items(site: Site) -> None:
    listed = site.get("/meetings").text
    link = re.search(r'href="(/meetings/m\w+)">[^<]*6 February 2024', listed)
    assert link
    meeting = text_of(site.get(link[1]).text)
    assert "Marlshire County Council" in meeting
    assert "Minute 2: Report on the bridge at Ebbfold" in meeting


def test_lists_can_be_narrowed(site: Site) -> None:
    assert "1 meeting, newest first" in text_of(site.get("/meetings?body=Cabinet").text)
    assert "0 meetings, newest first" in text_of(site.get("/meetings?body=Nobody").text)
    assert "0 papers, by title" in text_of(site.get("/papers?kind=poem").text)


def test_the_picture_of_coverage_and_its_table_count_the_same(site: Site) -> None:
    page = site.get("/coverage?year=2024").text
    squares = [int(each) for each in re.findall(r'class="in-bar"[^>]*>(\d+)<', page)]
    cells = [int(each) for each in re.findall(r'<td role="cell" class="number"[^>]*>(\d+)</td>', page)]
    assert squares == cells
    assert sum(cells) == 2


def test_feedback_is_kept_once_a_verdict_was_chosen(site: Site) -> None:
    page = site.get("/?q=What+was+resolved+about+the+bridge+at+Ebbfold").text
    answer = re.search(r'name="answer_id" value="(a\w+)"', page)
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert answer
    assert token
    fields = {"answer_id": answer[1], "token": token[1], "comment": "It lacks the date"}
    refused = site.post("/feedback", fields)
    assert refused.status_code == 422
    assert "It lacks the date" in refused.text
    assert site.post("/feedback", fields | {"verdict": "incomplete"}).status_code == 303
    kept = site.services.kept().feedback()[-1]
    assert (kept["verdict"], kept["comment"]) == ("incomplete", "It lacks the date")


def test_feedback_without_a_form_of_ours_is_refused(site: Site) -> None:
    page = site.get("/?q=What+was+resolved+about+the+bridge+at+Ebbfold").text
    answer = re.search(r'name="answer_id" value="(a\w+)"', page)
    assert answer
    response = site.post("/feedback", {"answer_id": answer[1], "verdict": "right"})
    assert response.status_code == 422
    assert "load the page again" in response.text


def test_no_page_weighs_a_hundred_kilobytes(site: Site) -> None:
    assets = sum(
        len(site.get(path).content) for path in set(re.findall(r"/assets/[^\"]+", site.get("/").text))
    )
    for path in (*PAGES, *paper_pages(site)):
        assert len(site.get(path).content) + assets < 100_000, path


def test_assets_are_kept_for_ever_and_other_names_are_not_found(site: Site) -> None:
    path = re.search(r"/assets/\w+/style\.css", site.get("/").text)
    assert path
    assert "immutable" in site.get(path[0]).headers["cache-control"]
    assert site.get("/assets/0/style.css").status_code == 404


def test_a_body_beyond_the_limit_is_cut_off_before_it_is_read(site: Site) -> None:
    response = site.client.post("/feedback", content=b"x" * (2**20 + 1))
    assert response.status_code == 413
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    chunks = (b"x" * 2**19 for _ in range(3))
    assert site.client.post("/v1/answers", content=chunks).status_code == 413


def test_an_answer_repeats_the_question_it_answers(site: Site) -> None:
    question = "What was resolved about the bridge at Ebbfold"
    said = text_of(site.get("/?q=" + question.replace(" ", "+")).text)
    assert f"You asked: {question}" in said


def test_papers_are_found_by_words_of_their_title(site: Site) -> None:
    everything = text_of(site.get("/papers").text)
    assert "4 papers, by title" in everything
    found = site.get("/papers?title=CABINET+minutes").text
    assert "1 paper, by title" in text_of(found)
    assert 'value="CABINET minutes"' in found
    none = text_of(site.get("/papers?title=zeppelins").text)
    assert "0 papers, by title" in none
    assert "No paper here fits. Take a limit away" in none


def test_a_repaired_paper_is_not_said_to_be_read_in_part(tmp_path: Path) -> None:
    broken = pdf().replace(b"0000000092 00000 n", b"0000000095 00000 n")
    (tmp_path / "repaired.pdf").write_bytes(broken)
    (tmp_path / "blank.pdf").write_bytes(pdf((*PDF_PAGES, ())))
    with open_site(tmp_path) as site:
        ingest(tmp_path / "data", tmp_path / "repaired.pdf", tmp_path / "blank.pdf")
        said = text_of(site.get(f"/documents/{site.paper('repaired.pdf')}").text)
        assert "The file was repaired while it was read." in said
        assert "No words were lost by it." in said
        partly = text_of(site.get(f"/documents/{site.paper('blank.pdf')}").text)
        assert "Words that could not be read cannot be found or quoted." in partly
        listed = site.get("/papers?attention=1").text
        assert site.paper("blank.pdf") in listed
        assert site.paper("repaired.pdf") not in listed


def test_a_page_is_opened_by_its_printed_number_or_by_its_place_in_the_file(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    assert f'action="/documents/{cabinet}/pages"' in site.get(f"/documents/{cabinet}/pages/2").text
    to = site.get(f"/documents/{cabinet}/pages?page=+3+")
    assert (to.status_code, to.headers["location"]) == (303, f"/documents/{cabinet}/pages/3")
    none = site.get(f"/documents/{cabinet}/pages?page=<b>12")
    assert none.status_code == 404
    assert "This paper has no page “<b>12”. It has 3 pages." in text_of(none.text)
    assert "<b>12" not in none.text
    assert site.get(f"/documents/{cabinet}/pages").status_code == 404


def test_a_question_about_one_paper_says_so_before_and_after_it_is_asked(site: Site) -> None:
    bridge = site.paper("bridge.txt")
    title = "Highways and Flood Risk Committee, 6 February 2024: minutes"
    assert f'href="/?documents={bridge}"' in site.get(f"/documents/{bridge}").text
    before = site.get(f"/?documents={bridge}").text
    assert f"Only this paper is searched: {title} ." in text_of(before)
    assert f'<input type="hidden" name="documents" value="{bridge}">' in before
    after = text_of(site.get(f"/?q=What+was+resolved+about+the+bridge&documents={bridge}").text)
    assert f"Paper: {title} Remove" in after


def test_a_whole_page_has_a_reference_without_the_minute_that_happens_to_begin_on_it(site: Site) -> None:
    cabinet = site.paper("cabinet.pdf")
    said = text_of(site.get(f"/documents/{cabinet}/pages/2").text)
    assert "Reference to this page: Marlshire County Council, Cabinet, 14 March 2024," in said
    reference = said.partition("Reference to this page: ")[2].partition("cabinet.pdf")[0]
    assert "PDF page 2" in reference
    assert "minute 4" not in reference
    assert "item" not in reference
    start = site.get(f"/v1/documents/{cabinet}/text").json()["text"].index("that otter holts")
    marked_page = text_of(site.get(f"/documents/{cabinet}/pages/2?start={start}&end={start + 27}").text)
    assert "Reference to this page" not in marked_page

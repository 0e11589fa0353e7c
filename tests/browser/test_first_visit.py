"""What people stumbled on at their first visit, each held by the way they came."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Server, sign_in
from tests.factories import minutes

pytestmark = pytest.mark.browser

ASKED = "/?q=What+was+resolved+on+the+IRS+annual+report%3F"


def test_a_paper_leads_back_to_its_meeting_and_on_to_what_was_decided_there(page: Page) -> None:
    page.goto("/papers?title=Executive+16+January+2024+minutes")
    page.locator(".list a").first.click()
    crumbs = page.get_by_role("navigation", name="Breadcrumb")
    expect(crumbs.get_by_role("link", name="Marlport City Council")).to_be_visible()
    crumbs.get_by_role("link", name="Executive, 16 January 2024").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Executive, 16 January 2024")
    page.get_by_role("link", name="What was decided and asked at this meeting").click()
    places = page.locator(".list > li > p:first-of-type").all_text_contents()
    assert places
    assert all("Executive, 16 January 2024" in each for each in places)
    page.go_back()
    page.get_by_role("link", name="Who was there").click()
    expect(page.locator("caption").first).to_contain_text("Executive, 16 January 2024")


def test_a_page_and_a_search_in_a_paper_lead_back_to_the_meeting_too(page: Page) -> None:
    page.goto("/papers?title=Executive+16+January+2024+minutes")
    page.locator(".list a").first.click()
    paper = page.url
    for address in (f"{paper}/pages/1", f"{paper}/find?q=budget"):
        page.goto(address)
        links = page.get_by_role("navigation", name="Breadcrumb").get_by_role("link").all_text_contents()
        assert links[-2] == "Executive, 16 January 2024", address
        assert links[-1].startswith("Executive, 16 January 2024: minutes"), address


def test_no_meeting_lists_an_item_of_a_paper_twice_in_a_row(page: Page) -> None:
    page.goto("/meetings")
    meetings = [each.get_attribute("href") or "" for each in page.locator(".list a").all()]
    assert len(meetings) > 5
    for meeting in meetings:
        page.goto(meeting)
        for listed in page.locator(".list details").all():
            items = [re.sub(r"\s+", " ", each) for each in listed.locator("li a").all_text_contents()]
            doubled = [one for one, other in pairwise(items) if one == other]
            assert doubled == [], meeting


def test_every_example_question_is_answered(page: Page) -> None:
    page.goto("/")
    examples = [each.get_attribute("href") or "" for each in page.locator(".examples a").all()]
    assert len(examples) >= 4
    for example in examples:
        page.goto(example)
        expect(page.locator("#answer")).to_have_text("What the papers say")


def test_where_several_councils_are_held_each_place_begins_with_its_own(page: Page) -> None:
    page.goto(ASKED)
    expect(page.locator(".place").first).to_have_text(re.compile("^Marlshire County Council, "))
    page.goto("/?q=What+did+Birmingham+City+Council+resolve+about+its+trams%3F")
    for place in page.locator(".nearest .source").all_text_contents():
        assert re.match("Marl(shire County|port City) Council, ", place), place
    page.goto("/register/resolutions")
    for place in page.locator(".list > li > p:first-of-type").all_text_contents():
        assert re.match("Marl(shire County|port City) Council, ", place), place


def test_the_whole_answer_is_copied_with_its_sources_and_its_link(
    context: BrowserContext, page: Page, server: Server
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    page.goto(ASKED)
    quotes = page.locator("blockquote.quote").all_text_contents()
    references = page.locator(".reference").all_text_contents()
    page.get_by_role("button", name="Copy this link").click()
    link = page.evaluate("() => navigator.clipboard.readText()")
    assert re.fullmatch(rf"{server.url}/answers/a\w+", link)
    page.get_by_text("The answer as text to paste").click()
    page.get_by_role("button", name="Copy this answer").click()
    pasted = str(page.evaluate("() => navigator.clipboard.readText()"))
    assert pasted.startswith("Question: What was resolved on the IRS annual report?")
    assert all(" ".join(each.split()) in pasted for each in quotes)
    assert all(each in pasted for each in references)
    assert pasted.strip().endswith(link)


def test_an_answer_is_shared_where_the_device_can_share(page: Page) -> None:
    page.goto(ASKED)
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    page.add_init_script("navigator.share = async (what) => { window.shared = what; };")
    page.goto(ASKED)
    page.get_by_role("button", name="Share").click()
    shared = page.evaluate("() => window.shared")
    assert shared["title"] == "What was resolved on the IRS annual report?"
    assert "/answers/a" in shared["url"]


def test_limits_that_are_set_do_not_stand_between_a_question_and_its_answer(page: Page) -> None:
    page.goto("/?council=Marlport+City+Council")
    expect(page.get_by_label("Council", exact=True)).to_be_visible()
    page.goto(ASKED + "&council=Marlport+City+Council")
    expect(page.get_by_role("region", name="Searched only")).to_be_visible()
    expect(page.get_by_label("Council", exact=True)).to_be_hidden()


def test_an_answer_on_paper_has_its_link_and_nothing_to_press(page: Page) -> None:
    page.goto(ASKED + "&council=Marlshire+County+Council")
    page.emulate_media(media="print")
    expect(page.locator("a[data-share]")).to_be_visible()
    for name in ("Remove", "Copy this link", "Was this answer right?", "Ask"):
        for each in page.get_by_text(name, exact=True).all():
            expect(each).to_be_hidden()


def test_a_date_typed_in_words_is_understood(page: Page) -> None:
    page.goto("/?q=What+was+resolved+on+the+annual+report&held_from=1+January+2024")
    expect(page.get_by_role("region", name="Searched only")).to_contain_text("from 1 January 2024")
    page.goto("/register/resolutions?held_from=1/3/2024")
    expect(page.get_by_role("heading", level=2).first).to_contain_text("entr")
    page.goto("/register/resolutions?held_from=someday")
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("“Meetings from” must be a date like 23 January 2024")


@pytest.mark.parametrize("part", ["conflicts", "attendance", "commitments", "resolutions"])
def test_each_part_of_the_register_can_be_taken_away_as_it_is_narrowed(page: Page, part: str) -> None:
    page.goto(f"/register/{part}?council=Marlport+City+Council")
    for name, opens in (("CSV", b"\xef\xbb\xbf"), ("Excel", b"PK")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.startswith(part)
        content = download.value.path().read_bytes()
        assert content.startswith(opens)
        assert b"Marlshire County Council" not in content


def test_a_roll_is_opened_by_its_meeting_and_leads_to_its_page(page: Page) -> None:
    page.goto("/register/attendance")
    first = page.locator("details.roll-of").first
    expect(first.get_by_role("table")).to_be_hidden()
    first.locator("summary").click()
    expect(first.get_by_role("table")).to_be_visible()
    first.get_by_role("link", name=re.compile("^See the roll")).first.click()
    page.locator("mark#quote").wait_for()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_table_of_coverage_needs_no_scrolling(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/coverage?year=2024")
    page.get_by_text("The same as a table").click()
    frame = page.get_by_role("region", name="Table of the meetings in 2024")
    assert frame.evaluate("each => each.scrollWidth <= each.clientWidth")
    expect(frame.get_by_role("cell").locator("visible=true").first).to_have_text(re.compile(r"^\d+$"))


def test_a_page_is_opened_by_typing_its_number(page: Page) -> None:
    page.goto("/papers?kind=agenda+pack")
    page.locator(".list a").first.click()
    page.get_by_role("link", name="Open page 1").click()
    page.get_by_label("Page", exact=True).fill("3")
    page.get_by_role("button", name="Go to this page").click()
    page.wait_for_url(re.compile(r"/pages/\d+$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("page 3")


def test_jobs_below_a_refused_file_finish_by_themselves_and_name_the_paper(
    page: Page, tmp_path: Path
) -> None:
    good, empty = tmp_path / "plovers.txt", tmp_path / "empty.txt"
    good.write_text(minutes("plovers on the mud flats"), encoding="utf-8")
    empty.write_bytes(b"")
    sign_in(page)
    page.get_by_label("Files").set_input_files([good, empty])
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Not every file was taken")).to_be_visible()
    job = page.locator("#live .list > li", has_text="plovers.txt")
    expect(job).to_contain_text("Done", timeout=90_000)
    job.get_by_role("link", name="Highways and Flood Risk Committee, 6 February 2024: minutes").click()
    expect(page.locator(".page-text")).to_contain_text("plovers on the mud flats")
    page.get_by_role("link", name="Remove this paper").click()
    page.get_by_role("button", name="Remove the paper").click()
    page.locator("#live[data-poll=off]").wait_for(state="attached", timeout=90_000)


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_no_page_of_a_first_visit_runs_off_the_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/papers?kind=agenda+pack")
    paper = page.locator(".list a").first.get_attribute("href") or ""
    addresses = [paper, f"{paper}/pages/2", f"{paper}/find?q=report", f"/?documents={paper.split('/')[-1]}"]
    for address in (*addresses, ASKED, "/register/attendance", "/register/conflicts", "/meetings"):
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, address


def test_a_long_question_is_seen_whole_on_a_phone_and_enter_asks_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/")
    box = page.get_by_label("Your question")
    box.fill(
        "What was resolved on the annual report of the Independent Reviewing Service, and by which panel?"
    )
    assert box.evaluate(
        "each => each.scrollHeight <= each.clientHeight && each.scrollWidth <= each.clientWidth"
    )
    box.press("Enter")
    page.locator("#answer").wait_for()
    follow = page.get_by_label("Your next question")
    follow.fill("Who was there?")
    follow.press("Shift+Enter")
    expect(follow).to_have_value("Who was there?\n")
    follow.press("Enter")
    expect(page.get_by_role("heading", name="This question follows on from")).to_be_visible()


def test_the_fields_of_the_register_stay_folded_until_one_of_them_is_filled_in(page: Page) -> None:
    for address, inside in (
        ("resolutions?text=report", "Standing"),
        ("attendance?person=Quill", "Committee"),
    ):
        page.goto(f"/register/{address}")
        expect(page.get_by_label(inside, exact=True)).to_be_hidden()
        page.goto(f"/register/{address}&held_from=2024-01-01")
        expect(page.get_by_label(inside, exact=True)).to_be_visible()

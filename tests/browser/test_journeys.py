"""What people come to do, done with a real browser."""

import csv
import itertools
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Server, sign_in
from tests.factories import minutes
from tests.integration.web_site import HOSTILE

pytestmark = pytest.mark.browser

QUESTION = "What was resolved on the IRS annual report?"


def ask(page: Page, question: str) -> None:
    page.goto("/")
    page.get_by_label("Your question").fill(question)
    page.get_by_role("button", name="Ask", exact=True).first.click()
    page.locator("#answer").wait_for()


def test_a_question_is_answered_with_standing_quotes_and_sources(page: Page) -> None:
    ask(page, QUESTION)
    expect(page).to_have_title(re.compile("^Answer: What was resolved on the IRS annual report"))
    expect(page.locator("blockquote.quote").first).to_contain_text("Independent Reviewing")
    expect(page.locator(".standing").first).to_contain_text(re.compile("decision|Decided"))
    assert page.locator(".references li").count() >= 1


def test_an_answer_is_announced_to_those_who_listen(page: Page) -> None:
    ask(page, QUESTION)
    expect(page.get_by_role("status")).to_have_text(re.compile(r"\d+ statements? found in \d+ papers?"))


def test_an_example_question_can_be_followed(page: Page) -> None:
    page.goto("/")
    page.locator(".examples a").first.click()
    page.locator("#answer").wait_for()
    assert page.url.endswith("#answer")


def test_a_citation_opens_the_very_page_with_the_words_marked_twice(page: Page) -> None:
    ask(page, QUESTION)
    quote = page.locator("blockquote.quote").first.text_content() or ""
    page.locator(".sources li").first.get_by_role("link", name=re.compile("^See page")).click()
    page.locator("mark#quote").wait_for()
    marked = " ".join(page.locator("mark").all_text_contents())
    assert marked.split() == quote.split()
    assert page.locator(".page-picture rect").count() >= 1
    expect(page.locator("mark#quote")).to_be_in_viewport()
    picture = page.locator(".page-picture image")
    response = page.request.get(picture.get_attribute("href") or "")
    assert response.status == 200
    assert response.headers["content-type"] == "image/png"


def test_pages_are_turned_and_the_structure_leads_to_others(page: Page) -> None:
    ask(page, QUESTION)
    page.locator(".sources li").first.get_by_role("link", name=re.compile("^See page")).click()
    page.locator("mark#quote").wait_for()
    first = page.url
    page.get_by_role("navigation", name="In this paper").get_by_role("link").last.click()
    page.wait_for_url(re.compile(r"/pages/\d+#b\d+"))
    page.get_by_role("navigation", name="Pages", exact=True).get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/pages/\d+$"))
    assert page.url != first


@pytest.mark.parametrize("width", [1280, 1600])
def test_nothing_of_the_source_view_lies_over_another_part(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    ask(page, QUESTION)
    page.locator(".sources li").first.get_by_role("link", name=re.compile("^See page")).click()
    page.locator("mark#quote").wait_for()
    page.evaluate("() => window.scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    parts = [page.locator(name).bounding_box() for name in (".page-text", ".page-picture", ".outline")]
    boxes = [(box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"]) for box in parts if box]
    assert len(boxes) == 3
    for one, other in itertools.combinations(boxes, 2):
        beside = one[2] <= other[0] + 1 or other[2] <= one[0] + 1
        below = one[3] <= other[1] + 1 or other[3] <= one[1] + 1
        assert beside or below, (one, other)


def test_a_limit_set_by_hand_is_shown_and_removed_in_one_click(page: Page) -> None:
    page.goto("/")
    page.get_by_text("Narrow the search").click()
    page.get_by_label("Council", exact=True).select_option("Marlport City Council")
    page.get_by_label("Your question").fill("What was resolved about the annual report?")
    page.get_by_role("button", name="Ask", exact=True).click()
    limits = page.get_by_role("region", name="Searched only")
    expect(limits).to_contain_text("Council: Marlport City Council")
    papers = page.locator(".references .reference").all_text_contents()
    assert papers
    assert all("Marlport" in each for each in papers)
    limits.get_by_role("link", name="Remove Council: Marlport City Council").click()
    page.locator("#answer").wait_for()
    assert "council=" not in page.url
    expect(page.get_by_text("Council: Marlport City Council")).to_have_count(0)


def test_a_limit_read_from_the_question_is_shown_and_removed_in_one_click(page: Page) -> None:
    ask(page, "What did the Executive of Marlport City Council resolve in January 2024?")
    limits = page.get_by_role("region", name="Searched only")
    expect(limits).to_contain_text("Council: Marlport City Council (read from your question)")
    limits.get_by_role("link", name="Remove Council: Marlport City Council").click()
    page.wait_for_url(re.compile("wide=council"))
    expect(page.get_by_text("Council: Marlport City Council")).to_have_count(0)
    expect(page.get_by_label("Your question")).to_have_value(re.compile("^What did the Executive"))


def test_a_refusal_says_what_was_searched_and_that_the_nearest_is_no_answer(page: Page) -> None:
    ask(page, "What did Birmingham City Council resolve about its trams?")
    expect(page.locator("#answer")).to_have_text("Not found in the papers")
    expect(page.get_by_role("heading", name="What was searched")).to_be_visible()
    if page.locator(".nearest").count():
        expect(page.get_by_role("heading", name=re.compile("these do not answer"))).to_be_visible()


def test_an_answer_has_a_permanent_link_that_shows_it_again(page: Page) -> None:
    ask(page, QUESTION)
    quotes = page.locator("blockquote.quote").all_text_contents()
    page.locator("a[href^='/answers/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    assert page.locator("blockquote.quote").all_text_contents() == quotes
    page.get_by_role("link", name="Check the quotes against the papers now").click()
    expect(page.locator("#checked")).to_be_visible()
    expect(page.get_by_text("unchanged: the same words").first).to_be_visible()


def test_a_reference_is_copied_as_it_is_shown(context: BrowserContext, page: Page, server: Server) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
    ask(page, QUESTION)
    shown = page.locator(".reference").first.text_content()
    page.get_by_role("button", name="Copy this reference").first.click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("() => navigator.clipboard.readText()") == shown


def test_a_follow_up_carries_the_question_before(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_label("Your next question").fill("Who was there?")
    page.locator("section", has=page.locator("#follow")).get_by_role("button").click()
    expect(page.get_by_role("heading", name="This question follows on from")).to_be_visible()
    expect(page.get_by_role("link", name=QUESTION)).to_be_visible()


def test_feedback_is_sent_and_thanked_for(page: Page) -> None:
    ask(page, QUESTION)
    page.get_by_text("Was this answer right?").click()
    page.get_by_label("It is right, but something is missing").check()
    page.get_by_label(re.compile("What should it have said")).fill("The date")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_papers_and_meetings_can_be_looked_through_and_searched_within(page: Page) -> None:
    page.goto("/meetings")
    page.get_by_label("Committee").select_option(index=1)
    page.get_by_role("button", name="Show").click()
    page.locator(".list a").first.click()
    page.locator(".list h3 a").first.click()
    expect(page.get_by_role("heading", name="In this paper")).to_be_visible()
    page.get_by_label("Search in this paper").fill("report")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#found")).to_contain_text("passage")


def test_officers_see_a_good_file_through_and_a_broken_one_fail_with_advice(
    page: Page, tmp_path: Path
) -> None:
    good, broken = tmp_path / "kestrels.txt", tmp_path / "broken.pdf"
    good.write_text(minutes("kestrels on the town hall"), encoding="utf-8")
    broken.write_bytes(b"%PDF-1.7\nnothing follows")
    sign_in(page)
    page.get_by_label("Files").set_input_files([good, broken])
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/officers/jobs")
    page.locator("#live[data-poll=off]").wait_for(state="attached", timeout=90_000)
    page.get_by_role("link", name="broken.pdf").first.click()
    expect(page.get_by_text("What to do:")).to_be_visible()
    page.goto("/officers/jobs")
    page.get_by_role("link", name="kestrels.txt").first.click()
    page.locator(".done a").click()
    expect(page.locator(".page-text")).to_contain_text("kestrels on the town hall")
    page.get_by_role("link", name="Remove this paper").click()
    page.get_by_role("button", name="Remove the paper").click()
    page.locator("#live[data-poll=off]").wait_for(state="attached", timeout=90_000)
    expect(page.locator(".done")).to_contain_text("no longer shown or searched")


def test_an_officer_corrects_a_link_and_sees_the_trail(page: Page) -> None:
    page.goto("/register/commitments?state=reported+done")
    page.locator(".list h3 a").first.click()
    expect(page.get_by_role("link", name="Check this link")).to_have_count(0)
    commitment = page.url
    sign_in(page)
    page.goto(commitment)
    page.get_by_role("link", name=re.compile("^Check this link")).first.click()
    page.get_by_role("button", name="Keep this").click()
    page.get_by_role("link", name="Choose what is the case").click()
    expect(page.get_by_label("It is right")).to_be_focused()
    page.get_by_label("The paper does report on this, but says something else").check()
    page.get_by_label("It says that it was done in part").check()
    page.get_by_label("Your name").fill("Ada Quill")
    page.get_by_role("button", name="Keep this").click()
    page.wait_for_url(re.compile(r"/register/commitments/\w+#history"))
    expect(page.get_by_text("At first it was taken so: the paper says that it was done.")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("Corrected: the paper says that it was done in part")
    expect(page.get_by_role("table")).to_contain_text("Ada Quill")


def test_an_officer_signs_out(page: Page) -> None:
    sign_in(page)
    page.get_by_role("button", name="Sign out").click()
    page.goto("/officers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_a_papers_words_run_no_script(page: Page) -> None:
    page.goto("/papers")
    page.get_by_role(
        "link", name=re.compile("Highways and Flood Risk Committee, 6 February 2024")
    ).first.click()
    ask(page, "What was resolved about window.owned script?")
    for link in page.get_by_role("link", name=re.compile("^See the words")).all()[:3]:
        page.goto(link.get_attribute("href") or "")
        assert page.evaluate("() => window.owned") is None
        page.go_back()
    expect(page.locator("body")).to_contain_text(HOSTILE.split()[0])
    assert page.evaluate("() => window.owned") is None


def test_an_officer_labels_a_question_and_finds_it_among_the_labelled(page: Page) -> None:
    sign_in(page)
    ask(page, QUESTION)
    page.get_by_role("link", name="Label this question").click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Keep the label").click()
    kept = page.locator("#labels ~ .list li", has_text=QUESTION)
    expect(kept).to_contain_text("Answered by 1 passage")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download .* labelled question")).click()
    assert QUESTION in download.value.path().read_text(encoding="utf-8")
    kept.get_by_role("button", name="Delete").click()
    expect(page.locator("#labels ~ .list li")).to_have_count(0)


def test_the_register_is_narrowed_and_taken_away(page: Page) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Register").click()
    page.get_by_text("Narrow the list").click()
    page.get_by_label("Standing").select_option(label="Resolved by members")
    page.get_by_label("Words in it").fill("annual report")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**standing=resolved**")
    total = int((page.locator("h2").first.text_content() or "").split()[0])
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    table = list(csv.DictReader(text.splitlines(keepends=True)))
    assert len(table) == total > 0
    assert {row["standing"] for row in table} == {"resolved"}
    page.locator(".source a").first.click()
    expect(page.locator("mark#quote")).to_be_visible()


def test_everything_works_without_javascript(chromium: Browser, server: Server, tmp_path: Path) -> None:
    context = chromium.new_context(base_url=server.url, java_script_enabled=False)
    page = context.new_page()
    ask(page, QUESTION)
    page.get_by_text("Was this answer right?").click()
    page.get_by_label("It is right", exact=True).check()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Back to the answer").click()
    page.locator(".sources li").first.get_by_role("link", name=re.compile("^See page")).click()
    assert page.locator("mark#quote").is_visible()
    assert page.locator(".page-picture rect").count() >= 1
    sign_in(page)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing follows either")
    page.get_by_label("Files").set_input_files([broken])
    page.get_by_role("button", name="Send").click()
    for _ in range(60):
        if page.locator(".list li").first.get_by_text("Failed").count():
            break
        page.get_by_role("link", name="Look again").click()
    page.locator(".list a").first.click()
    assert page.get_by_text("What to do:").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 375])
def test_on_a_phone_nothing_runs_off_the_screen(chromium: Browser, server: Server, width: int) -> None:
    context = chromium.new_context(
        base_url=server.url, viewport={"width": width, "height": 640}, has_touch=True
    )
    page = context.new_page()
    ask(page, QUESTION)
    link = page.locator(".sources li").first.get_by_role("link", name=re.compile("^See page"))
    source = link.get_attribute("href") or ""
    document = re.sub(r"/pages/.*", "", source)
    addresses = [page.url, source, document, "/", "/meetings", "/papers", "/coverage"]
    page.goto("/register/matters")
    addresses += [page.url, page.locator(".list a").first.get_attribute("href") or ""]
    addresses += [f"/register/{part}" for part in ("resolutions", "commitments", "conflicts", "attendance")]
    addresses += ["/about/how-answers-are-made", "/about/accessibility", "/officers/sign-in", "/nothing"]
    for address in addresses:
        page.goto(address)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
        assert wide <= width, address
    context.close()

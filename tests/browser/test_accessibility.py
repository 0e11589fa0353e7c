"""WCAG 2.2 AA as far as a program can tell: axe on every page and state, and walks by keyboard alone."""

import json
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from qa_service.domain.access import PUBLIC_ONLY
from qa_service.store.journal import Journal
from tests.browser.axe_check import violations
from tests.browser.conftest import Server, sign_in
from tests.factories import minutes

pytestmark = pytest.mark.browser

QUESTION = "What was resolved on the IRS annual report?"
ASKED = "/?q=" + QUESTION.replace(" ", "+").replace("?", "%3F")
Scheme = Literal["light", "dark"]
MODES: list[tuple[str, Scheme, Literal["active", "none"], Literal["more", "no-preference"], int]] = [
    ("light", "light", "none", "no-preference", 1280),
    ("dark", "dark", "none", "no-preference", 1280),
    ("forced colours", "dark", "active", "no-preference", 1280),
    ("more contrast", "light", "none", "more", 1280),
    ("400 % zoom", "light", "none", "no-preference", 320),
]


@pytest.fixture(params=MODES, ids=lambda mode: mode[0])
def visitor(request: pytest.FixtureRequest, chromium: Browser, server: Server) -> Iterator[Page]:
    """A page in each way that people set their devices."""
    _, scheme, forced, contrast, width = request.param
    context = chromium.new_context(
        base_url=server.url,
        color_scheme=scheme,
        forced_colors=forced,
        contrast=contrast,
        viewport={"width": width, "height": 800},
    )
    yield context.new_page()
    context.close()


def check(page: Page, *addresses: str) -> None:
    found = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("() => document.querySelectorAll('details').forEach(each => { each.open = true; })")
        if problems := violations(page):
            found[address] = problems
    assert found == {}


def source_links(page: Page) -> list[str]:
    """A cited page, its paper, its meeting, and a source without pages."""
    page.goto(ASKED)
    cited = page.locator(".sources a[href*='/pages/']").first.get_attribute("href") or ""
    paper = re.sub(r"/pages/.*", "", cited)
    page.goto("/meetings")
    meeting = page.locator(".list a").first.get_attribute("href") or ""
    page.goto("/papers?kind=web+page")
    web_page = page.locator(".list a").first.get_attribute("href") or ""
    return [cited, paper, meeting, web_page, web_page + "?start=40&end=90#quote", f"{paper}/find?q=report"]


def test_axe_finds_nothing_on_pages_for_everybody(visitor: Page) -> None:
    check(
        visitor,
        "/",
        ASKED,
        ASKED + "&council=Marlport+City+Council&held_from=2023-01-01",
        "/?q=What+did+Birmingham+City+Council+resolve+about+trams",
        "/?q=",
        "/?q=bridge&held_from=tomorrow",
        "/meetings",
        "/papers",
        "/coverage",
        "/about/how-answers-are-made",
        "/about/accessibility",
        "/nothing",
        *source_links(visitor),
    )


def test_axe_finds_nothing_on_the_pages_of_the_register(visitor: Page) -> None:
    visitor.goto("/register/matters")
    matter = visitor.locator(".list a").first.get_attribute("href") or ""
    check(
        visitor,
        "/register/resolutions",
        "/register/resolutions?person=Mossop&held_from=yesterday",
        "/register/commitments?on=2024-07-01",
        "/register/commitments?state=reported+done",
        "/register/matters",
        matter,
        "/register/conflicts",
        "/register/attendance",
    )


def differing_answer(page: Page, server: Server) -> str:
    """The id of an answer whose sources are said to differ, written behind the server's back."""
    reply = page.request.post("/v1/answers", data={"question": QUESTION}).json()
    first = reply["citations"][0]
    reply["citations"] = [first, first | {"n": 2}]
    reply["conflicts"] = [{"about": "the date of the meeting", "citations": [1, 2]}]
    id_ = f"a{secrets.token_hex(8)}"
    with Journal(server.data_dir) as journal:
        request = json.dumps({"question": QUESTION})
        journal.keep_answer(id_, request, json.dumps(reply | {"id": id_}), PUBLIC_ONLY, 90)
    return id_


def test_axe_finds_nothing_on_an_answer_seen_again_followed_up_and_judged(
    visitor: Page, server: Server
) -> None:
    visitor.goto(ASKED)
    link = visitor.locator("a[href^='/answers/']").first.get_attribute("href") or ""
    answer = link.rsplit("/", 1)[1]
    check(
        visitor,
        link,
        f"{link}?check=true",
        f"{link}/thanks",
        f"/?q=Who+was+there&after={answer}",
        f"/answers/{differing_answer(visitor, server)}",
    )
    visitor.goto(ASKED)
    visitor.get_by_text("Was this answer right?").click()
    visitor.get_by_role("button", name="Send").click()
    expect(visitor.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert violations(visitor) == []


def test_axe_finds_nothing_on_pages_for_officers(visitor: Page, server: Server) -> None:
    reports = server.data_dir / "reports"
    reports.mkdir(exist_ok=True)
    measure = {"measure": "evidence_cited", "n": 36, "mean": 0.9, "low": 0.8, "high": 0.95}
    for number in (1, 2):
        record = {"finished": f"2026-01-0{number}T03:04:05+00:00"}
        content = {"sets": [{"name": "own", "record": record, "headline": [measure]}]}
        (reports / f"{number}.json").write_text(json.dumps(content), encoding="utf-8")
    check(visitor, "/officers/sign-in")
    visitor.get_by_label("Administrator's key").fill("wrong-key-wrong-key")
    visitor.get_by_role("button", name="Sign in").click()
    assert violations(visitor) == []
    sign_in(visitor)
    visitor.goto(ASKED)
    label = visitor.get_by_role("link", name="Label this question").get_attribute("href") or ""
    paper = re.sub(
        r"/pages/.*", "", visitor.locator(".sources a[href*='/pages/']").first.get_attribute("href") or ""
    )
    check(
        visitor,
        "/officers",
        "/officers/jobs",
        "/evaluation",
        label,
        "/evaluation/label",
        paper,
        f"/officers/{paper.strip('/').replace('documents', 'papers')}/remove",
    )
    check_the_pages_of_a_link(visitor)
    visitor.goto("/evaluation/label")
    visitor.get_by_role("button", name="Keep the label").click()
    assert violations(visitor) == []
    visitor.goto("/officers")
    visitor.get_by_role("button", name="Send").click()
    assert violations(visitor) == []


def check_the_pages_of_a_link(visitor: Page) -> None:
    """Axe on a commitment, and on the forms about its links, with and without errors."""
    visitor.goto("/register/commitments?state=reported+done")
    commitment = visitor.locator(".list h3 a").first.get_attribute("href") or ""
    visitor.goto(commitment)
    links = visitor.locator("a[href^='/officers/links/']").all()
    forms = [link.get_attribute("href") or "" for link in links]
    assert len(forms) >= 2
    check(visitor, commitment, *forms)
    for form in forms:
        visitor.goto(form)
        visitor.get_by_role("button", name=re.compile("^Keep ")).click()
        expect(visitor.get_by_role("heading", name="There is a problem")).to_be_visible()
        assert violations(visitor) == []


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until something whose name begins so has the focus; the focus must be seen at each step."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() == 0:
            continue
        outlined = focused.evaluate("element => getComputedStyle(element).outlineStyle")
        assert outlined != "none", focused.evaluate("element => element.outerHTML")
        said = focused.evaluate(
            "element => element.getAttribute('aria-label') || element.labels?.[0]?.innerText "
            "|| element.innerText || ''"
        )
        if re.match(name, str(said).strip()):
            return
    raise AssertionError(f"{name!r} was not reached by Tab on {page.url}")


def test_asking_and_opening_a_source_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, "Your question")
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for()
    tab_to(page, "See page")
    page.keyboard.press("Enter")
    page.locator("mark#quote").wait_for()
    tab_to(page, "Download the original file")


def test_narrowing_and_removing_a_limit_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Your question")
    page.keyboard.type("What was resolved about the annual report?")
    tab_to(page, "Narrow the search")
    page.keyboard.press("Enter")
    tab_to(page, "Council")
    page.keyboard.type("Marlport")
    tab_to(page, "Ask$")
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for()
    expect(page.get_by_role("region", name="Searched only")).to_contain_text("Marlport City Council")
    tab_to(page, "Remove")
    page.keyboard.press("Enter")
    page.locator("#answer").wait_for()
    expect(page.get_by_text("Council: Marlport City Council")).to_have_count(0)


def test_judging_an_answer_by_keyboard_alone(page: Page) -> None:
    page.goto(ASKED)
    tab_to(page, "Was this answer right")
    page.keyboard.press("Enter")
    tab_to(page, "It is right")
    page.keyboard.press("Space")
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")


def test_looking_through_meetings_and_searching_a_paper_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Meetings")
    page.keyboard.press("Enter")
    page.wait_for_url("**/meetings")
    tab_to(page, "Year")
    page.keyboard.type("2024")
    tab_to(page, "Show")
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2024**")
    tab_to(page, "Executive, 16 January 2024")
    page.keyboard.press("Enter")
    tab_to(page, "Executive, 16 January 2024: minutes")
    page.keyboard.press("Enter")
    tab_to(page, "Search in this paper")
    page.keyboard.type("budget")
    page.keyboard.press("Enter")
    page.locator("#found").wait_for()
    tab_to(page, "See page")
    page.keyboard.press("Enter")
    page.locator("mark#quote").wait_for()


def test_following_the_register_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    tab_to(page, "Register")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register")
    tab_to(page, "Commitments")
    page.keyboard.press("Enter")
    page.wait_for_url("**/register/commitments")
    tab_to(page, "Narrow the list")
    page.keyboard.press("Enter")
    tab_to(page, "State")
    page.keyboard.type("Reported")
    tab_to(page, "Show")
    page.keyboard.press("Enter")
    page.wait_for_url("**state=reported**")
    tab_to(page, "See page")
    page.keyboard.press("Enter")
    page.locator("mark#quote").wait_for()


def test_turning_pages_and_asking_further_by_keyboard_alone(page: Page) -> None:
    page.goto(ASKED)
    tab_to(page, "Your next question")
    page.keyboard.type("Who was there?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="This question follows on from")).to_be_visible()
    page.goto(ASKED)
    tab_to(page, "See page")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/pages/"))
    page.keyboard.press("Home")
    page.goto(re.sub(r"[?#].*", "", page.url))
    tab_to(page, "Previous page")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/pages/\d+$"))
    tab_to(page, "Next page")


def test_sending_and_removing_a_paper_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    paper = tmp_path / "herons.txt"
    paper.write_text(minutes("herons on the mill pond"), encoding="utf-8")
    # Listened for from the start: a busy browser that hears of it only with the key opens its own window.
    page.on("filechooser", lambda _: None)
    sign_in(page)
    tab_to(page, "Files")
    with page.expect_file_chooser() as chooser:  # the system's own window: its keys are not the page's
        page.keyboard.press("Enter")
    chooser.value.set_files(paper)
    tab_to(page, "Send")
    page.keyboard.press("Enter")
    page.wait_for_url("**/officers/jobs")
    page.locator("#live[data-poll=off]").wait_for(state="attached", timeout=90_000)
    tab_to(page, "herons.txt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/officers/jobs/*")
    tab_to(page, "Highways and Flood Risk Committee, 6 February 2024: minutes")
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/*")
    tab_to(page, "Remove this paper")
    page.keyboard.press("Enter")
    tab_to(page, "Remove the paper")
    page.keyboard.press("Enter")
    page.locator("#live[data-poll=off]").wait_for(state="attached", timeout=90_000)
    expect(page.locator(".done")).to_contain_text("no longer shown or searched")


def test_signing_in_and_out_by_keyboard_alone(page: Page) -> None:
    page.goto("/officers")
    tab_to(page, "Administrator's key")
    page.keyboard.type("a-key-for-the-browser-tests")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Send papers in").wait_for()
    tab_to(page, "Files")
    tab_to(page, "Sign out")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/$"))


def test_an_error_takes_the_focus_and_leads_to_its_field(page: Page) -> None:
    page.goto("/?q=")
    expect(page.locator(".error-summary")).to_be_focused()
    tab_to(page, "Type a question")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_what_can_be_pressed_is_large_enough(page: Page) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 pixels, but for links inside a sentence."""
    page.goto(ASKED)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary, nav a')]
            .filter(each => each.checkVisibility())
            .map(each => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
            .filter(([, box]) => box.width < 24 || box.height < 24).map(([html]) => html)"""
    )
    assert small == []


def test_the_language_of_the_page_and_of_welsh_passages_is_marked(page: Page) -> None:
    page.goto("/papers")
    page.get_by_role("link", name="welsh").click()
    assert page.locator("html").get_attribute("lang") == "en-GB"
    assert page.locator("[lang=cy]").count() >= 1

"""What people stumbled on at their first visit, each held by the way they came."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


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

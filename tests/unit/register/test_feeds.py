from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from qa_service.register.feeds import Event, News, as_atom, as_icalendar

NOW = datetime(2024, 2, 6, 12, tzinfo=UTC)
TEXT = "Due; at once, <b>really</b> & \\ “now”\nsecond line"


def test_a_calendar_has_one_whole_day_for_each_thing_due() -> None:
    event = Event("k1", date(2024, 2, 29), TEXT, TEXT, "http://x/documents/d1?start=1&end=2#quote")
    lines = as_icalendar("Due: Panel", [event], NOW).split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20240229" in lines
    assert "DTEND;VALUE=DATE:20240301" in lines
    unfolded = "\r\n".join(lines).replace("\r\n ", "")
    assert "SUMMARY:Due\\; at once\\, <b>really</b> & \\\\ “now” second line" in unfolded


@given(st.text(max_size=300))
def test_no_line_of_a_calendar_is_longer_than_it_may_be_and_none_is_forged(text: str) -> None:
    event = Event("k1", date(2024, 2, 29), text, text, "http://x/")
    calendar = as_icalendar(text, [event], NOW)
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    assert calendar.replace("\r\n ", "").split("\r\n").count("BEGIN:VEVENT") == 1


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_a_feed_is_well_formed_whatever_the_paper_says(text: str) -> None:
    feed = as_atom(text, "http://x/f?a=1&b=2", [News("k1", None, text, text, "http://x/?a=1&b=2")], NOW)
    root = etree.fromstring(feed.encode())
    assert len(root.findall("{*}entry")) == 1
    assert root.find("{*}entry/{*}link").get("href") == "http://x/?a=1&b=2"


def test_a_feed_is_as_new_as_its_newest_decision() -> None:
    news = [News(str(n), date(2024, n, 1), "t", "x", "http://x/") for n in (3, 1)]
    root = etree.fromstring(as_atom("t", "http://x/", news, NOW).encode())
    assert root.findtext("{*}updated") == "2024-03-01T00:00:00Z"

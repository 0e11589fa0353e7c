"""What is due and what is new, as calendars and news readers take it: iCalendar and Atom."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from xml.sax.saxutils import escape, quoteattr

ICALENDAR_TYPE = "text/calendar; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
_LINE_OCTETS = 75  # RFC 5545, 3.1


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is due on a day."""

    id: str
    day: date
    title: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class News:
    """One decision as a news reader shows it."""

    id: str
    day: date | None
    title: str
    text: str
    url: str


def as_icalendar(name: str, events: Iterable[Event], now: datetime) -> str:
    """Return whole-day events as a calendar, in the order given. Source: RFC 5545."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Paperclerk//Register//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_ical(name)}",
    ]
    for event in events:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_ical(event.id)}@paperclerk",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.day + timedelta(1):%Y%m%d}",
            f"SUMMARY:{_ical(event.title)}",
            f"DESCRIPTION:{_ical(event.text)}",
            f"URL:{event.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def as_atom(title: str, address: str, news: Iterable[News], now: datetime) -> str:
    """Return a feed, in the order given; `address` is that of the feed itself. Source: RFC 4287."""
    entries = list(news)
    newest = max((entry.day for entry in entries if entry.day), default=None)
    updated = f"{newest.isoformat()}T00:00:00Z" if newest else f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    body = "".join(
        f"<entry><id>{escape(_urn(entry.id))}</id><title>{escape(_clean(entry.title))}</title>"
        f"<updated>{entry.day.isoformat() if entry.day else updated[:10]}T00:00:00Z</updated>"
        f"<link href={quoteattr(entry.url)}/>"
        f'<content type="text">{escape(_clean(entry.text))}</content></entry>'
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<feed xmlns="http://www.w3.org/2005/Atom"><id>{escape(address)}</id>'
        f"<title>{escape(_clean(title))}</title><updated>{updated}</updated>"
        f'<author><name>Paperclerk</name></author><link rel="self" href={quoteattr(address)}/>{body}</feed>'
    )


def _urn(id_: str) -> str:
    return f"urn:paperclerk:{id_}"


def _clean(text: str) -> str:
    """Return a text without the characters that XML has no place for."""
    return "".join(char for char in text if char in "\t\n" or char >= " ")


def _ical(text: str) -> str:
    """Return a text as a value: RFC 5545, 3.3.11."""
    flat = " ".join(_clean(text).split())
    return flat.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character cut in two."""
    pieces, piece, size = [], "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE_OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + char, size + octets
    return "\r\n".join([*pieces, piece])

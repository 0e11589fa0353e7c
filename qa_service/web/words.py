"""Plain words for what the papers and the service call by short names: on the page nothing is a code."""

import re
from datetime import date, datetime

from qa_service.domain.resolutions import Standing

STANDING = {
    Standing.RESOLVED: "Decided by members, in minutes or a record of decision.",
    Standing.MINUTED: "Recorded in minutes. It is not a decision.",
    Standing.PROPOSED: "Put forward: a motion, an amendment or a proposed decision. It was not decided here.",
    Standing.RECOMMENDED: "Asked of a committee by a report. It is not a decision.",
    Standing.REPORTED: "Said in a report or an appendix. It is not a decision.",
    Standing.PRESENTED: "Shown on a slide. It is not a decision.",
    Standing.LISTED: "Printed on an agenda, a cover or a web page. It is not a decision.",
}
STATUS = {
    "draft": "draft minutes, not yet confirmed",
    "confirmed": "confirmed minutes",
    "future": "papers for a meeting that was still to come",
    "unknown": "",
}
INTENT = {
    "resolution": "what was decided",
    "recommendation": "what was recommended",
    "attendance": "who was there",
    "vote": "how people voted",
    "acronym": "what a short form stands for",
    "commitment": "what somebody promised to do",
    "number": "a number",
    "date": "a date",
    "person": "a person",
    "list": "a list",
    "fact": "a fact",
}
# Of one page or of the file, and of several pages.
PROBLEM = {
    "page_failed": ("could not be read", "could not be read"),
    "no_text": (
        "has no text: it is a picture and would need text recognition",
        "have no text: they are pictures and would need text recognition",
    ),
    "parser_warning": ("was repaired while it was read", "were repaired while they were read"),
    "limit": ("was too long and is cut off", "were too long and are cut off"),
    "hidden_text": ("holds text that the page does not show", "hold text that the pages do not show"),
}
# Why a file was not taken. The program's own words, with numbers and names of libraries, stand apart.
REASON = {
    "empty_file": "The file is empty.",
    "unsupported_type": "This kind of file is not read.",
    "too_large": "The file is larger than is taken.",
    "malformed": "The file is damaged or cut off, so it cannot be read.",
    "encrypted": "The file asks for a password.",
    "archive_bomb": "The file would unpack to far more than it seems to hold, as harmful files do.",
    "no_text": "The file has no text: its pages are pictures, as a scanner makes them.",
    "parse_timeout": "Reading it took longer than is allowed.",
    "parse_memory": "Reading it needed more memory than is allowed.",
    "parser_crash": "Reading it broke down.",
}
ADVICE = {
    "empty_file": "Fetch the file again from its source.",
    "unsupported_type": "Save it as PDF, Word (.docx), HTML, Markdown or plain text, and send that.",
    "too_large": "Split the file into smaller ones, for example an agenda pack item by item.",
    "malformed": "Open the file in a viewer. If it opens there, save it again and send the new copy.",
    "encrypted": "Open the file with its password, save it without one, and send that copy.",
    "archive_bomb": "Do not open the file. Ask whoever made it for a fresh export.",
    "no_text": "Run text recognition (OCR) over the file, then send the new copy.",
    "parse_timeout": "Save the file again from a viewer, or split it, and send that.",
    "parse_memory": "Save the file again from a viewer, or split it, and send that.",
    "parser_crash": "Save the file again from a viewer. If that fails too, tell those who run this service.",
    "changed_during_read": "Send the file again once nobody is writing to it.",
    "not_found": "The paper had already gone; nothing needs doing.",
    "storage_full": "Free some space on the server, then send the file again.",
    "writer_busy": "Wait for the other process to end; the job goes on by itself.",
    "index_mismatch": "Tell those who run this service: the encoder was changed.",
}
STATE = {"queued": "Waiting", "running": "Being worked on", "done": "Done", "failed": "Failed"}
VERDICT = {
    "right": "It is right",
    "incomplete": "It is right, but something is missing",
    "wrong": "It is wrong, or the quote does not say this",
    "should_have_answered": "It says not found, but the papers do answer this",
    "should_have_refused": "It gives an answer, but the papers do not answer this",
}
_KB = 1000


def day(value: date | str | None) -> str:
    """Return a date as it is written in a letter; "undated" for none."""
    if value is None:
        return "undated"
    value = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{value.day} {value:%B %Y}"


def meeting_name(body: str | None, held_on: date | str | None) -> str:
    """Return what a meeting is called; papers that name neither committee nor day belong to none."""
    if body:
        return f"{body}, {day(held_on)}"
    return f"Committee not stated, {day(held_on)}" if held_on else "Papers without committee or date"


def kind_name(kind: str) -> str:
    """Return what a kind of paper is called, with a capital."""
    return "Other paper" if kind == "other" else upper_first(kind)


def breakable(name: str) -> list[str]:
    """Return a file name in pieces between which a line may end: a phone is narrower than most of them."""
    return re.findall(r"[^_]+_*|_+", name)


def moment(value: str) -> str:
    """Return a stored time in words, in the time zone that it was stored in."""
    at = datetime.fromisoformat(value)
    return f"{at.day} {at:%B %Y}, {at:%H:%M}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return "1 paper" or "1,203 papers"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def in_state(number: int, state: str) -> str:
    """Return how many were in a state of a roll: "1 apology", "2 apologies", "9 present"."""
    nouns = {"apologies": ("apology", "apologies"), "deputy": ("deputy", "deputies")}
    return counted(number, *nouns.get(state, (state, state)))


def file_size(size: int) -> str:
    """Return a size in kB or MB."""
    return f"{max(1, round(size / _KB)):,} kB" if size < _KB * _KB else f"{size / _KB / _KB:.1f} MB"


def page_name(number: int, label: str | None) -> str:
    """Return both numbers of a page: as printed, and as counted in the file."""
    return f"page {label} (PDF page {number})" if label and label != str(number) else f"page {number}"


def upper_first(text: str) -> str:
    """Return the text with a capital, its other letters as they are."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """Return the text with a capital and a full stop, its other letters as they are."""
    text = text.strip()
    return upper_first(text) + ("" if text.endswith((".", "!", "?")) else ".") if text else ""

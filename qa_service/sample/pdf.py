"""Sample papers set as PDF: the same source gives the same bytes.

Streams are left uncompressed, since zlib's output differs between builds. Several passes: one finds on which
page each agenda item falls, the next prints the page ranges in the agenda list.
"""

from dataclasses import dataclass, field
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

from qa_service.sample.flowables import Mark, Note, flowables
from qa_service.sample.markup import Source
from qa_service.sample.styles import Styles

_FICTION = "Specimen paper of a fictional council, written for software testing. No real council is meant."
_PASSES = 5
_MARGIN = 2.4 * cm


class UnsettledPages(RuntimeError):
    """Page ranges that still move after the last pass: an agenda list that fills its page to the brim."""


def render_pdf(source: Source) -> bytes:
    """Return the paper as a PDF file. Raises UnsettledPages."""
    ranges: dict[str, str] = {}
    for _ in range(_PASSES):
        out = BytesIO()
        document = _Pages(out, source)
        document.build(list(flowables(source.blocks, document.styles, ranges)))
        found = document.ranges()
        if found == ranges:
            return out.getvalue()
        ranges = found
    raise UnsettledPages(source.name)


@dataclass(frozen=True, slots=True)
class _Stamps:
    """The printed page numbers: `stamp-start: 5=1` prints 1 on page 5 and nothing before."""

    form: str
    first: int
    value: int

    def number(self, page: int) -> int | None:
        return page - self.first + self.value if page >= self.first else None

    def text(self, page: int) -> str:
        number = self.number(page)
        forms = {"none": "", "page": f"Page {number}", "dash": f"- {number} -", "plain": f"{number}"}
        return "" if number is None else forms[self.form]


def _stamps(settings: dict[str, str]) -> _Stamps:
    first, _, value = settings.get("stamp-start", "1=1").partition("=")
    return _Stamps(settings.get("stamp", "none"), int(first), int(value))


@dataclass(slots=True)
class _Seen:
    """What a pass learns: the page of each item, the notes waiting for their page's foot, the last page."""

    items: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    last: int = 0


class _Pages(BaseDocTemplate):  # type: ignore[misc]  # reportlab is untyped
    """One pass over one paper, in portrait pages and landscape slides."""

    def __init__(self, out: BytesIO, source: Source) -> None:
        super().__init__(
            out, title=source.settings["title"], author="qa_service.sample", invariant=1, pageCompression=0
        )
        self.labels = _labels(source.settings.get("labels", ""))
        self.stamps = _stamps(source.settings)
        self.styles = Styles(
            source.settings.get("font", "Helvetica"), float(source.settings.get("size", "11"))
        )
        self.seen = _Seen()
        for name, (width, height) in (("portrait", A4), ("slide", landscape(A4))):
            frame = Frame(_MARGIN, 3 * cm, width - 2 * _MARGIN, height - 5 * cm, 0, 0, 0, 0)
            template = PageTemplate(name, [frame], onPageEnd=self.finish_page, pagesize=(width, height))
            self.addPageTemplates(template)

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802  # reportlab's hook
        """Note down items and footnotes as they fall."""
        if isinstance(flowable, Note):
            self.seen.notes.append(flowable.text)
        elif isinstance(flowable, Mark):
            self.seen.items[flowable.name] = self.page

    def finish_page(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """Draw the foot of the page: notes, the line that says the paper is fictional, the stamp."""
        page = canvas.getPageNumber()
        self.seen.last = page
        for number, style, start, prefix in self.labels if page == 1 else ():
            canvas.addPageLabel(number - 1, style, start, prefix)
        lowest = 1.35 * cm
        for text in [*self.seen.notes, *([_FICTION] if page == 1 else [])]:
            note = Paragraph(text, self.styles.note)
            _, height = note.wrap(A4[0] - 2 * _MARGIN, 2 * cm)
            note.drawOn(canvas, _MARGIN, lowest)
            lowest += height
        self.seen.notes.clear()
        canvas.setFont(self.styles.font, 9)
        canvas.drawCentredString(A4[0] / 2, 0.75 * cm, self.stamps.text(page))

    def ranges(self) -> dict[str, str]:
        """Return the printed page range of each item, up to the page before the next."""
        starts = sorted(self.seen.items.items(), key=lambda item: item[1])
        ends = [start - 1 for _, start in starts[1:]] + [self.seen.last]
        return {
            name: f"{self.stamps.number(start)} - {self.stamps.number(end)}"
            for (name, start), end in zip(starts, ends, strict=False)  # no items: one end too many
        }


def _labels(setting: str) -> list[tuple[int, str | None, int | None, str | None]]:
    """Return (page, style, start, prefix) for each entry of `1=i, 5=1, 9=Annex`: first page and label."""
    labels: list[tuple[int, str | None, int | None, str | None]] = []
    for entry in setting.split(", ") if setting else ():
        page, _, label = entry.partition("=")
        if label == "i":
            labels.append((int(page), "ROMAN_LOWER", 1, None))
        elif label.isdecimal():
            labels.append((int(page), "ARABIC", int(label), None))
        else:
            labels.append((int(page), None, None, label))
    return labels

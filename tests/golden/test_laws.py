"""Laws of reading on the real papers and the sample: tiling, determinism, and no crash whatever the bytes."""

import hashlib
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from qa_service.documents.sandbox import Sandbox
from qa_service.documents.structure import read_paper
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span
from qa_service.errors import ParserStopped, SourceError
from qa_service.sample import papers_directory
from tests.golden.conftest import read

SAMPLE = sorted(Path(papers_directory()).iterdir())
SOURCES = sorted(path for path in (Path(papers_directory()).parent / "sources").iterdir() if path.is_file())
SECONDS = 20  # no paper of this size may take so long, on a busy machine
RARE = "\u2022\uf0b7\u00a0\t|#*.:;()-1iva\n\n\x00\u202e"
WORDS = ("RESOLVED:", "Agenda Item 3", "1.", "(i)", "For (3)", "Page 9", "Appendix A", "AGENDA", "Present:")


def check_tiling(paper: Paper) -> None:
    at = 0
    for segment in paper.segments:
        assert segment.span.start == at
        at = segment.span.end
    assert at == len(paper.document.text)


def check_spans(paper: Paper) -> None:
    """Every span of what was found lies in the text, and clauses lie inside their decision."""
    whole = Span(0, len(paper.document.text))
    spans = [each.span for each in paper.items]
    spans += [each.span for each in paper.resolutions]
    spans += [each.span for each in paper.attendance]
    spans += [each.span for each in paper.acronyms]
    spans += [each.span for each in paper.commitments]
    assert all(whole.contains(span) for span in spans)
    assert all(each.span.contains(clause.span) for each in paper.resolutions for clause in each.clauses)


@contextmanager
def no_longer_than(seconds: int) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"no end after {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def mutated(text: str, chance: random.Random) -> bytes:
    """Return the text cut, doubled, shuffled or sprinkled with what the parser looks for, as bytes."""
    for _ in range(chance.randint(1, 12)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 1, 3, 40, 400)))
        kind = chance.randrange(5)
        if kind == 0:
            text = text[:start] + text[end:]
        elif kind == 1:
            text = text[:start] + text[start:end] * 2 + text[end:]
        elif kind == 2:
            text = text[:start] + chance.choice(RARE) * chance.choice((1, 1, 30)) + text[start:]
        elif kind == 3:
            text = f"{text[:start]}\n{chance.choice(WORDS)}\n{text[start:]}"
        else:
            text = text[end:] + text[start:end] + text[:start]
    data = bytearray(text.encode("utf-8", "replace"))
    for _ in range(chance.randint(0, 8)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def read_mutations(texts: list[tuple[str, str]], count: int, seed: int) -> int:
    """Read so many mutations, each held to the laws; return how many were read and not refused."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    read = 0
    for _ in range(count):
        name, text = chance.choice(texts)
        start = chance.randrange(max(1, len(text) - 6_000))
        data = mutated(text[start : start + chance.choice((200, 2_000, 6_000))], chance)
        with no_longer_than(SECONDS):
            try:
                paper = read_paper(data, file_name=name, document_id="m")
            except SourceError:
                continue
        read += 1
        check_tiling(paper)
        check_spans(paper)
    return read


@pytest.mark.parametrize("path", SAMPLE, ids=lambda path: path.name)
def test_every_character_of_the_sample_lies_in_one_segment(path: Path) -> None:
    paper = read_paper(path.read_bytes(), file_name=path.name, document_id="d")
    check_tiling(paper)
    check_spans(paper)


def test_every_character_of_the_seeds_lies_in_one_segment(corpus: Path) -> None:
    for path in sorted((corpus / "seeds").glob("*.txt")):
        paper = read_paper(path.read_bytes(), file_name=path.name, document_id="d")
        check_tiling(paper)
        check_spans(paper)


def digest(path: Path) -> str:
    paper = read_paper(path.read_bytes(), file_name=path.name, document_id="d")
    return hashlib.sha256(repr(paper).encode()).hexdigest()


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_bytes_give_the_same_structure_in_every_process(hash_seed: str, repository: Path) -> None:
    paths = [path for path in SAMPLE if "county-council" in path.name or path.suffix == ".html"]
    code = (
        "import sys; from pathlib import Path; from tests.golden.test_laws import digest; "
        "print(*map(digest, map(Path, sys.argv[1:])))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, *map(str, paths)],
        env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(repository)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == [digest(path) for path in paths]


def test_mutated_text_of_the_sample_never_crashes_the_parser() -> None:
    texts = [(f"{path.stem}.txt", path.read_text(encoding="utf-8")) for path in SOURCES]
    assert read_mutations(texts, 120, seed=20251125) > 100


@pytest.mark.slow
def test_five_thousand_mutations_never_crash_the_parser(corpus: Path) -> None:
    paths = [*SOURCES, *sorted((corpus / "seeds").glob("*.txt"))]
    texts = [(f"{path.stem}.txt", path.read_text(encoding="utf-8")) for path in paths]
    assert read_mutations(texts, 5_000, seed=1) > 4_000


@pytest.mark.slow
def test_two_hundred_real_pdfs_are_read_or_refused(corpus: Path) -> None:
    paths = sorted([*(corpus / "kent").glob("*.pdf"), *(corpus / "manordeilo").glob("*.pdf")])
    assert len(paths) >= 200
    for path in paths:
        try:
            paper = read(path)
        except SourceError:
            continue
        check_tiling(paper)
        check_spans(paper)


@pytest.mark.slow
def test_the_broken_pdfs_of_other_readers_are_read_or_refused_and_stop_none(corpus: Path) -> None:
    """Files kept by makers of PDF readers because they are broken: no reading runs into a limit or dies."""
    paths = sorted((corpus.parent / "badpdf").rglob("*.pdf"))
    assert len(paths) > 400
    with Sandbox() as sandbox:
        for path in paths:
            try:
                paper = sandbox.read(path, document_id="d")
            except ParserStopped:
                raise
            except SourceError:
                continue
            check_tiling(paper)
            check_spans(paper)

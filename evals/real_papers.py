"""Questions of ours on real papers, with the papers of the shared corpus, which may not be shipped."""

import hashlib
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from evals.datasets import Dataset, Listed, Source, load_gold, papers_in
from evals.errors import BadDataset

REAL_GOLD = Path(__file__).parent / "real"
REAL = "real"
REAL_FOLDERS = ("kent", "kingston", "manordeilo")
# Asked of their own papers alone: five papers among four hundred are another task.
SEEDS_PAPERS, LIMERICK_PAPERS = "seeds", "limerick"
# Of the 3,145 papers of Limerick those that the questions are asked of, a path in the archive a line.
LIMERICK_NAMES = REAL_GOLD / "limerick_papers.txt"
# Questions of the same kinds to fit ranking and refusal on: others than those above, of Kent on the same
# papers, of Limerick on papers of other meetings.
TAUGHT_GOLD = REAL_GOLD / "taught"
TAUGHT_PLACES = ("kent", LIMERICK_PAPERS)
TAUGHT_NAMES = TAUGHT_GOLD / "limerick_papers.txt"


def real_sets(corpus: Path) -> Iterator[Listed]:
    """Yield the sets of questions on real papers whose papers are in the shared corpus."""
    if all((corpus / name).is_dir() for name in REAL_FOLDERS):
        yield Listed(REAL, lambda: _asked_of(REAL, REAL_FOLDERS, _in_folders(corpus, REAL_FOLDERS)))
    if (corpus / SEEDS_PAPERS).is_dir():
        name = f"{REAL}:{SEEDS_PAPERS}"
        papers = (SEEDS_PAPERS,)
        yield Listed(name, lambda: _asked_of(name, papers, _in_folders(corpus, papers)))
    archive = corpus / f"{LIMERICK_PAPERS}.tar.gz"
    if archive.is_file():
        packed = f"{REAL}:{LIMERICK_PAPERS}"
        asked = (LIMERICK_PAPERS,)
        yield Listed(packed, lambda: _asked_of(packed, asked, _limerick(archive, LIMERICK_NAMES)))


def taught_real(corpus: Path) -> Iterator[Dataset]:
    """Yield the questions on real papers to fit on: Kent's, then Limerick's. Raises BadDataset."""
    papers = (
        _in_folders(corpus, REAL_FOLDERS),
        _limerick(corpus / f"{LIMERICK_PAPERS}.tar.gz", TAUGHT_NAMES),
    )
    for place, sources in zip(TAUGHT_PLACES, papers, strict=True):
        gold = load_gold([TAUGHT_GOLD / f"{place}.jsonl"], name=f"{REAL}-taught-{place}")
        yield replace(gold, sources=sources)


def _asked_of(name: str, files: tuple[str, ...], papers: tuple[Source, ...]) -> Dataset:
    gold = load_gold([REAL_GOLD / f"{file}.jsonl" for file in files], name=name)
    return replace(gold, sources=papers)


def _in_folders(corpus: Path, names: tuple[str, ...]) -> tuple[Source, ...]:
    return tuple(paper for name in names for paper in papers_in(corpus / name))


def _limerick(archive: Path, named: Path) -> tuple[Source, ...]:
    """Return the papers that a list names, by name. Raises BadDataset where the archive lacks one."""
    wanted = set(named.read_text(encoding="utf-8").split("\n")) - {""}
    found = []
    with tarfile.open(archive) as packed:
        for member in packed:
            if member.name in wanted and (file := packed.extractfile(member)) is not None:
                data = file.read()
                digest = hashlib.sha256(data).hexdigest()
                found.append(Source(Path(member.name).name, digest, text=data.decode("utf-8")))
                wanted.discard(member.name)
    if wanted:
        raise BadDataset(archive.name, f"{len(wanted)} papers named in {named.name} are not in it")
    return tuple(sorted(found, key=lambda paper: paper.file_name))

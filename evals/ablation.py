"""`qa-eval ablate`: takes one part out at a time, asks everything again, and tables what each is worth.

Nothing is fitted anew without a part: what is shown is what the shipped system loses, which may be more
than the part is worth to a system made without it.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import typer

from embeddings.encoder import EncodedText
from evals.compare import Change, changes_between
from evals.datasets import Dataset
from evals.errors import BadDataset
from evals.index_cache import CachedEncoder, cached_encoder, indexed
from evals.jsonl import JsonObject, write_json
from evals.options import DEFAULT_SHARED, DEFAULT_WORK, Runs, Shared, Work
from evals.provenance import git_state, versions
from evals.runner import RunOptions
from evals.runner import run as run_questions
from evals.runs import open_run, read_scores
from evals.scoring import score_run
from evals.systems import ServiceSystem
from evals.targets import SEEDS
from evals.tiers import OWN, run_folder, sets_with_targets
from qa_service.answering.drafts import Draft
from qa_service.answering.parts import Parts
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.ranker import Ranker, Sentences, load_ranker
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.retrieval.intents import Intent

SHOWN = (
    "fully_correct",
    "harmful",
    "first_citation_right",
    "evidence_cited",
    "hit@5",
    "ndcg@10",
    "refused_unanswerable",
    "refused_answerable",
)
_LIMITS = ("council", "body", "dates")
_ROUNDED = 4
_RANK_K = 60  # of reciprocal rank fusion: Cormack, Clarke and Buettcher, SIGIR 2009
# A cosine alone must lie on the scale of the margins that follow: 0.1 of it counts as 2 of log-odds.
_OF_COSINE = 20.0
WHOLE = "nothing"


@dataclass(frozen=True, slots=True)
class Variant:
    """The system without one part.

    `headers`: whether passages are encoded with theirs; `scoped`: whether limits are read out of questions.
    """

    without: str
    parts: Parts = field(default_factory=Parts)
    headers: bool = True
    scoped: bool = True


def variants() -> tuple[Variant, ...]:
    """Return the whole system first, then it without each part."""
    return (
        Variant(WHOLE),
        Variant("header prefix", headers=False),
        Variant("BM25", Parts(fuse=_cosine_alone, ranker=_deaf_to("bm25"))),
        Variant("dense vectors", Parts(fuse=_bm25_alone, ranker=_deaf_to("cosine"))),
        Variant("late interaction of words", Parts(ranker=_deaf_to("words"))),
        Variant("fusion by score (reciprocal ranks instead)", Parts(fuse=_by_ranks)),
        Variant("scope read from the question", scoped=False),
        Variant("second reading by the cross-encoder", Parts(rerank=_as_weighed)),
        Variant(
            "ranker and second reading (cosine of the sentence instead; all answered)",
            Parts(ranker=_plain(), least=0.0, rerank=_as_weighed),
        ),
        Variant("selector (best sentence alone)", Parts(select=_first_alone)),
        Variant("refusal by calibration", Parts(least=0.0)),
    )


def _as_weighed(weighed: Weighed) -> Weighed:
    return weighed


def _cosine_alone(
    cosine: Mapping[int, float], _bm25: Mapping[int, float], _asked: float
) -> list[tuple[int, float]]:
    return sorted(cosine.items(), key=lambda scored: (-scored[1], scored[0]))


def _bm25_alone(
    _cosine: Mapping[int, float], bm25: Mapping[int, float], asked: float
) -> list[tuple[int, float]]:
    most = max([asked, *bm25.values()]) or 1.0
    scores = {id_: score / most for id_, score in bm25.items()}
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


def _by_ranks(
    cosine: Mapping[int, float], bm25: Mapping[int, float], _asked: float
) -> list[tuple[int, float]]:
    scores: dict[int, float] = {}
    for leg in (cosine, bm25):
        ranked = sorted(leg.items(), key=lambda scored: (-scored[1], scored[0]))
        for rank, (id_, _) in enumerate(ranked, 1):
            scores[id_] = scores.get(id_, 0.0) + 1 / (_RANK_K + rank)
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))


def _deaf_to(part: str) -> Ranker:
    """Return the shipped ranker without the features that have this in their names."""
    shipped = load_ranker()
    passages = {name: 0.0 if part in name else weight for name, weight in shipped.passages.items()}
    return replace(shipped, sentences=shipped.sentences.without(part), passages=passages)


def _plain() -> Ranker:
    return Ranker(0.0, Sentences({"unit_cosine": _OF_COSINE}, {}), {"passage_score": 1.0})


def _first_alone(units: Sequence[WeighedUnit], intent: Intent, most: int, several: str = "") -> list[Draft]:
    """Return the best unit that can be quoted by itself, whatever is asked for."""
    del intent, several
    best = [each for each in units if can_be_quoted(each.passage, each.unit)][: min(most, 1)]
    return [Draft(each.passage.document_id, each.unit.spans, each.score) for each in best]


class Headerless(CachedEncoder):
    """Encodes passages without the line that says where they stand; units have none."""

    @property
    def fingerprint(self) -> str:
        """Another than the encoder's: indexes of either must not be taken for one another."""
        return f"{super().fingerprint}, without headers"

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """As `Encoder.encode_in_context`, of what stands below the first line."""
        bare = [text.partition("\n")[2] or text for text in texts]
        read = super().encode_in_context(bare)
        return [
            replace(each, places=each.places + (len(text) - len(of)))
            for each, text, of in zip(read, texts, bare, strict=True)
        ]


class _Unscoped(ServiceSystem):
    """The service asked to read no limits out of questions."""

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the reply to a request."""
        return super().ask(request | {"wide": list(_LIMITS)})


@contextmanager
def opened_without(variant: Variant, dataset: Dataset, work: Path) -> Iterator[ServiceSystem]:
    """Open the system of a variant for a set's papers, and close it. Raises BadDataset."""
    with cached_encoder(work) as shipped:
        encoder = shipped if variant.headers else Headerless(shipped, work / "vectors.sqlite")
        data_dir = indexed(dataset, work, encoder)
        with open_services(Settings(data_dir=data_dir), encoder, parts=variant.parts) as services:
            system = ServiceSystem if variant.scoped else _Unscoped
            yield system(services, {"kind": "ablation", "without": variant.without})


@dataclass(frozen=True, slots=True)
class Ablated:
    """A set asked without one part: the measures shown, and how each differs from the whole system."""

    set: str
    without: str
    measures: JsonObject
    changes: tuple[Change, ...]


def ablated(dataset: Dataset, runs: Path, work: Path, say: Callable[[str], None]) -> Iterator[Ablated]:
    """Yield a set asked of the whole system and without each part. Raises BadDataset, SystemFailed."""
    whole: Path | None = None
    for number, variant in enumerate(variants()):
        folder = run_folder(f"{dataset.name}-{number}", runs)
        shutil.rmtree(folder, ignore_errors=True)
        with opened_without(variant, dataset, work) as system:
            run_questions(dataset, system, folder, RunOptions(twice=0))
        summary = score_run(folder)
        whole = whole or folder
        clusters = {topic.question.qid: topic.cluster for topic in open_run(folder).topics()}
        changes = changes_between(read_scores(whole), read_scores(folder), clusters)
        say(f"{dataset.name} without {variant.without}: {summary['questions']} questions")
        shown = {name: summary["measures"][name]["mean"] for name in SHOWN}
        yield Ablated(
            dataset.name, variant.without, shown, tuple(each for each in changes if each.measure in SHOWN)
        )


def table(rows: Sequence[Ablated]) -> str:
    """Return the table in Markdown; a star marks a change that chance hardly explains (p < .05, one test)."""
    head = "| set | without | " + " | ".join(SHOWN) + " |\n"
    rule = "| --- | --- |" + " ---: |" * len(SHOWN) + "\n"
    return head + rule + "".join(_line(row) for row in rows)


def _line(row: Ablated) -> str:
    certain = {each.measure for each in row.changes if each.p < 0.05 and each.difference}  # noqa: PLR2004 - see `table`
    cells = [
        "" if value is None else f"{value:.3f}{' *' if name in certain else ''}"
        for name, value in row.measures.items()
    ]
    return f"| {row.set} | {row.without} | {' | '.join(cells)} |\n"


def ablate(
    shared: Shared = DEFAULT_SHARED,
    *,
    out: Annotated[Path, typer.Option(help="file for the table (.md); figures go beside it as .json")],
    only: Annotated[list[str] | None, typer.Option(help="a set; may be given again")] = None,
    work: Work = DEFAULT_WORK,
    runs: Runs = DEFAULT_WORK / "ablation",
) -> None:
    """Take each part out of the service in turn, and table what it is worth on our own gold and the seeds."""
    wanted = set(only or (OWN, SEEDS))
    listed = [one for one in sets_with_targets(shared) if one.name in wanted]
    if missing := sorted(wanted - {one.name for one in listed}):
        raise BadDataset(str(shared), f"holds no set {missing[0]!r}")
    rows = [row for one in listed for row in ablated(one.read(), runs, work, typer.echo)]
    out.write_text(table(rows), encoding="utf-8", newline="\n")
    figures = [
        {
            "set": row.set,
            "without": row.without,
            "measures": row.measures,
            "changes": {each.measure: _figures(each) for each in row.changes},
        }
        for row in rows
    ]
    write_json(out.with_suffix(".json"), {"rows": figures, "versions": versions(), "git": git_state()})
    typer.echo(table(rows), nl=False)


def _figures(change: Change) -> JsonObject:
    found = {"difference": change.difference, "low": change.low, "high": change.high, "p": change.p}
    return {name: value if value is None else round(value, _ROUNDED) for name, value in found.items()}

"""What the cross-encoder is trained on: a question's likeliest sentences, as the service has them read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.anchoring import Topic
from evals.cases import matching
from evals.datasets import Dataset
from evals.training.lists import ListKind, ListMaker
from evals.training.tables import made_of_questions
from qa_service.answering.in_context import in_context
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading

# So many sentences of a question are learned from, gold among them: a wrong one that stands eighth is told
# from a right one by the ranker already.
_MOST = 6
# Where nothing answers, the likeliest teach enough.
_MOST_WITHOUT = 4
_MOST_GOLD = 2
# A story before the question makes each pair three times as long.
_MOST_OF_A_STORY = 5
# What answers and stands so many log-odds behind the best is not read in use: nothing would come of it.
_FAR = 6.0
# Lists that teach which output means that nothing answers. With a document of ours held out or exchanged the
# likeliest sentences are of other matters: those lists would teach what the untrained model knows.
WITHOUT = frozenset({ListKind.SENTENCE_GONE, ListKind.UNANSWERABLE})
# Pages of one government say much the same, and a name that is not the asked one's makes all the difference.
WITHOUT_OF_LICENSED = WITHOUT | {ListKind.PAGE_HELD_OUT, ListKind.SWAPPED}


@dataclass(frozen=True, slots=True)
class Exercise:
    """One question's sentences, likeliest first, with their scores (log-odds) and which of them answer.

    `scores` float32 and `gold` bool, shape (len(texts),).
    """

    set: str
    question: str
    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    gold: NDArray[np.bool_]


def exercises_of(
    dataset: Dataset,
    work: Path,
    say: Callable[[str], None],
    without: frozenset[ListKind] = WITHOUT,
) -> list[Exercise]:
    """Return the exercises of a set in the order of its questions. Raises BadDataset.

    `without`: kinds of lists in which nothing answers that are learned from too. A question whose gold the
    search does not find, or finds far behind, is left out, as is one that has nothing but gold.
    """

    def made(maker: ListMaker, topic: Topic, reading: Reading) -> Iterator[Exercise]:
        for kind, asked, weighed in maker.weighings(topic, reading, sentences=True):
            if weighed.units and (kind is ListKind.ANSWERABLE or kind in without):
                exercise = _exercise(asked, weighed)
                if _teaches(exercise, answerable=kind is ListKind.ANSWERABLE):
                    yield exercise

    return made_of_questions(dataset, work, made, say)


def _exercise(topic: Topic, weighed: Weighed) -> Exercise:
    gold = [unit for unit in weighed.units if _answers(unit, topic)][:_MOST_GOLD]
    most = _MOST if gold else _MOST_WITHOUT
    if weighed.signals.ask_sense is not None:
        most = min(most, _MOST_OF_A_STORY)
    other = [unit for unit in weighed.units if not _answers(unit, topic)][: most - len(gold)]
    units = sorted([*gold, *other], key=lambda unit: -unit.score)
    return Exercise(
        topic.question.set,
        weighed.signals.text,
        tuple(in_context(unit) for unit in units),
        np.array([unit.score for unit in units], dtype=np.float32),
        np.array([_answers(unit, topic) for unit in units], dtype=np.bool_),
    )


def _teaches(exercise: Exercise, *, answerable: bool) -> bool:
    gold = exercise.gold
    if gold.all() or bool(gold.any()) != answerable:
        return False
    return not answerable or float(exercise.scores[gold].max()) >= float(exercise.scores.max()) - _FAR


def _answers(unit: WeighedUnit, topic: Topic) -> bool:
    at = unit.passage.units[unit.index]
    return bool(matching(topic.evidence, unit.passage.document_id, Span(at.start, at.end)))

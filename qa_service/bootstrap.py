"""The one place where concrete classes meet."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.exporting import is_exported
from embeddings.models import RERANKER, find_model
from embeddings.onnx_cross_encoder import OnnxCrossEncoder
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.optimise import export
from embeddings.reranker_export import adapter_sha256, export_cross_encoder, open_cross_encoder
from embeddings.sentence_transformer import SentenceTransformerEncoder
from embeddings.torch_cross_encoder import TorchCrossEncoder
from qa_service.answering.answerer import Answerer
from qa_service.answering.parts import Parts
from qa_service.answering.reranking import OwnOrder, Rerank, SecondReading, load_weight
from qa_service.config import NO_RERANKER, Settings
from qa_service.documents.page_picture import PagePictures
from qa_service.documents.sandbox import Sandboxes
from qa_service.domain.register import Verdicts
from qa_service.errors import NotFound
from qa_service.ingestion.pipeline import Ingestion
from qa_service.register.linking import relink
from qa_service.retrieval.hybrid import HybridRetriever
from qa_service.retrieval.snapshot import Snapshots
from qa_service.store.database import Database, open_writer
from qa_service.store.journal import Journal

PICTURES_FOLDER = "pictures"
_QUERY_THREADS = 1  # a second thread gains 0.3 ms and costs ten at the 95th percentile (performance.md, 1)
_INGEST_THREADS = 2
_CROSS_ENCODER = "cross-encoder-"
_OPENED: dict[str, OnnxCrossEncoder] = {}


@dataclass(frozen=True, slots=True)
class Services:
    """What the edges call. `journal` is None where nothing is kept: the command line."""

    settings: Settings
    database: Database
    answerer: Answerer
    retriever: HybridRetriever
    pictures: PagePictures
    journal: Journal | None
    open_ingestion: Callable[[], AbstractContextManager[Ingestion]]

    def kept(self) -> Journal:
        """Return the journal. Raises NotFound where the service keeps none."""
        if self.journal is None:
            raise NotFound("journal", "of this process")
        return self.journal


def make_encoder(settings: Settings, threads: int = _QUERY_THREADS) -> Encoder:
    """Return the serving encoder, exporting the weights first where that was not done yet (about 10 s).

    Raises BadWeights for wrong or missing weights, ExportFailed.
    """
    model = find_model(settings.encoder)
    if settings.precision == "torch":
        return SentenceTransformerEncoder(model)
    folder = exported_folder(settings)
    if not is_exported(folder):
        export(model, folder, settings.precision)
    return OnnxEncoder(folder, model, threads)


def _ready_to_ingest(settings: Settings) -> Encoder:
    """Return the encoder to ingest with; what answering will need is exported too, while papers are read."""
    if settings.reranker == RERANKER:
        _export_cross_encoder(settings)
    return make_encoder(settings, _INGEST_THREADS)


def exported_folder(settings: Settings) -> Path:
    """Return where the exported weights of the configured model lie."""
    name = settings.encoder.strip("/").replace("/", "--")
    return settings.data_dir / "models" / f"{name}-{settings.precision}"


def rerank_of(settings: Settings) -> Rerank | None:
    """Return what reads the best sentences again: the packaged model, one of the operator's, or nothing.

    Raises BadWeights, ExportFailed.
    """
    if settings.reranker == NO_RERANKER:
        return None
    if settings.reranker == RERANKER:
        return SecondReading(packaged_cross_encoder(settings), load_weight())
    return OwnOrder(TorchCrossEncoder(Path(settings.reranker)))


def cross_encoder_folder(settings: Settings) -> Path:
    """Return where the cross-encoder that ships lies as it is served: a new adapter has a new folder."""
    return settings.data_dir / "models" / f"{_CROSS_ENCODER}{adapter_sha256()[:12]}"


def packaged_cross_encoder(settings: Settings) -> OnnxCrossEncoder:
    """Return the cross-encoder that ships, exporting it first where that was not done yet (about 5 s).

    A process opens it once: from every data directory it would be the same. Raises BadWeights, ExportFailed.
    """
    adapter = adapter_sha256()
    if adapter not in _OPENED:
        _OPENED[adapter] = open_cross_encoder(_export_cross_encoder(settings))
    return _OPENED[adapter]


def _export_cross_encoder(settings: Settings) -> Path:
    """Return the folder of the cross-encoder as served, written first where it is not there.

    Those of earlier adapters go then: each is 33 MB that nothing reads any more.
    """
    folder = cross_encoder_folder(settings)
    if not is_exported(folder):
        export_cross_encoder(folder)
        for older in folder.parent.glob(f"{_CROSS_ENCODER}*"):
            if older != folder and not older.is_symlink():
                shutil.rmtree(older)
    return folder


def is_ready(settings: Settings) -> bool:
    """Return whether opening the services exports no weights, which would take some seconds once."""
    wanted = [] if settings.precision == "torch" else [exported_folder(settings)]
    if settings.reranker == RERANKER:
        wanted.append(cross_encoder_folder(settings))
    return all(is_exported(folder) for folder in wanted)


@contextmanager
def open_services(
    settings: Settings, encoder: Encoder | None = None, *, journal: bool = False, parts: Parts | None = None
) -> Iterator[Services]:
    """Wire the reading side, and close it.

    Tests pass their own encoder, an ablation its parts; servers keep a journal.
    Raises NotADataDirectory where there are no papers, BadWeights for wrong or missing weights.
    """
    database = Database(settings.data_dir)
    pictures = PagePictures(settings.data_dir / PICTURES_FOLDER)
    try:
        asking = encoder or make_encoder(settings)
        snapshots = Snapshots(settings.data_dir, asking.fingerprint)
        parts = parts or Parts()
        parts = replace(parts, rerank=parts.rerank or rerank_of(settings))
        retriever = HybridRetriever(asking, snapshots, settings.retrieval.depth, parts.fuse)
        with Journal(settings.data_dir) if journal else nullcontext() as kept:
            answerer = Answerer(
                database,
                retriever,
                settings.retrieval.candidates,
                settings.longest_question,
                verdicts=kept.verdicts if kept else Verdicts,
                parts=parts,
            )
            writing = partial(open_ingestion, settings, encoder)
            yield Services(settings, database, answerer, retriever, pictures, kept, writing)
    finally:
        pictures.close()
        database.close()


@contextmanager
def open_ingestion(
    settings: Settings, encoder: Encoder | None = None, sandboxes: Sandboxes | None = None
) -> Iterator[Ingestion]:
    """Wire the writing side under the writer's lock, with what a crash left put right.

    Who ingests often passes sandboxes, whose children outlive a run. Raises WriterBusy, NotADataDirectory.
    """
    with open_writer(settings.data_dir) as writer:
        ingestion = Ingestion(
            writer,
            settings.data_dir,
            lambda: encoder or _ready_to_ingest(settings),
            sandboxes,
            relink=relink,
        )
        ingestion.recover()
        yield ingestion

"""All settings, read once by an entrypoint; nothing below bootstrap sees them."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from embeddings.models import DEFAULT_MODEL, RERANKER

NO_RERANKER = "none"


class RetrievalSettings(BaseModel):
    """How deep each leg looks, and how many passages are read closely."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    depth: int = Field(default=60, ge=10, le=1000, description="passages that each leg brings")
    candidates: int = Field(default=40, ge=5, le=200, description="passages whose sentences are weighed")


class Settings(BaseSettings):
    """QA_RETRIEVAL__DEPTH=80 sets a leaf. `qa config` prints what is in force."""

    model_config = SettingsConfigDict(
        env_prefix="QA_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_dir: Path = Field(default=Path(".paperclerk"), description="holds everything that is stored")
    encoder: str = Field(default=DEFAULT_MODEL, description="sentence-transformers model: name or folder")
    precision: Literal["int8", "fp32", "torch"] = Field(
        default="int8", description="of the exported encoder; torch: the slow reference, never exported"
    )
    reranker: str = Field(
        default=RERANKER,
        description="cross-encoder that reads the best sentences again: the packaged one, a folder, or none",
    )
    host: str = Field(default="127.0.0.1", description="address to listen on")
    port: int = Field(default=8000, ge=0, le=65535, description="port to listen on; 0 for any free one")
    admin_key: SecretStr | None = Field(
        default=None, min_length=16, description="opens routes that change data"
    )
    operator: str | None = Field(
        default=None, max_length=200, description="who runs the service, on its pages"
    )
    contact: str | None = Field(default=None, max_length=200, description="how to reach them, on the pages")
    longest_question: int = Field(default=4000, ge=10, le=20000, description="characters")
    keep_answers_days: int = Field(default=90, ge=0, le=3650, description="how long answers can be replayed")
    log_format: Literal["console", "json"] = "console"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "WARNING"
    retrieval: RetrievalSettings = RetrievalSettings()

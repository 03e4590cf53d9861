"""The columns of the curated data files, one class a file, and how a file is read and written."""

import csv
import io
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

NEEDS = frozenset(
    ("chat", "summarization", "coding", "agents", "long_documents", "vision", "math", "extraction", "bulk", "quality")
)
MODALITIES = ("text", "image", "audio", "video", "file", "pdf", "transcription", "decision")
BOOL_FIELDS = {"tools", "reasoning", "vision", "structured_output", "open_weights"}
DATE_FIELDS = {"release_date", "knowledge_cutoff"}
TOKEN_FIELDS = {"context_window", "max_output"}


def known_date(text: str) -> str:
    """`text` when it is an ISO day, month or year; ValueError otherwise."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        raise ValueError(f"{text!r} is not an ISO date, month or year")
    date.fromisoformat((text + "-01-01")[:10])
    return text


Text = Annotated[str, Field(min_length=1, pattern=r"^\S(.*\S)?$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$")]
ModelId = Annotated[str, Field(pattern=r"^[a-z0-9-]+/\S+$")]
Url = Annotated[str, Field(pattern=r"^https?://[^\s/]+\.[^\s/]+(/\S*)?$")]
Number = Annotated[str, Field(pattern=r"^-?\d+(\.\d+)?$")]
Count = Annotated[str, Field(pattern=r"^\d+$")]
When = Annotated[str, AfterValidator(known_date)]
Unknown = Literal[""]


class Row(BaseModel):
    """One line of a data file; its fields are the file's columns, in order."""

    model_config = ConfigDict(extra="forbid", frozen=True)


AnyRow = TypeVar("AnyRow", bound=Row)


class SourceRow(Row):
    """Where values come from, and on what terms."""

    id: Slug
    name: Text
    version: Text
    url: Url
    licence: Text
    credit: Text
    data_date: When


class ModelRow(Row):
    """A maker's model with the genai-prices offerings that sell it."""

    model: ModelId
    maker: Slug
    name: Text | Unknown
    name_source: Slug | Unknown
    offerings: Text


class FactRow(Row):
    """What one source (the file's name) says of one field of a model."""

    model: ModelId
    field: str
    value: Text

    @model_validator(mode="after")
    def value_fits_field(self) -> "FactRow":
        """Raise ValueError when the value has not the shape that its field asks for."""
        if self.field in DATE_FIELDS:
            fits = known_date(self.value) == self.value
        elif self.field in TOKEN_FIELDS:
            fits = self.value.isdecimal() and int(self.value) > 0
        elif self.field in ("in_modalities", "out_modalities"):
            fits = set(self.value.split(",")) <= set(MODALITIES)
        else:
            fits = self.field in BOOL_FIELDS and self.value in ("true", "false")
        if not fits:
            raise ValueError(f"{self.field} {self.value!r} is malformed")
        return self


class ScoreRow(Row):
    """One result of a model on a benchmark; the source is the file's name."""

    model: ModelId
    benchmark: Text
    score: Number
    unit: Literal["%", "elo", "s", "USD", "rating", "of 3", "ms"]
    higher_is_better: Literal["true", "false"]
    effort: Text | Unknown
    harness: Text | Unknown
    kind: Literal["vendor", "independent"]
    url: Url
    date: When | Unknown
    low: Number | Unknown
    high: Number | Unknown
    votes: Count | Unknown

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What is unique within one source."""
        return self.model, self.benchmark, self.effort, self.harness


class RetirementRow(Row):
    """When a provider switches an id off, as its own page said on the day checked."""

    provider: Slug
    id: Text
    status: Literal["retired", "deprecated"]
    deprecated_on: When | Unknown
    retires_on: When | Unknown
    replacement: Text | Unknown
    url: Url
    checked: When


class BenchmarkNameRow(Row):
    """How people write a benchmark, and which needs it is fair evidence for."""

    benchmark: Text
    name: Text
    needs: str
    aliases: str
    is_language: Literal["true", "false"]

    @model_validator(mode="after")
    def needs_are_known(self) -> "BenchmarkNameRow":
        """Raise ValueError for a need that DESIGN.md section 5 does not name, or an alias in capitals."""
        if not set(self.needs.split()) <= NEEDS or self.aliases != self.aliases.lower():
            raise ValueError(f"needs {self.needs!r} or aliases {self.aliases!r} are malformed")
        return self


class AliasRow(Row):
    """A name that people use for an offering and that its own id and name do not yield."""

    alias: Text
    offering: ModelId


def read_rows(path: Path, shape: type[AnyRow]) -> list[AnyRow]:
    """Rows of one data file; ValueError names the file and line of the first malformed row."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = []
        for record in reader:
            try:
                rows.append(shape.model_validate(record))
            except ValidationError as error:
                raise ValueError(f"{path.name}, line {reader.line_num}: {error}") from error
    return rows


def as_csv(rows: Iterable[Row], shape: type[Row]) -> str:
    """The rows as a CSV file with a header and LF line ends, in a stable order."""
    lines = sorted(tuple(row.model_dump().values()) for row in rows)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(shape.model_fields)
    writer.writerows(lines)
    return text.getvalue()

"""Parquet: typed columns with their descriptions in the schema, written in batches."""

from __future__ import annotations

import json
from itertools import islice
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from db.export.about import About, field_text
from db.export.selection import Field, Selection, Value

_TYPES = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "date": pa.date32()}
_BATCH = 5_000


def write_parquet(selection: Selection, out: BinaryIO, about: About) -> int:
    """Write all rows and return how many. The schema's metadata say what the columns mean and how to cite."""
    schema = pa.schema(
        [
            pa.field(f.name, _TYPES[f.type], nullable=not f.required, metadata={"vi": field_text(f), "en": f.en})
            for f in selection.fields
        ],
        metadata={"bantin": json.dumps({"title": about.title, "citation": about.citation}, ensure_ascii=False)},
    )
    count = 0
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        while batch := list(islice(selection.rows, _BATCH)):
            columns = [
                pa.array([_value(row[i], f) for row in batch], type=_TYPES[f.type])
                for i, f in enumerate(selection.fields)
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))
            count += len(batch)
    return count


def _value(value: Value, field: Field) -> Value | float:
    if field.type != "number" or value is None:
        return value
    return float(value)  # type: ignore[arg-type]  # a date is no number

"""Writes CSV as `COPY` gives it into Parquet files, one for each day, in blocks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

_BLOCK = 4 << 20  # bytes of CSV
_TYPES = {
    "bigint": pa.int64(),
    "integer": pa.int32(),
    "smallint": pa.int16(),
    "text": pa.string(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp with time zone": pa.timestamp("us", tz="UTC"),  # Spark reads nothing finer
    "timestamp without time zone": pa.timestamp("us"),
    "double precision": pa.float64(),
}
_NUMERIC = re.compile(r"numeric\((\d+),(\d+)\)")


def schema(columns: Mapping[str, str]) -> pa.Schema:
    """The schema of columns with their types in Postgres.

    Raises:
        ValueError: a type that no mart has so far.
    """
    return pa.schema([(name, _type(name, written)) for name, written in columns.items()])


def write_days(
    source: Path, columns: Mapping[str, str], day: str | None, into: Path
) -> Iterator[tuple[date | None, Path]]:
    """Writes a file for each day and gives it when it is whole; of the next one the same place is taken.

    Args:
        source: CSV without a header, ordered by `day`.
        columns: their types in Postgres, by their names, in the order of the CSV.
        day: the column whose days are told apart; without one all rows are of one file, which is of no day.
        into: a folder for it.
    """
    kinds = schema(columns)
    file = into / "part.parquet"
    current: date | None = None
    writer: pq.ParquetWriter | None = None
    for batch in _batches(source, kinds):
        start = 0
        days = batch.column(day).to_pylist() if day else [None] * batch.num_rows
        for end in [*(at for at in range(1, batch.num_rows) if days[at] != days[at - 1]), batch.num_rows]:
            if writer is not None and days[start] != current:
                writer.close()
                yield current, file
                writer = None
            writer = writer or pq.ParquetWriter(file, kinds, compression="zstd")
            current = days[start]
            writer.write_batch(batch.slice(start, end - start))
            start = end
    writer = writer or pq.ParquetWriter(file, kinds)
    writer.close()
    yield current, file


def _batches(source: Path, kinds: pa.Schema) -> Iterator[pa.RecordBatch]:
    if source.stat().st_size == 0:
        return
    reading = pyarrow.csv.open_csv(
        source,
        read_options=pyarrow.csv.ReadOptions(column_names=kinds.names, block_size=_BLOCK),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(
            column_types=kinds,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,  # a blank text is quoted, nothing is not
            true_values=["t"],
            false_values=["f"],
        ),
    )
    with reading:
        yield from reading


def _type(name: str, written: str) -> pa.DataType:
    if found := _NUMERIC.fullmatch(written):
        return pa.decimal128(int(found[1]), int(found[2]))
    try:
        return _TYPES[written]
    except KeyError:
        raise ValueError(f"column {name} is a {written}, for which there is no type in Parquet yet") from None

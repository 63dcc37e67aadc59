"""Parquet, one file a table in a ZIP archive; needs the extra ``huitu[parquet]``."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from graph.convert import graph_fields
from graph.errors import MissingExtra
from graph.export.text import Sink, legal, member, whole
from graph.subgraph import Content
from graph.tables import Table, tables

if TYPE_CHECKING:
    import pyarrow

__all__ = ["read", "write"]

_ROWS = 20_000
"""Rows a group; as many are in memory."""


def write(content: Content) -> Iterator[bytes]:
    """A ZIP archive of ``entities.parquet``, ``edges.parquet`` and perhaps ``claims.parquet``.

    The metadata ``huitu`` of each schema says as JSON whether the export is cut.

    Raises:
        MissingExtra: pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MissingExtra("pyarrow", "parquet") from error
    return _write(content)


def read(content: bytes) -> dict[str, pyarrow.Table]:
    """The twin of `write`: the tables by their names."""
    from pyarrow import parquet

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            name.removesuffix(".parquet"): parquet.read_table(io.BytesIO(archive.read(name)))
            for name in archive.namelist()
        }


def _write(content: Content) -> Iterator[bytes]:
    sink = Sink()
    with zipfile.ZipFile(sink, "w") as archive:
        for table in tables(content):
            info = member(f"{table.name}.parquet")
            info.compress_type = zipfile.ZIP_STORED  # it is compressed already
            with archive.open(info, "w", force_zip64=True) as file:
                for chunk in _file(table, content):
                    file.write(chunk)
                    yield sink.drain()
    yield sink.drain()


def _file(table: Table, content: Content) -> Iterator[bytes]:
    import pyarrow
    from pyarrow import parquet

    types = {
        "text": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
    }
    stated = json.dumps(graph_fields(content), ensure_ascii=False)
    schema = pyarrow.schema([(name, types[kind]) for name, kind in table.columns], metadata={"huitu": legal(stated)})
    sink = Sink()
    rows = table.rows(content)
    with parquet.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(islice(rows, _ROWS)):
            columns = zip(*group, strict=True)
            arrays = [pyarrow.array(map(whole, each), type) for each, type in zip(columns, schema.types, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            yield sink.drain()
    yield sink.drain()

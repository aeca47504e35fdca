"""Writes the files of this folder with another implementation: PyArrow 25.0.1."""

import datetime as dt
import decimal
import os

import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq

os.chdir(os.path.dirname(os.path.abspath(__file__)))
n = 24
start = dt.datetime(2024, 2, 28, 23, 59, 58)
steps = [dt.timedelta(days=k, seconds=k, microseconds=k * 1001) for k in range(n)]
rows = {
    "user": [None if k % 11 == 5 else f"u{k % 5}é" for k in range(n)],
    "item": [k * 3_000_000_007 - 5 for k in range(n)],
    "big": [2**64 - 1 - k for k in range(n)],
    "flag": [None if k % 7 == 3 else k % 2 == 0 for k in range(n)],
    "day": [dt.date(1960 + 3 * k, 2, 28) for k in range(n)],
    "at": [start + step for step in steps],
    "price": [decimal.Decimal(k * 105 - 300) / 100 for k in range(n)],
    "score": [None if k % 6 == 1 else k / 4 for k in range(n)],
    "weight": [k / 10 for k in range(n)],
    "vector": [[k / 8, -k / 2] for k in range(n)],
    "words": [[f"w{j}" for j in range(k % 3)] for k in range(n)],
    "nested": [{"a": k, "b": "x"} for k in range(n)],
}
types = {
    "user": pa.string(), "item": pa.int64(), "big": pa.uint64(), "flag": pa.bool_(),
    "day": pa.date32(), "at": pa.timestamp("us", tz="UTC"), "price": pa.decimal128(9, 2),
    "score": pa.float64(), "weight": pa.float32(), "vector": pa.list_(pa.float32(), 2),
    "words": pa.list_(pa.string()), "nested": pa.struct([("a", pa.int32()), ("b", pa.string())]),
}
table = pa.table({name: pa.array(values, types[name]) for name, values in rows.items()})


def text(name, value):
    if value is None:
        return ""
    if name == "flag":
        return str(value).lower()
    if name == "price":
        return f"{value:.2f}"
    if name == "at":
        return value.isoformat() + "Z"
    if isinstance(value, list):
        return " ".join(text(name, part) for part in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


with open("rows.csv", "w") as file:
    names = [name for name in rows if name != "nested"]
    print(",".join(names), file=file)
    for k in range(n):
        print(",".join(text(name, rows[name][k]) for name in names), file=file)

small = {"row_group_size": 10, "data_page_size": 64, "write_statistics": False, "store_schema": False}
for codec in ["none", "snappy", "gzip", "brotli", "lz4"]:
    pq.write_table(table, f"{codec}.parquet", compression=codec, **small)
pq.write_table(table, "zstd_v2.parquet", compression="zstd", data_page_version="2.0", **small)
encodings = {
    "user": "DELTA_BYTE_ARRAY", "item": "DELTA_BINARY_PACKED", "flag": "RLE",
    "day": "DELTA_BINARY_PACKED", "score": "BYTE_STREAM_SPLIT", "weight": "BYTE_STREAM_SPLIT",
    "words.list.element": "DELTA_LENGTH_BYTE_ARRAY",
}
pq.write_table(table, "encodings.parquet", use_dictionary=False, column_encoding=encodings,
               data_page_version="2.0", **small)
pq.write_table(table.select(["user", "item", "at"]), "int96.parquet",
               use_deprecated_int96_timestamps=True, **small)
coded = table.set_column(0, "user", table["user"].dictionary_encode())
for codec in ["uncompressed", "lz4", "zstd"]:
    feather.write_feather(coded, f"{codec}.feather", compression=codec, chunksize=10)
options = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
with pa.OSFile("deltas.arrows", "wb") as file:
    with pa.ipc.new_stream(file, coded.schema, options=options) as writer:
        for first in range(0, n, 8):
            part = table.slice(first, 8).combine_chunks()
            # Each dictionary begins with the one before.
            known = [u for u in dict.fromkeys(rows["user"][: first + 8]) if u is not None]
            codes = [None if u is None else known.index(u) for u in rows["user"][first : first + 8]]
            column = pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(known))
            writer.write_batch(part.set_column(0, "user", column).to_batches()[0])
pq.write_table(table.select(["user", "item"]).slice(0, 0), "without/rows.parquet", compression="none", **small)
pq.write_table(pa.table({}), "without/columns.parquet")

"""Turns the CSV of interaction_rows.ts into Parquet, in groups of a million rows.

python3 bench/parquet_rows.py clicks.csv zstd > clicks.parquet    (needs PyArrow)
"""

import sys

import pyarrow.csv
import pyarrow.parquet

path, compression = sys.argv[1:]
table = pyarrow.csv.read_csv(path)
pyarrow.parquet.write_table(
    table, sys.stdout.buffer, compression=compression, row_group_size=1_000_000
)

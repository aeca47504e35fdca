"""The plain pandas program that preprocess is compared with: read a CSV of interactions,
de-duplicate, take the 5-core. Prints the rows left and the seconds of each step.

Usage: python3 bench/pandas_core.py clicks.csv [USER ITEM]
"""
import sys
import time

import pandas as pd

path = sys.argv[1]
user, item = sys.argv[2:4] if len(sys.argv) == 4 else ("user_id", "asin")
started = time.perf_counter()
last = started


def report(step, rows):
    global last
    now = time.perf_counter()
    print(f"{step}: {now - last:.1f} s, {len(rows)} rows", flush=True)
    last = now


rows = pd.read_csv(path, usecols=[user, item], dtype=str)
report("read", rows)
rows = rows.drop_duplicates()
report("de-duplicate", rows)
while True:
    before = len(rows)
    rows = rows[rows.groupby(user)[item].transform("size") >= 5]
    rows = rows[rows.groupby(item)[user].transform("size") >= 5]
    if len(rows) == before:
        break
report("5-core", rows)
print(f"in all: {time.perf_counter() - started:.1f} s")

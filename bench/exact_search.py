"""The 20 best items of users by a plain search with NumPy, without those that they have.

Usage: python3 bench/exact_search.py EMBEDDINGS INTERACTIONS SECONDS [THREADS]

EMBEDDINGS is what `export --format npy` wrote; INTERACTIONS is the .inter file of the dataset. Prints a line
of JSON for one user at a time, and one for 64.
"""

import json
import os
import sys
import time

folder, interactions, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
if len(sys.argv) > 4:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = sys.argv[4]

import numpy as np

users = np.load(f"{folder}/users.npy")
items = np.load(f"{folder}/items.npy")
rows = np.loadtxt(interactions, skiprows=1, usecols=(0, 1), dtype=np.int64)
rows = rows[np.argsort(rows[:, 0], kind="stable")]
starts = np.searchsorted(rows[:, 0], np.arange(len(users) + 1))
draw = np.random.default_rng(7)


def best(some):
    scores = users[some] @ items.T
    for place, user in enumerate(some):
        scores[place, rows[starts[user] : starts[user + 1], 1]] = -np.inf
    top = np.argpartition(-scores, 20, axis=1)[:, :20]
    order = np.argsort(-np.take_along_axis(scores, top, 1), axis=1, kind="stable")
    return np.take_along_axis(top, order, 1)


for batch in (1, 64):
    best(np.arange(batch))
    times = []
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        some = draw.integers(0, len(users), batch)
        start = time.perf_counter()
        best(some)
        times.append(time.perf_counter() - start)
    p50, p99 = np.percentile(times, [50, 99]) * 1000
    rate = batch * len(times) / sum(times)
    print(json.dumps({"batch": batch, "rate": rate, "p50": p50, "p99": p99}))

"""Seconds per epoch of LightGCN in PyTorch on one thread, to measure beside Bandpass's.

The same step as models/lightgcn.ts, as the public implementations write it: sparse COO products,
stacked layers, autograd, torch.optim.Adam, negatives sampled on the CPU beforehand (not timed).

Usage: python3 bench/pytorch_lightgcn.py DATASET_FOLDER/NAME LAYERS REG [EPOCHS]
"""

import sys
import time

import numpy
import torch

torch.set_num_threads(1)
torch.manual_seed(0)

folder, layers, reg = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
epochs = int(sys.argv[4]) if len(sys.argv) > 4 else 3
name = folder.rstrip("/").split("/")[-1]
with open(f"{folder}/{name}.inter") as file:
    header = file.readline().split()
    rows = [line.split() for line in file]
column = {key: header.index(key) for key in ("userID", "itemID", "x_label")}
users = max(int(row[column["userID"]]) for row in rows) + 1
items = max(int(row[column["itemID"]]) for row in rows) + 1
train = torch.tensor(
    [
        (int(row[column["userID"]]), int(row[column["itemID"]]))
        for row in rows
        if row[column["x_label"]] == "0"
    ]
)

user, item = train[:, 0], train[:, 1] + users
indices = torch.stack([torch.cat([user, item]), torch.cat([item, user])])
degree = torch.bincount(indices[0], minlength=users + items).float() + 1e-7
values = degree[indices[0]].rsqrt() * degree[indices[1]].rsqrt()
graph = torch.sparse_coo_tensor(indices, values, (users + items, users + items)).coalesce()

user_table = torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(users, 64)))
item_table = torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(items, 64)))
optimiser = torch.optim.Adam([user_table, item_table], lr=1e-3)

for epoch in range(epochs):
    order = train[torch.randperm(len(train))]
    negatives = torch.randint(items, (len(train),))
    started = time.perf_counter()
    for start in range(0, len(order), 2048):
        u, positive = order[start : start + 2048].T
        negative = negatives[start : start + 2048]
        optimiser.zero_grad()
        nodes = torch.cat([user_table, item_table])
        outputs = [nodes]
        for _ in range(layers):
            nodes = torch.sparse.mm(graph, nodes)
            outputs.append(nodes)
        final = torch.stack(outputs, dim=1).mean(dim=1)
        final_users, final_items = final[:users], final[users:]
        difference = (final_users[u] * (final_items[positive] - final_items[negative])).sum(1)
        loss = -torch.nn.functional.logsigmoid(difference).mean()
        norms = (
            user_table[u].norm() + item_table[positive].norm() + item_table[negative].norm()
        )
        loss = loss + reg * norms / len(u)
        loss.backward()
        optimiser.step()
    print(f"epoch {epoch + 1}: {time.perf_counter() - started:.2f} s")

"""Seconds per epoch of LightGCN in PyTorch, to measure beside Bandpass's.

The same step as models/lightgcn.ts, as the public implementations write it: sparse products,
stacked layers, autograd, torch.optim.Adam. Order and negatives are drawn beforehand (not timed).

Usage: python3 bench/pytorch_lightgcn.py DATASET_FOLDER/NAME LAYERS REG [EPOCHS]
         [--device cuda] [--format csr] [--threads N]

On the CPU it takes one thread unless told otherwise. COO is what the public implementations have.
"""

import argparse
import time

import torch

parser = argparse.ArgumentParser()
parser.add_argument("folder")
parser.add_argument("layers", type=int)
parser.add_argument("reg", type=float)
parser.add_argument("epochs", type=int, nargs="?", default=3)
parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
parser.add_argument("--format", choices=("coo", "csr"), default="coo")
parser.add_argument("--threads", type=int, default=1)
options = parser.parse_args()
layers, reg, device = options.layers, options.reg, options.device

torch.set_num_threads(options.threads)
torch.manual_seed(0)

name = options.folder.rstrip("/").split("/")[-1]
with open(f"{options.folder}/{name}.inter") as file:
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
    ],
    device=device,
)

user, item = train[:, 0], train[:, 1] + users
indices = torch.stack([torch.cat([user, item]), torch.cat([item, user])])
degree = torch.bincount(indices[0], minlength=users + items).float() + 1e-7
values = degree[indices[0]].rsqrt() * degree[indices[1]].rsqrt()
graph = torch.sparse_coo_tensor(indices, values, (users + items, users + items)).coalesce()
if options.format == "csr":
    graph = graph.to_sparse_csr()


class SymmetricProduct(torch.autograd.Function):
    """The product by the graph, whose gradient is the same product: autograd would transpose CSR."""

    @staticmethod
    def forward(_, dense):
        return graph @ dense

    @staticmethod
    def backward(_, gradient):
        return graph @ gradient


def propagate(dense):
    """The next layer."""
    if options.format == "csr":
        return SymmetricProduct.apply(dense)
    return torch.sparse.mm(graph, dense)


def table(count):
    """Embeddings of all users or items."""
    return torch.nn.Parameter(
        torch.nn.init.xavier_uniform_(torch.empty(count, 64, device=device))
    )


user_table, item_table = table(users), table(items)
optimiser = torch.optim.Adam([user_table, item_table], lr=1e-3)


def now():
    """The time, once the device has done what it was given."""
    if device == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter()


where = torch.cuda.get_device_name() if device == "cuda" else f"{options.threads} CPU threads"
print(f"LightGCN on {name}, PyTorch {torch.__version__}, {options.format}, {where}", flush=True)
seconds = []
for epoch in range(options.epochs):
    order = train[torch.randperm(len(train), device=device)]
    negatives = torch.randint(items, (len(train),), device=device)
    started = now()
    for start in range(0, len(order), 2048):
        u, positive = order[start : start + 2048].T
        negative = negatives[start : start + 2048]
        optimiser.zero_grad()
        nodes = torch.cat([user_table, item_table])
        outputs = [nodes]
        for _ in range(layers):
            nodes = propagate(nodes)
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
    seconds.append(now() - started)
print(f"seconds an epoch: {', '.join(f'{one:.4f}' for one in seconds)}")

"""The graphs of methods.md, §1 and §2: of interactions, and of items that are near each other."""

import torch

from sparse import SparseMatrix


def interaction_values(users, items, shape, epsilon):
    """The entries of D_U^-½ R D_I^-½, with `epsilon` added to each degree."""
    user_degree = torch.bincount(users, minlength=shape[0]).float() + epsilon
    item_degree = torch.bincount(items, minlength=shape[1]).float() + epsilon
    return (user_degree[users] * item_degree[items]).rsqrt()


def bipartite_graph(train, users, items, epsilon=0.0, columns=64, like=None):
    """Â of users and, below them, items, for products of so many columns."""
    user, item = train.T
    values = interaction_values(user, item, (users, items), epsilon).repeat(2)
    rows, others = torch.cat([user, item + users]), torch.cat([item + users, user])
    return SparseMatrix(rows, others, values, (users + items,) * 2, columns, symmetric=True, like=like)


def interaction_block(train, users, items, columns):
    """R̂, the block of Â that takes items to users."""
    user, item = train.T
    values = interaction_values(user, item, (users, items), 0.0)
    return SparseMatrix(user, item, values, (users, items), columns)


def nearest_items(features, k):
    """The k nearest items of each by cosine, itself among them, and the cosines."""
    unit = torch.nn.functional.normalize(features)
    found = [torch.topk(block @ unit.T, min(k, len(unit))) for block in unit.split(1024)]
    return torch.cat([one.indices for one in found]), torch.cat([one.values for one in found])


def mean_item_graph(features, settings, columns):
    """Σ_m w_m·S_m, every neighbour having the value 1/k."""
    rows, others, values = [], [], []
    for name, table in features.items():
        k = settings.neighbours[name]
        nearest, _ = nearest_items(table, k)
        rows.append(torch.arange(len(table), device=table.device).repeat_interleave(nearest.shape[1]))
        others.append(nearest.flatten())
        values.append(torch.full_like(others[-1], settings.graph_weights[name] / k, dtype=torch.float))
    shape = (len(table),) * 2
    return SparseMatrix(torch.cat(rows), torch.cat(others), torch.cat(values), shape, columns)


def similarity_item_graphs(features, neighbours, columns):
    """SMORE's graphs: of each modality, and their elementwise maximum over the union of entries."""
    keys, values = [], []
    for name, table in features.items():
        nearest, cosines = nearest_items(table, neighbours[name])
        sums = cosines.sum(1)
        scale = torch.where(sums > 0, sums.rsqrt(), torch.zeros_like(sums))
        rows = torch.arange(len(table), device=table.device)[:, None].expand_as(nearest)
        keys.append((rows * len(table) + nearest).flatten())
        values.append((cosines * scale[:, None] * scale[nearest]).flatten())
    union, place = torch.unique(torch.cat(keys), return_inverse=True)
    # What one graph alone has keeps its value, even a negative one.
    greatest = torch.full((len(union),), -torch.inf, device=union.device)
    greatest = greatest.scatter_reduce(0, place, torch.cat(values), "amax")
    items = len(table)
    return [
        SparseMatrix(key // items, key % items, value, (items, items), columns)
        for key, value in zip([*keys, union], [*values, greatest])
    ]

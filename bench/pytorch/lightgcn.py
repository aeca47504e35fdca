"""LightGCN (methods.md, §2)."""

import torch
from torch.nn.functional import embedding

from graphs import bipartite_graph
from layers import bpr, emb_loss, xavier_uniform_table


class LightGCN(torch.nn.Module):
    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        self.sizes = [data.users, data.items]
        self.users = xavier_uniform_table(data.users, settings.dim)
        self.items = xavier_uniform_table(data.items, settings.dim)
        self.graph = bipartite_graph(data.train, *self.sizes, epsilon=1e-7, columns=settings.dim)

    def represent(self):
        layer = total = torch.cat([self.users, self.items])
        for _ in range(self.settings.layers):
            layer = self.graph @ layer
            total = total + layer
        return (total / (self.settings.layers + 1)).split(self.sizes)

    def loss(self, users, positives, negatives):
        all_users, all_items = self.represent()
        user = embedding(users, all_users)
        loss = bpr(user, embedding(positives, all_items), embedding(negatives, all_items))
        own = (self.users, users), (self.items, positives), (self.items, negatives)
        return loss + self.settings.reg * emb_loss(*(embedding(rows, table) for table, rows in own))

"""FREEDOM (methods.md, §2)."""

import torch
from torch.nn.functional import embedding

from data import prepared_features
from graphs import bipartite_graph, mean_item_graph
from layers import bpr, feature_table, linear, xavier_uniform_table


class Freedom(torch.nn.Module):
    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        self.sizes = [data.users, data.items]
        features = prepared_features(data, settings)
        self.users = xavier_uniform_table(data.users, settings.dim)
        self.items = xavier_uniform_table(data.items, settings.dim)
        self.features = torch.nn.ParameterDict(
            {name: feature_table(values, settings) for name, values in features.items()}
        )
        self.projections = torch.nn.ModuleDict(
            {name: linear(values.shape[1], settings.dim) for name, values in features.items()}
        )
        self.train_rows = data.train
        self.graph = self.pruned = bipartite_graph(
            data.train, *self.sizes, epsilon=1e-7, columns=settings.dim
        )
        self.item_graph = mean_item_graph(features, settings, settings.dim)

    def begin_epoch(self):
        """Draws the edges that the epoch keeps, by the degrees of both ends."""
        rate = self.settings.dropout
        if rate == 0:
            return
        user, item = self.train_rows.T
        degree = torch.bincount(user)[user] * torch.bincount(item)[item]
        kept = torch.multinomial(degree.float().rsqrt(), int(len(user) * (1 - rate)))
        self.pruned = bipartite_graph(
            self.train_rows[kept], *self.sizes, epsilon=1e-7, like=self.graph
        )

    def views(self, graph):
        layer = total = torch.cat([self.users, self.items])
        for _ in range(self.settings.layers):
            layer = graph @ layer
            total = total + layer
        users, items = (total / (self.settings.layers + 1)).split(self.sizes)
        similar = self.items
        for _ in range(self.settings.item_layers):
            similar = self.item_graph @ similar
        return users, items + similar

    def represent(self):
        return self.views(self.graph)

    def loss(self, users, positives, negatives):
        all_users, all_items = self.views(self.pruned)
        user = embedding(users, all_users)

        def ranked(items):
            return bpr(user, embedding(positives, items), embedding(negatives, items))

        loss = ranked(all_items)
        if self.settings.reg == 0:
            return loss
        for name, projection in self.projections.items():
            # All items once: a batch has nearly as many rows of items as there are items.
            loss = loss + self.settings.reg * ranked(projection(self.features[name]))
        return loss

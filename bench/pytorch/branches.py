"""The backbone of FITMM and SSR (methods.md, §4 a to c): rows with a block of columns a view."""

import torch
from torch.nn.functional import leaky_relu, normalize

from data import prepared_features
from graphs import bipartite_graph, mean_item_graph
from layers import feature_table, linear, xavier_normal_table, xavier_uniform_table


class Branches(torch.nn.Module):
    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        dim = settings.dim
        self.sizes = [data.users, data.items]
        features = prepared_features(data, settings)
        self.names = ["id", *features]
        self.columns = dim * len(self.names)
        self.preferences = torch.nn.ParameterDict(
            {name: xavier_normal_table(data.users, dim) for name in self.names}
        )
        self.items = xavier_uniform_table(data.items, dim)
        self.features = torch.nn.ParameterDict(
            {name: feature_table(values, settings) for name, values in features.items()}
        )
        self.hidden = torch.nn.ModuleDict(
            {name: linear(values.shape[1], 4 * dim) for name, values in features.items()}
        )
        self.output = torch.nn.ModuleDict({name: linear(4 * dim, dim) for name in features})
        deviation = (2 / (data.users + len(self.names))) ** 0.5
        logits = deviation * torch.randn(data.users, len(self.names))
        self.user_weights = torch.nn.Parameter(torch.softmax(logits, 1))
        self.graph = bipartite_graph(data.train, *self.sizes, columns=self.columns)
        self.item_graph = mean_item_graph(features, settings, self.columns)

    def item_inputs(self):
        yield self.items
        for name, table in self.features.items():
            yield self.output[name](leaky_relu(self.hidden[name](table), 0.01))

    def forward(self):
        """rep of users and of items, and their graph parts."""
        layer = total = torch.cat([
            normalize(torch.cat([self.preferences[name], inputs]))
            for name, inputs in zip(self.names, self.item_inputs())
        ], 1)
        for _ in range(self.settings.layers):
            layer = self.graph @ layer
            total = total + layer
        users, items = total.split(self.sizes)
        users = users * self.user_weights.repeat_interleave(self.settings.dim, 1)
        similar = items
        for _ in range(self.settings.item_layers):
            similar = self.item_graph @ similar
        own = torch.cat([self.preferences[name] for name in self.names], 1)
        return users, items, own, similar

"""SMORE (methods.md, §3)."""

import math

import torch
from torch.nn.functional import cross_entropy, dropout, embedding, normalize

from data import prepared_features
from graphs import bipartite_graph, interaction_block, similarity_item_graphs
from layers import bpr, feature_table, linear, xavier_uniform_table


class Smore(torch.nn.Module):
    only = {"denoiser": "fourier", "keep_bins": 0}

    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        dim = settings.dim
        self.sizes = [data.users, data.items]
        features = prepared_features(data, settings)
        self.views = [*features, "fusion"]
        self.users = xavier_uniform_table(data.users, dim)
        self.items = xavier_uniform_table(data.items, dim)
        self.features = torch.nn.ParameterDict(
            {name: feature_table(values, settings) for name, values in features.items()}
        )

        def each(names, make):
            return torch.nn.ModuleDict({name: make() for name in names})

        self.projections = torch.nn.ModuleDict(
            {name: linear(values.shape[1], dim) for name, values in features.items()}
        )
        self.filters = torch.nn.ParameterDict(
            {view: torch.nn.Parameter(torch.randn(dim // 2 + 1, 2)) for view in self.views}
        )
        self.gates = each(self.views, lambda: linear(dim, dim))
        self.preferences = each(self.views, lambda: linear(dim, dim))
        self.queries = each(
            features,
            lambda: torch.nn.Sequential(
                linear(dim, dim), torch.nn.Tanh(), linear(dim, dim, bias=False)
            ),
        )
        self.graph = bipartite_graph(data.train, *self.sizes, columns=dim)
        self.user_block = interaction_block(data.train, *self.sizes, dim * len(self.views))
        self.item_graphs = similarity_item_graphs(features, settings.neighbours, dim)

    def behaviour(self):
        """Step 4, for all nodes."""
        layer = total = torch.cat([self.users, self.items])
        for _ in range(self.settings.layers):
            layer = self.graph @ layer
            total = total + layer
        return total / (self.settings.layers + 1)

    def view_rows(self):
        """Steps 1 to 3 and 5: a view a block of columns, for all nodes."""
        spectra = [
            torch.fft.rfft(self.projections[name](table), norm="ortho")
            for name, table in self.features.items()
        ]
        fused = spectra[0]
        for spectrum in spectra[1:]:
            fused = fused * spectrum
        rows = []
        for view, spectrum, graph in zip(self.views, [*spectra, fused], self.item_graphs):
            filtered = spectrum * torch.view_as_complex(self.filters[view])
            clean = torch.fft.irfft(filtered, n=self.settings.dim, norm="ortho")
            z = self.items * torch.sigmoid(self.gates[view](clean))
            for _ in range(self.settings.item_layers):
                z = graph @ z
            rows.append(z)
        items = torch.cat(rows, 1)
        return torch.cat([self.user_block @ items, items])

    def side(self, content, views):
        """Step 6, for any rows."""
        views = views.split(self.settings.dim, 1)
        parts = []
        for view, y in zip(self.views, views):
            preference = torch.sigmoid(self.preferences[view](content))
            preference = dropout(preference, self.settings.dropout, self.training)
            attended = y
            if view in self.queries:
                attended = torch.softmax(self.queries[view](views[-1]), 1) * y
            parts.append(preference * attended)
        return torch.stack(parts).mean(0)

    def represent(self):
        content = self.behaviour()
        return (content + self.side(content, self.view_rows())).split(self.sizes)

    def loss(self, users, positives, negatives):
        first_item = self.sizes[0]
        places = torch.cat([users, positives + first_item, negatives + first_item])
        # Row by row for the nodes of the batch, each once: dropout is a node's.
        nodes, place = torch.unique(places, return_inverse=True)
        content = embedding(nodes, self.behaviour())
        side = self.side(content, embedding(nodes, self.view_rows()))
        user, positive, negative = embedding(place, content + side).split(len(users))
        squares = user.square().sum() + positive.square().sum() + negative.square().sum()
        ranking = bpr(user, positive, negative)
        user_place, positive_place, _ = place.split(len(users))
        aligned = sum(
            self.nce(embedding(rows, side), embedding(rows, content))
            for rows in (positive_place, user_place)
        )
        return (
            ranking
            + self.settings.reg * 0.5 * squares / self.settings.batch
            + self.settings.contrastive * self.warmed_up(aligned, ranking)
        )

    def warmed_up(self, aligned, ranking):
        """The same number, whose gradient sets in as pairs are ranked better than by guessing."""
        fall = self.settings.contrastive_warm_up
        if fall == 0:
            return aligned
        share = ((1 - ranking.detach() / math.log(2)) / fall).clamp(0, 1)
        return share * aligned + (1 - share) * aligned.detach()

    def nce(self, a, b):
        logits = normalize(a) @ normalize(b).T / self.settings.temperature
        return cross_entropy(logits, torch.arange(len(a), device=a.device))

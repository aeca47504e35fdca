"""FITMM (methods.md, §4)."""

import torch
from torch.nn.functional import cosine_similarity, embedding

from branches import Branches
from layers import bce, linear, products


class Gate(torch.nn.Module):
    """Letter e, of users or of items."""

    def __init__(self, columns, bands):
        super().__init__()
        self.layer = linear(columns, bands)
        self.scale = torch.nn.Parameter(torch.tensor([0.5]))
        self.weights = torch.nn.Parameter(torch.ones(bands))

    def forward(self, rep):
        """g − 1, how far the gates of rows are open."""
        return self.scale * torch.sigmoid(self.layer(rep))

    def mix(self, bands, opening):
        """Bands are rows×M×D."""
        weights = torch.sigmoid(self.weights) * (1 + opening)
        return (weights[:, :, None] * bands).sum(1)


class Fitmm(torch.nn.Module):
    only = {"basis": "principal", "ib": "surrogate", "modalities": "all", "consistency": "cross-band"}

    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        self.branches = Branches(data, settings)
        columns, bands = self.branches.columns, settings.bands
        self.user_gate, self.item_gate = Gate(columns, bands), Gate(columns, bands)

    def projectors(self, tables):
        """P_b of each table and view, side by side: tables×views×d×(M·d).

        The singular vectors of a table are the eigenvectors of its Gram matrix, which is d×d; all
        of them are found in one batch.
        """
        d, bands = self.settings.dim, self.settings.bands
        grams = torch.cat([
            torch.bmm(table.view(len(table), -1, d).permute(1, 2, 0), table.view(len(table), -1, d)
                      .transpose(0, 1)) for table in tables
        ])
        directions = torch.linalg.eigh(grams).eigenvectors.flip(2)
        sizes = [d // bands + (band < d % bands) for band in range(bands)]
        groups = directions.split(sizes, 2)
        return torch.cat([group @ group.transpose(1, 2) for group in groups], 2).view(
            len(tables), -1, d, bands * d
        )

    def cut(self, rows, projectors):
        """The bands of rows: rows×M×D."""
        d, bands = self.settings.dim, self.settings.bands
        blocks = rows.view(len(rows), -1, d).transpose(0, 1)
        cut = torch.bmm(blocks, projectors).view(len(blocks), len(rows), bands, d)
        return cut.permute(1, 2, 0, 3).reshape(len(rows), bands, -1)

    def represent(self):
        users, items, own, similar = self.branches()
        projectors = self.projectors([users, items, own, similar])
        user_bands = self.cut(users, projectors[0]) + self.cut(own, projectors[2])
        item_bands = self.cut(items, projectors[1]) + self.cut(similar, projectors[3])
        return (
            self.user_gate.mix(user_bands, self.user_gate(users)),
            self.item_gate.mix(item_bands, self.item_gate(items)),
        )

    def loss(self, users, positives, negatives):
        settings = self.settings
        all_users, all_items, own, similar = self.branches()
        projectors = self.projectors([all_users, all_items, own, similar])
        items = torch.cat([positives, negatives])
        # Directions are those of all rows; bands are cut of the rows of the batch.
        user_bands = self.cut(embedding(users, all_users), projectors[0])
        user_bands = user_bands + self.cut(embedding(users, own), projectors[2])
        item_bands = self.cut(embedding(items, all_items), projectors[1])
        item_bands = item_bands + self.cut(embedding(items, similar), projectors[3])
        user_opening, item_opening = self.user_gate(all_users), self.item_gate(all_items)
        user = self.user_gate.mix(user_bands, embedding(users, user_opening))
        item = self.item_gate.mix(item_bands, embedding(items, item_opening))
        positive, negative = item.split(len(users))
        loss = bce(products(user, positive), products(user, negative))
        if settings.ib_weight > 0:
            bottleneck = self.bottleneck(user_opening) + self.bottleneck(item_opening)
            loss = loss + settings.ib_weight * bottleneck
        pairs = settings.bands * (settings.bands - 1)
        if settings.consistency_weight > 0 and pairs > 0:
            consistency = self.consistency(user_bands) + self.consistency(item_bands[: len(users)])
            loss = loss + settings.consistency_weight * consistency / pairs
        return loss

    def bottleneck(self, opening):
        """Letter f."""
        opening = torch.relu(opening)
        squares = opening.square().sum(1)
        above = torch.relu(opening - self.settings.ib_phi).sum(1)
        return (
            self.settings.ib_alpha * squares.mean()
            + self.settings.ib_mu * ((squares + 1e-12).sqrt() * above).mean()
        )

    def consistency(self, bands):
        """T of letter g."""
        total = 0
        bands = bands.unbind(1)
        for b, band in enumerate(bands):
            for c in range(b + 1, len(bands)):
                # Each pair counts in both orders.
                total = total + 2 * (cosine_similarity(band, bands[c]) - 1).square().mean()
            if b >= len(bands) // 2:
                total = total - torch.log_softmax(band @ band.T, 1).mean()
        return total

"""SSR (methods.md, §5), with the bank of polynomials that the public implementation uses."""

import torch
from torch.nn.functional import cross_entropy, embedding, mse_loss, normalize

from branches import Branches
from layers import bce, linear, products, xavier_normal_table


class Operator(torch.nn.Module):
    """Stage 3's `operator=ghsno`, of users or of items."""

    def __init__(self, columns, bands, rank):
        super().__init__()
        self.query, self.key = (xavier_normal_table(bands, rank) for _ in range(2))
        self.log_gain = torch.nn.Parameter(torch.randn(rank, columns))
        self.rank_weights = torch.nn.Parameter(torch.zeros(rank))
        self.node_gain = torch.nn.Sequential(
            linear(columns, columns // 4), torch.nn.ReLU(), linear(columns // 4, columns),
            torch.nn.Sigmoid(),
        )

    def logits(self):
        return self.query @ self.key.T / self.query.shape[1] ** 0.5

    def gain(self, rep):
        """a⊙φ."""
        return self.node_gain(rep) * (
            torch.softmax(self.rank_weights, 0) @ torch.exp(0.1 * torch.tanh(self.log_gain))
        )

    def forward(self, bands, gain):
        """h of bands, which are rows×M×D."""
        return gain[:, None] * (torch.softmax(self.logits(), 0) @ bands)

    def regulariser(self):
        return self.logits().square().mean() + self.log_gain.square().mean()


class Gate(torch.nn.Module):
    """The gate of bands: what turns h into the rows that are scored."""

    def __init__(self, columns, bands):
        super().__init__()
        self.context = torch.nn.Sequential(
            linear(2 * columns, columns // 4), torch.nn.ReLU(), linear(columns // 4, bands)
        )
        torch.nn.init.normal_(self.context[2].weight, std=1e-3)
        torch.nn.init.zeros_(self.context[2].bias)
        self.opening = torch.nn.Parameter(torch.tensor([0.1]))

    def forward(self, rep, h):
        logits = self.context(torch.cat([rep, h.mean(1)], 1))
        weights = 1 + self.opening * torch.tanh(logits)
        gated = (weights[:, :, None] * h).sum(1)
        ratio = (h.sum(1).norm(dim=1) + 1e-6) / (gated.norm(dim=1) + 1e-6)
        return gated * ratio[:, None]


class Ssr(torch.nn.Module):
    only = {
        "modalities": "all",
        "decomposition": "chebyshev",
        "bands": 3,
        "operator": "ghsno",
        "output": "aggregate",
        "consistency": "representation",
    }

    def __init__(self, data, settings):
        super().__init__()
        self.settings = settings
        self.branches = Branches(data, settings)
        columns, bands = self.branches.columns, settings.bands
        self.user_operator, self.item_operator = (
            Operator(columns, bands, settings.rank) for _ in range(2)
        )
        self.user_gate, self.item_gate = Gate(columns, bands), Gate(columns, bands)
        self.is_masked = settings.mask_weight > 0 and settings.mask_rate > 0

    def views(self):
        """rep and the three bands of all nodes (stage 1)."""
        users, items, own, similar = self.branches()
        rep = torch.cat([users, items])
        signal = rep + torch.cat([own, similar])
        # T_k of L̃ = −Â.
        graph = self.branches.graph
        t1 = -(graph @ signal)
        t2 = -2 * (graph @ t1) - signal
        t3 = -2 * (graph @ t2) - t1
        low, middle = signal - 0.5 * t1, 0.8 * t2 + 0.3 * t3
        return rep, (low, middle, signal - low - middle)

    def represent(self):
        rep, bands = self.views()
        sizes = self.branches.sizes
        users, items = zip(rep.split(sizes), torch.stack(bands, 1).split(sizes))
        return (
            self.user_gate(users[0], self.user_operator(users[1], self.user_operator.gain(users[0]))),
            self.item_gate(items[0], self.item_operator(items[1], self.item_operator.gain(items[0]))),
        )

    def masks(self, nodes):
        """Which bands nodes keep, divided by the share that is kept: nodes×M."""
        rate = self.settings.mask_rate
        count = sum(self.branches.sizes)
        kept = torch.rand(count, self.settings.bands, device=nodes.device) >= rate
        kept[:, 0] |= ~kept.any(1)
        return kept[nodes].float() / (1 - rate)

    def fused(self, operator, gate, rep, bands, nodes):
        """What is scored of rows, in full and, where they are compared, masked."""
        gain = operator.gain(rep)
        full = gate(rep, operator(bands, gain))
        if not self.is_masked:
            return full, full
        return full, gate(rep, operator(self.masks(nodes)[:, :, None] * bands, gain))

    def loss(self, users, positives, negatives):
        settings = self.settings
        rep, bands = self.views()
        items = torch.cat([positives, negatives]) + self.branches.sizes[0]
        user_bands, item_bands = (
            torch.stack([embedding(nodes, band) for band in bands], 1) for nodes in (users, items)
        )
        user, masked_user = self.fused(
            self.user_operator, self.user_gate, embedding(users, rep), user_bands, users
        )
        item, masked_item = self.fused(
            self.item_operator, self.item_gate, embedding(items, rep), item_bands, items
        )
        positive, negative = item.split(len(users))
        loss = bce(products(user, positive), products(user, negative))
        # Once for each pass through the operator.
        passes = 2 if self.is_masked else 1
        regulariser = self.user_operator.regulariser() + self.item_operator.regulariser()
        loss = loss + settings.operator_reg * passes * regulariser
        if self.is_masked:
            masked = mse_loss(masked_user, user.detach())
            for part, target in zip(masked_item.split(len(users)), (positive, negative)):
                masked = masked + mse_loss(part, target.detach())
            loss = loss + settings.mask_weight * masked / 3
        if settings.alignment_weight > 0:
            aligned = self.alignment(user_bands) + self.alignment(item_bands[: len(users)])
            loss = loss + settings.alignment_weight * aligned
        return loss

    def alignment(self, bands):
        """Stage 4: of all pairs of modalities the mean."""
        d = self.settings.dim
        bands = bands[: self.settings.alignment_rows]
        blocks = [normalize(block.reshape(-1, d)) for block in bands.split(d, 2)[1:]]
        pairs = [(p, q) for n, p in enumerate(blocks) for q in blocks[n + 1 :]]
        return sum(self.aligned(p, q) for p, q in pairs) / max(len(pairs), 1)

    def aligned(self, p, q):
        bank = torch.cat([p, q]) / self.settings.temperature
        own = torch.arange(len(p), device=p.device)
        return (cross_entropy(q @ bank.T, own) + cross_entropy(p @ bank.T, own + len(p))) / 2

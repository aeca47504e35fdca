"""The batches of an epoch (methods.md, §1)."""

import torch


class Batches:
    """Train rows in random order, each with an item that its user has not taken."""

    def __init__(self, data, size):
        self.items = data.items
        self.size = size
        self.keys = (data.train[:, 0] * data.items + data.train[:, 1]).sort().values
        self.candidates = data.train[:, 1].unique()
        # Somebody who has all items has no negative.
        degree = torch.bincount(data.train[:, 0])
        self.train = data.train[degree[data.train[:, 0]] < len(self.candidates)]

    def epoch(self):
        """Users, positives and negatives of each step; all negatives are drawn at once."""
        order = torch.randperm(len(self.train), device=self.train.device)
        users, positives = self.train[order].T.contiguous()
        return zip(*(part.split(self.size) for part in (users, positives, self.negatives(users))))

    def negatives(self, users):
        """Uniform over items with a train row, drawn again while the user has it in train."""
        drawn = self.draw(len(users))
        again = self.taken(users, drawn).nonzero()[:, 0]
        while len(again) > 0:
            drawn[again] = self.draw(len(again))
            again = again[self.taken(users[again], drawn[again])]
        return drawn

    def draw(self, count):
        place = torch.randint(len(self.candidates), (count,), device=self.train.device)
        return self.candidates[place]

    def taken(self, users, items):
        wanted = users * self.items + items
        place = torch.searchsorted(self.keys, wanted).clamp(max=len(self.keys) - 1)
        return self.keys[place] == wanted

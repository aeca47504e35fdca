"""Epochs of training, alike for all models (methods.md, §1)."""

import math
import time

import torch

from batches import Batches
from freedom import Freedom
from fitmm import Fitmm
from lightgcn import LightGCN
from process import fail
from smore import Smore
from sparse import synchronise
from ssr import Ssr

models = {"lightgcn": LightGCN, "freedom": Freedom, "smore": Smore, "fitmm": Fitmm, "ssr": Ssr}


def build(name, data, settings):
    """The model, on the device where its data is."""
    definition = models[name]
    for key, value in getattr(definition, "only", {}).items():
        if getattr(settings, key) != value:
            fail(
                f"the PyTorch peer of {name} has {key}={value} alone, and was given "
                f"{key}={getattr(settings, key)}",
                f"give {key}={value}",
            )
    return definition(data, settings).to(data.train.device)


class Training:
    """A model in training."""

    def __init__(self, name, data, settings):
        self.settings = settings
        self.device = data.train.device
        self.model = build(name, data, settings)
        self.batches = Batches(data, settings.batch)
        self.epochs = 0
        # One kernel for all parameters, where there is one.
        fused = {"fused": True} if self.device.type == "cuda" else {}
        parameters = [one for one in self.model.parameters() if one.requires_grad]
        self.optimiser = torch.optim.Adam(
            parameters, settings.learning_rate, weight_decay=settings.weight_decay, **fused
        )

    def epoch(self):
        """Trains an epoch: order and negatives, forward, backward, optimiser.

        Returns its seconds, the processor's seconds and the mean loss of its steps.
        """
        synchronise(self.device)
        started, processor = time.perf_counter(), time.process_time()
        settings = self.settings
        decay = settings.learning_rate_decay ** (self.epochs / settings.learning_rate_decay_epochs)
        for group in self.optimiser.param_groups:
            group["lr"] = settings.learning_rate * decay
        self.epochs += 1
        if hasattr(self.model, "begin_epoch"):
            self.model.begin_epoch()
        losses = []
        for users, positives, negatives in self.batches.epoch():
            self.optimiser.zero_grad(set_to_none=True)
            loss = self.model.loss(users, positives, negatives)
            loss.backward()
            self.optimiser.step()
            losses.append(loss.detach())
        # Read once an epoch, as it waits for the device.
        loss = torch.stack(losses).mean().item()
        seconds = time.perf_counter() - started
        if not math.isfinite(loss):
            fail(f"the loss became {loss} in epoch {self.epochs}", "use a smaller learning rate")
        return seconds, time.process_time() - processor, loss

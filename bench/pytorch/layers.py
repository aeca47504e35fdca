"""Losses and initial values that models share (methods.md, §1)."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits, logsigmoid


def xavier_uniform_table(rows, columns):
    return torch.nn.Parameter(torch.nn.init.xavier_uniform_(torch.empty(rows, columns)))


def xavier_normal_table(rows, columns):
    return torch.nn.Parameter(torch.nn.init.xavier_normal_(torch.empty(rows, columns)))


def linear(inputs, outputs, bias=True):
    """Weight and bias uniform in ±1/√fan_in."""
    layer = torch.nn.Linear(inputs, outputs, bias)
    for parameter in layer.parameters():
        torch.nn.init.uniform_(parameter, -(inputs**-0.5), inputs**-0.5)
    return layer


def feature_table(values, settings):
    """A modality's features, which are trained too unless they are frozen."""
    return torch.nn.Parameter(values.clone(), requires_grad=settings.features == "trainable")


def products(x, y):
    """The product of each row of x with its row of y."""
    return (x * y).sum(1)


def bpr(user, positive, negative):
    return -logsigmoid(products(user, positive - negative)).mean()


def bce(positive_scores, negative_scores):
    scores = torch.cat([positive_scores, negative_scores])
    labels = torch.cat([torch.ones_like(positive_scores), torch.zeros_like(negative_scores)])
    return binary_cross_entropy_with_logits(scores, labels)


def emb_loss(*parts):
    """The norm, not its square."""
    return sum(rows.norm() for rows in parts) / len(parts[0])

"""Datasets in MMRec's layout, as Bandpass reads them (methods.md, §1)."""

import glob
import os
from dataclasses import dataclass

import numpy as np
import torch

from process import fail


@dataclass
class Dataset:
    """What models are built of."""

    users: int
    items: int
    train: torch.Tensor  # rows×2: user, item
    features: dict  # the name of each modality, in alphabetical order: items×columns


def read_dataset(folder, device):
    """Reads `<name>/<name>.inter` and every `<modality>_feat.npy` of items beside it."""
    name = os.path.basename(os.path.normpath(folder))
    path = os.path.join(folder, f"{name}.inter")
    try:
        with open(path) as file:
            header = file.readline().split()
            columns = [header.index(key) for key in ("userID", "itemID", "x_label")]
            rows = np.loadtxt(file, dtype=np.int64, usecols=columns, ndmin=2)
    except (OSError, ValueError) as error:
        fail(f"cannot read {path}: {error}", "give the folder of a dataset in MMRec's layout")
    features = {}
    for file in sorted(glob.glob(os.path.join(folder, "*_feat.npy"))):
        modality = os.path.basename(file)[: -len("_feat.npy")]
        if modality != "user":
            values = np.load(file).astype(np.float32)
            features[modality] = torch.from_numpy(values).to(device)
    users, items = rows[:, 0].max() + 1, rows[:, 1].max() + 1
    train = torch.from_numpy(rows[rows[:, 2] == 0, :2].copy()).to(device)
    return Dataset(int(users), int(items), train, features)


def standardise_columns(values):
    """Columns with mean 0 and variance 1 in f64; a constant column becomes 0."""
    values = values.double()
    centred = values - values[0]
    centred = centred - centred.mean(0)
    deviation = centred.square().mean(0).sqrt()
    scale = torch.where(deviation > 0, 1 / deviation, torch.zeros_like(deviation))
    return (centred * scale).float()


def prepared_features(data, settings):
    """The modalities of a dataset, standardised where it is asked for."""
    if not data.features:
        fail("the dataset has no features", "give one with a <modality>_feat.npy, or take lightgcn")
    if not settings.standardise:
        return data.features
    return {name: standardise_columns(values) for name, values in data.features.items()}

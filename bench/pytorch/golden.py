"""Comparison with a golden file, what the public implementation computes (tests/golden/README.md)."""

import json
import struct
from types import SimpleNamespace

import numpy as np
import torch

from data import Dataset
from process import fail
from training import build

# The largest errors that pass, relative to the largest magnitude of each tensor; as `verify` has them.
BOUNDS = {"loss": 1e-5, "gradients": 1e-3, "scores": 1e-3, "losses of Adam": 1e-3}
# Gradients up to here are zero but for rounding.
ZERO_GRADIENT = 1e-11
TYPES = {"F32": np.float32, "F64": np.float64, "I32": np.int32}
LETTERS = {"id": "id", "image": "v", "text": "t", "fusion": "f"}


def read_safetensors(path):
    """Metadata and tensors."""
    try:
        with open(path, "rb") as file:
            head = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
            body = file.read()
    except (OSError, ValueError, struct.error) as error:
        fail(f"cannot read {path}: {error}", "give a golden file of tests/golden/")
    metadata = head.pop("__metadata__", {})
    tensors = {}
    for name, entry in head.items():
        first, last = entry["data_offsets"]
        values = np.frombuffer(body[first:last], TYPES[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return metadata, tensors


def linear_names(reference, ours):
    return {f"{reference}.{part}": f"{ours}.{part}" for part in ("weight", "bias")}


def graph_weights(image, text):
    return {"image": image, "text": text}


def lightgcn_case(hyper):
    settings = {"layers": hyper["n_layers"], "reg": hyper["reg_weight"]}
    return "lightgcn", settings, {
        "embedding_dict.user_emb": "users",
        "embedding_dict.item_emb": "items",
    }


def freedom_case(hyper):
    settings = {
        "neighbours": dict.fromkeys(("image", "text"), hyper["knn_k"]),
        "graph_weights": graph_weights(0.9, 0.1),
        **{"layers": 2, "item_layers": 1, "dropout": hyper["dropout"], "reg": hyper["reg_weight"]},
    }
    names = {"user_embedding.weight": "users", "item_id_embedding.weight": "items"}
    for name in ("image", "text"):
        names[f"{name}_embedding.weight"] = f"features.{name}"
        names.update(linear_names(f"{name}_trs", f"projections.{name}"))
    return "freedom", settings, names


def smore_case(hyper):
    settings = {
        "neighbours": {"image": hyper["image_knn_k"], "text": hyper["text_knn_k"]},
        **{"layers": hyper["n_ui_layers"], "item_layers": 1, "reg": hyper["reg_weight"]},
        **{"dropout": hyper["dropout_rate"], "contrastive": 0.01, "temperature": 0.2},
        **{"denoiser": "fourier", "keep_bins": 0, "contrastive_warm_up": 0},
    }
    names = {"user_embedding.weight": "users", "item_id_embedding.weight": "items"}
    for view in ("image", "text", "fusion"):
        names[f"{view}_complex_weight"] = f"filters.{view}"
        names.update(linear_names(f"gate_{LETTERS[view]}.0", f"gates.{view}"))
        names.update(linear_names(f"gate_{view}_prefer.0", f"preferences.{view}"))
    for name in ("image", "text"):
        query = f"query_{LETTERS[name]}"
        names[f"{name}_embedding.weight"] = f"features.{name}"
        names.update(linear_names(f"{name}_trs", f"projections.{name}"))
        names.update(linear_names(f"{query}.0", f"queries.{name}.0"))
        names[f"{query}.2.weight"] = f"queries.{name}.2.weight"
    return "smore", settings, names


def branches_case(hyper):
    settings = {
        "neighbours": dict.fromkeys(("image", "text"), hyper["knn_k"]),
        "graph_weights": graph_weights(0.1, 0.9),
        **{"layers": hyper["num_layers"], "item_layers": 1},
    }
    names = {"weight_u": "branches.user_weights", "item_id_embedding.weight": "branches.items"}
    for name in ("id", "image", "text"):
        names[f"{LETTERS[name]}_gcn.preference"] = f"branches.preferences.{name}"
    for name in ("image", "text"):
        names[f"{name}_embedding.weight"] = f"branches.features.{name}"
        names.update(linear_names(f"{LETTERS[name]}_gcn.MLP", f"branches.hidden.{name}"))
        names.update(linear_names(f"{LETTERS[name]}_gcn.MLP_1", f"branches.output.{name}"))
    return settings, names


def fitmm_case(hyper):
    settings, names = branches_case(hyper)
    settings.update(
        bands=hyper["num_freq_bands"],
        modalities="all",
        basis="principal",
        ib="surrogate",
        consistency="cross-band",
        consistency_weight=hyper["reg_weight"],
        ib_phi=hyper["ib_phi_plus"],
        **{key: hyper[key] for key in ("ib_weight", "ib_alpha", "ib_mu")},
    )
    for side in ("user", "item"):
        fusion = f"FeqDecomposeOperator.fusion_layer_{side}"
        names.update(linear_names(f"{fusion}.freq_gate.0", f"{side}_gate.layer"))
        names[f"{fusion}.gate_scale"] = f"{side}_gate.scale"
        names[f"{fusion}.freq_weights"] = f"{side}_gate.weights"
    return "fitmm", settings, names


def ssr_case(hyper):
    settings, names = branches_case(hyper)
    settings.update(
        modalities="all",
        decomposition="chebyshev",
        bands=hyper["band_num"],
        operator="ghsno",
        output="aggregate",
        consistency="representation",
        rank=4,
        operator_reg=hyper["reg_weight"],
        mask_rate=hyper["ma_rate"],
        mask_weight=hyper["ma_weight"],
        alignment_weight=hyper["cl_weight"],
        alignment_rows=2048,
        temperature=hyper["tau"],
    )
    for side, number in (("user", 1), ("item", 2)):
        operator, gate = f"Spec_Operator.spectral_op{number}", f"Spec_Operator.adapt_spect{number}"
        names[f"{operator}.Wq"] = f"{side}_operator.query"
        names[f"{operator}.Wk"] = f"{side}_operator.key"
        names[f"{operator}.rank_w"] = f"{side}_operator.rank_weights"
        names[f"{operator}.V_filter.log_gain"] = f"{side}_operator.log_gain"
        names[f"{gate}.fusion_gate"] = f"{side}_gate.opening"
        for layer in (0, 2):
            names.update(
                linear_names(f"{operator}.V_scaleor.{layer}", f"{side}_operator.node_gain.{layer}")
            )
            names.update(
                linear_names(f"{gate}.context_leaner.{layer}", f"{side}_gate.context.{layer}")
            )
    return "ssr", settings, names


CASES = {
    "LightGCN": lightgcn_case,
    "FREEDOM": freedom_case,
    "SMORE": smore_case,
    "FITMM": fitmm_case,
    "SSR": ssr_case,
}


def relative_error(found, expected, zero=0.0):
    """The greatest difference, relative to the largest magnitude of what is expected."""
    difference = (found.double() - expected.double().reshape(found.shape)).abs().max().item()
    largest = expected.abs().max().item()
    return difference if largest <= zero else difference / largest


def compare(path, device):
    """The errors of a model against its golden file, and the gradient that is farthest off."""
    metadata, tensors = read_safetensors(path)
    if metadata.get("model") not in CASES:
        fail(
            f'{path} is of "{metadata.get("model")}", of which there is no PyTorch peer',
            f"give a file of {', '.join(CASES)}",
        )
    hyper = json.loads(metadata["hyper_parameters"])
    name, settings, names = CASES[metadata["model"]](hyper)
    tensors = {key: value.to(device) for key, value in tensors.items()}
    data = Dataset(
        int(metadata["users"]),
        int(metadata["items"]),
        tensors["data/train"].long(),
        {modality: tensors[f"data/{modality}_feat"] for modality in ("image", "text")},
    )
    shared = {"dim": 64, "batch": 2048, "features": "trainable", "standardise": False}
    model = build(name, data, SimpleNamespace(**shared, **settings))
    if "mask/user" in tensors:
        kept = torch.cat([tensors["mask/user"], tensors["mask/item"]]) / (1 - settings["mask_rate"])
        model.masks = lambda nodes: kept[nodes]
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for reference, ours in names.items():
            parameters[ours].copy_(tensors[f"param/{reference}"].reshape(parameters[ours].shape))
    batch = [tensors[f"batch/{part}"].long() for part in ("user", "pos", "neg")]

    def scores():
        with torch.no_grad():
            users, items = model.represent()
            return users @ items.T

    errors = {"scores": relative_error(scores(), tensors["scores"])}
    optimiser = torch.optim.Adam(model.parameters(), hyper["learning_rate"])
    worst, losses = ("none", 0.0), []
    for step in range(int(metadata["adam_steps"])):
        optimiser.zero_grad()
        loss = model.loss(*batch)
        loss.backward()
        losses.append(loss.detach().double())
        if step == 0:
            errors["loss"] = relative_error(loss.detach().reshape(1), tensors["loss"])
            for reference, ours in names.items():
                # Preferences have their gradient under another name.
                gradient = f"grad/{reference.replace('_gcn.preference', '_preference')}"
                if gradient not in tensors:
                    continue
                found = parameters[ours].grad
                error = relative_error(found, tensors[gradient], ZERO_GRADIENT)
                worst = max(worst, (reference, error), key=lambda one: one[1])
        optimiser.step()
    errors["gradients"] = worst[1]
    errors["losses of Adam"] = relative_error(torch.stack(losses), tensors["adam/losses"])
    errors["scores"] = max(errors["scores"], relative_error(scores(), tensors["adam/scores"]))
    return metadata["model"], errors, worst[0]


def check(paths, device):
    """Prints the errors of each file; whether all of them pass."""
    passed = True
    for path in paths:
        model, errors, worst = compare(path, device)
        # A comparison with NaN is false.
        failed = [what for what, bound in BOUNDS.items() if not errors[what] <= bound]
        passed = passed and not failed
        told = ", ".join(f"{what} {errors[what]:.1e}" for what in BOUNDS)
        verdict = f"FAILED by {', '.join(failed)}" if failed else "ok"
        print(f"{model}: {told} (worst gradient: {worst}): {verdict}")
    return passed

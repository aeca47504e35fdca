"""Makes the encoders beside it, with Debian's python3-onnx: /usr/bin/python3 make_encoders.py

text/    the mean of a word's vector, in the layout of sentence-transformers: 16 words, 8 numbers
images/  the mean of 8 hues and of edges in 8 directions: 16 numbers, and a map of them
clip/    both as two towers, whose outputs are called as CLIP's are
"""
import json
import math
import os

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

here = os.path.dirname(os.path.abspath(__file__))
words = "[PAD] [UNK] [CLS] [SEP] red green blue yellow circle square triangle small large a the on"
vocabulary = {word: n for n, word in enumerate(words.split())}
columns = 8


def write_json(path, value):
    os.makedirs(os.path.dirname(f"{here}/{path}"), exist_ok=True)
    with open(f"{here}/{path}", "w") as file:
        file.write(json.dumps(value, indent=2) + "\n")


def write_model(path, nodes, inputs, outputs, weights):
    os.makedirs(os.path.dirname(f"{here}/{path}"), exist_ok=True)
    graph = helper.make_graph(
        [helper.make_node(*node[:3], **(node[3] if len(node) > 3 else {})) for node in nodes],
        "encoder",
        [helper.make_tensor_value_info(*one) for one in inputs],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, dims) for name, dims in outputs],
        [numpy_helper.from_array(array.astype("f4"), name) for name, array in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, f"{here}/{path}")


tokens = [(name, TensorProto.INT64, ["texts", "tokens"]) for name in ("input_ids", "attention_mask")]
vectors = {"vectors": np.random.RandomState(1).randn(len(vocabulary), columns)}
look_up = ("Gather", ["vectors", "input_ids"], ["last_hidden_state"])
write_model(
    "text/onnx/model.onnx",
    [look_up],
    tokens,
    [("last_hidden_state", ["texts", "tokens", columns])],
    vectors,
)
write_model(
    "clip/onnx/text_model.onnx",
    [look_up, ("ReduceMean", ["last_hidden_state"], ["text_embeds"], {"axes": [1], "keepdims": 0})],
    tokens,
    [("text_embeds", ["texts", columns]), ("last_hidden_state", ["texts", "tokens", columns])],
    vectors,
)

# Colours look at the middle pixel alone, against grey; edges at the light on both sides of a line through it.
kernels = np.zeros((16, 3, 5, 5))
hues = [[2, -1, -1], [-1, 2, -1], [-1, -1, 2], [1, 1, -2], [1, -2, 1], [-2, 1, 1], [1, -1, 0], [0, -1, 1]]
for n, hue in enumerate(hues):
    kernels[n, :, 2, 2] = hue
    angle = 2 * math.pi * n / 8
    for y in range(5):
        for x in range(5):
            side = (x - 2) * math.cos(angle) + (y - 2) * math.sin(angle)
            kernels[8 + n, :, y, x] = side / 10
pixels = [("pixel_values", TensorProto.FLOAT, ["images", 3, "height", "width"])]
see = [
    ("Conv", ["pixel_values", "kernels"], ["seen"], {"pads": [2, 2, 2, 2], "strides": [2, 2]}),
    ("Relu", ["seen"], ["last_hidden_state"]),
]
feature_map = ("last_hidden_state", ["images", 16, "rows", "columns"])
write_model(
    "images/onnx/model.onnx",
    see + [("GlobalAveragePool", ["last_hidden_state"], ["pooler_output"])],
    pixels,
    [feature_map, ("pooler_output", ["images", 16, 1, 1])],
    {"kernels": kernels},
)
write_model(
    "clip/onnx/vision_model.onnx",
    see
    + [("ReduceMean", ["last_hidden_state"], ["image_embeds"], {"axes": [2, 3], "keepdims": 0})],
    pixels,
    [("image_embeds", ["images", 16])],
    {"kernels": kernels},
)

special = [
    {
        **{"id": n, "content": word, "special": True, "single_word": False},
        **{"lstrip": False, "rstrip": False, "normalized": False},
    }
    for word, n in vocabulary.items()
    if n < 4
]
tokenizer = {
    **{"version": "1.0", "truncation": None, "padding": None, "added_tokens": special},
    "normalizer": {
        **{"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True},
        **{"strip_accents": None, "lowercase": True},
    },
    "pre_tokenizer": {"type": "BertPreTokenizer"},
    "post_processor": None,
    "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
    "model": {
        **{"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##"},
        **{"max_input_chars_per_word": 100, "vocab": vocabulary},
    },
}
tokenizer_config = {"tokenizer_class": "BertTokenizer", "model_max_length": 16, "pad_token": "[PAD]"}
preprocessor = {
    **{"image_processor_type": "ViTImageProcessor", "do_resize": True, "resample": 3},
    **{"size": {"height": 32, "width": 32}, "do_rescale": True, "rescale_factor": 1 / 255},
    **{"do_normalize": True, "image_mean": [0.5] * 3, "image_std": [0.5] * 3},
}
for folder in ("text", "clip"):
    write_json(f"{folder}/tokenizer.json", tokenizer)
    write_json(f"{folder}/tokenizer_config.json", tokenizer_config)
for folder in ("images", "clip"):
    write_json(f"{folder}/preprocessor_config.json", preprocessor)
write_json("text/config.json", {"model_type": "bert", "hidden_size": columns})
write_json("images/config.json", {"model_type": "resnet"})
write_json("clip/config.json", {"model_type": "clip", "projection_dim": columns})
modules = ["Transformer", "Pooling", "Normalize"]
write_json(
    "text/modules.json",
    [
        {"idx": n, "path": f"{n}_{name}" if n else "", "type": f"sentence_transformers.models.{name}"}
        for n, name in enumerate(modules)
    ],
)
write_json("text/1_Pooling/config.json", {"pooling_mode_mean_tokens": True})

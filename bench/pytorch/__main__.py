"""Plain PyTorch loops of Bandpass's models, to be measured beside them.

python3 bench/pytorch --check tests/golden/smore.safetensors…
python3 bench/pytorch MODEL --folder datasets/NAME --settings JSON [--epochs N]

Written from docs/methods.md, as somebody who knows PyTorch would write it: sparse products, autograd,
torch.optim.Adam, negatives drawn by vectors, all nodes on the graph and the rows of the batch alone
in what goes row by row. `./bandpass bench-peers` runs it beside ours, with --told, by which an epoch
is trained for each line of stdin, and gives it the settings.
"""

import argparse
import json
import sys
import warnings
from types import SimpleNamespace

parser = argparse.ArgumentParser(prog="python3 bench/pytorch")
parser.add_argument("model", nargs="?", help="lightgcn, freedom, smore, fitmm or ssr")
parser.add_argument("--check", nargs="+", metavar="GOLDEN", help="compare with golden files")
parser.add_argument("--folder", help="a dataset in MMRec's layout")
parser.add_argument("--settings", type=json.loads, help="all settings of the model, as JSON")
parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
parser.add_argument("--threads", type=int, default=1, help="threads of the CPU (default: 1)")
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--epochs", type=int, default=3)
parser.add_argument("--told", action="store_true", help="train an epoch for each line of stdin")
options = parser.parse_args()

from process import blas_library, fail, prepare

prepare(options.threads)
warnings.filterwarnings("ignore", ".*in beta.*")

import torch

if options.device == "cuda" and not torch.cuda.is_available():
    fail("PyTorch finds no CUDA device", "use --device cpu, or install PyTorch with CUDA")
torch.manual_seed(options.seed)

if options.check:
    from golden import check

    sys.exit(0 if check(options.check, options.device) else 1)

from data import read_dataset
from training import Training, models

if options.model not in models:
    fail(f'there is no model "{options.model}"', f"give one of {', '.join(models)}")
if options.folder is None or options.settings is None:
    fail("a training needs --folder and --settings", "run ./bandpass bench-peers, which gives both")
data = read_dataset(options.folder, options.device)
training = Training(options.model, data, SimpleNamespace(**options.settings))
if options.device == "cuda":
    where = torch.cuda.get_device_name()
else:
    where = f"CPU, {torch.get_num_threads()} threads, {blas_library()}"
name = f"PyTorch {torch.__version__}"
if not options.told:
    print(f"{options.model}, {name}, {where}", flush=True)
else:
    print(json.dumps({"program": name, "where": where}), flush=True)
for _ in sys.stdin if options.told else range(options.epochs):
    seconds, processor, loss = training.epoch()
    if options.told:
        print(json.dumps({"seconds": seconds, "processor": processor, "loss": loss}), flush=True)
    else:
        print(f"{seconds:.4f} s, {processor:.4f} s of the processor, loss {loss:.6f}", flush=True)

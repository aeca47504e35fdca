"""Makes scipy_figures.json beside this file, once, with SciPy and NumPy."""
import json
from pathlib import Path

import numpy
import scipy
from scipy import stats

random = numpy.random.default_rng(16)
samples = {
    "2 pairs": [0.3, -0.1],
    "5 pairs": numpy.round(random.normal(0.1, 1, 5), 3),
    "13 pairs with ties and zeros": random.integers(-3, 5, 13) / 4,
    "14 pairs with ties and zeros": random.integers(-3, 5, 14) / 4,
    "30 pairs": numpy.round(random.normal(0.3, 1, 30), 4),
    "50 pairs": numpy.round(random.normal(1.5, 1, 50), 5),
    "51 pairs": numpy.round(random.normal(0.2, 1, 51), 5),
    "20 pairs, all positive": numpy.round(random.uniform(0.1, 1, 20), 5),
    "200 pairs of recall": random.integers(0, 4, 200) / 3 - random.integers(0, 3, 200) / 2,
}


def tests(name, sample):
    differences = numpy.asarray(sample, float)
    t = stats.ttest_rel(differences, numpy.zeros_like(differences))
    ranks = stats.wilcoxon(differences)
    return {
        "name": name,
        "differences": differences.tolist(),
        "t": float(t.statistic),
        "t_p": float(t.pvalue),
        "w": float(ranks.statistic),
        "w_p": float(ranks.pvalue),
    }


found = [tests(name, sample) for name, sample in samples.items()]
ts = [(0, 5), (1e-8, 7), (0.5, 1), (2, 2), (1.7, 3), (4.3, 12), (30, 9), (1.96, 35597), (8, 35597)]
ts += [(38, 35597), (0.01, 1199), (2.5, 1199), (60, 1199), (-3, 79), (6, 80), (1e-3, 2e6), (5, 2e6)]
ts += [(37, 2e6), (1e5, 1)]
zs = [0, 1e-6, 0.1, 1, 1.96, 2.8, 2.83, 2.9, 5, 10, 20, 37]
values = numpy.round(random.normal(0.1, 1, 12), 4)
indices = random.integers(0, 12, (40, 12))
means = values[indices].mean(axis=1)
figures = {
    "scipy": scipy.__version__,
    "numpy": numpy.__version__,
    "tests": found,
    "student": [[t, freedom, float(2 * stats.t.sf(abs(t), freedom))] for t, freedom in ts],
    "normal": [[z, float(2 * stats.norm.sf(z))] for z in zs],
    "bootstrap": {
        "values": values.tolist(),
        "indices": indices.tolist(),
        "i95": numpy.percentile(means, [2.5, 97.5]).tolist(),
        "i80": numpy.percentile(means, [10, 90]).tolist(),
    },
}
Path(__file__).with_name("scipy_figures.json").write_text(json.dumps(figures))

"""Makes cheap-models.json, the numbers that LearnedStepTests, ThresholdTests and ExpertBiasTests compare with:
python make_cheap_models.py (scipy 1.10).

steps: the uniform quantiser of N(0, 1) with the least mean square error, by scipy's minimize_scalar over exact integrals (Max 1960), and
the step at which the straight-through slope of LSQ vanishes, by brentq.
experts: the assignment of tokens to experts with equal loads and the largest sum, by linear_sum_assignment with each expert's column
repeated; the scores are 2·frac(43758.5453·sin(12.9898·token + 78.233·expert)) + 0.2·(3.5 − expert), rounded to six digits.
"""
import json
import os

import numpy as np
from scipy import optimize, stats

HERE = os.path.dirname(os.path.abspath(__file__))
pdf, cdf = stats.norm.pdf, stats.norm.cdf


def cells(step, bits):
    n = 2 ** (bits - 1)
    edges = np.concatenate([[-np.inf], step * np.arange(-n + 1, n), [np.inf]])
    return edges[:-1], edges[1:], step * (np.arange(-n, n) + 0.5)


def moments(a, b):
    """∫ 1, x, x² over the density between a and b."""
    fa, fb = (np.where(np.isinf(v), 0, v * pdf(np.where(np.isinf(v), 0, v))) for v in (a, b))
    return cdf(b) - cdf(a), pdf(a) - pdf(b), cdf(b) - cdf(a) - (fb - fa)


def error(step, bits):
    a, b, level = cells(step, bits)
    m0, m1, m2 = moments(a, b)
    return np.sum(m2 - 2 * level * m1 + level**2 * m0)


def slope(step, bits):
    """E[(y − x)·(q − x/s inside of ±2ᵇ⁻¹s, q outside)]."""
    n = 2 ** (bits - 1)
    a, b, level = cells(step, bits)
    a, b = np.maximum(a, -n * step), np.minimum(b, n * step)
    m0, m1, m2 = moments(a, b)
    inside = np.sum(level**2 * m0 - 2 * level * m1 + m2) / step
    m0, m1, m2 = moments(np.array([n * step]), np.array([np.inf]))
    q = n - 0.5
    return inside + 2 * float(q * (q * step * m0 - m1)[0])


steps = []
for bits in (2, 3, 4, 5):
    best = optimize.minimize_scalar(lambda s: error(s, bits), bounds=(0.05, 2), method="bounded", options=dict(xatol=1e-12))
    rest = optimize.brentq(lambda s: slope(s, bits), 0.05, 2, xtol=1e-13)
    steps.append(dict(bits=bits, best=best.x, error=best.fun, rests=rest, error_at_rest=error(rest, bits)))

tokens, experts = 128, 8
i, e = np.meshgrid(np.arange(tokens), np.arange(experts), indexing="ij")
wave = 43758.5453 * np.sin(12.9898 * i + 78.233 * e)
scores = np.round(2 * (wave - np.floor(wave)) + 0.2 * (3.5 - e), 6)
rows, columns = optimize.linear_sum_assignment(-np.repeat(scores, tokens // experts, axis=1))

json.dump({
    "made_by": "make_cheap_models.py",
    "steps": steps,
    "experts": dict(tokens=tokens, experts=experts, sum=scores.sum(), free=scores.max(1).sum(), free_loads=np.bincount(scores.argmax(1), minlength=experts).tolist(), equal=-(-np.repeat(scores, tokens // experts, axis=1))[rows, columns].sum()),
}, open(os.path.join(HERE, "cheap-models.json"), "w"), indent=1)

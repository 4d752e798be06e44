"""Makes cheap-models.json, the numbers that LearnedStepTests, ThresholdTests, ExpertBiasTests, EarlyExitTests and notebook 11 compare with:
python make_cheap_models.py (scipy 1.10).

steps: the uniform quantiser of N(0, 1) with the least mean square error, by scipy's minimize_scalar over exact integrals (Max 1960), and
the step at which the straight-through slope of LSQ vanishes, by brentq.
experts: the assignment of tokens to experts with equal loads and the largest sum, by linear_sum_assignment with each expert's column
repeated; the scores are 2·frac(43758.5453·sin(12.9898·token + 78.233·expert)) + 0.2·(3.5 − expert), rounded to six digits.
gates: a weight w behind a hard-concrete gate z, ½E(b − zw)² + λ·P(z ≠ 0) with w at its best: b²/2·(1 − (Ez)²/Ez²) + λ·P, the moments by
scipy's quad. holds: the least |b| whose slope at log α = 2.2 does not close the gate, by brentq.
far: how many steps of Adam(0.001) take a threshold from 0.01 to 0.45, where 0.5 is best (λ = 0.25), on 1000 even x from 0 to 1 with a band
of 0.02: of θ itself and of log θ, with the slopes that JumpReLU states.
exits: thresholds of two exits before a last stage, with soft edges, by SLSQP; the rows are made as in EarlyExitTests.
"""
import json
import os

import numpy as np
from scipy import integrate, optimize, stats

HERE = os.path.dirname(os.path.abspath(__file__))
pdf, cdf = stats.norm.pdf, stats.norm.cdf


def far(logarithm, price=0.25, band=0.02, rate=0.001):
    x = (np.arange(1000) + 0.5) / 1000
    at, m, v = (np.log(0.01) if logarithm else 0.01), 0.0, 0.0
    for step in range(1, 100_000):
        theta = np.exp(at) if logarithm else at
        near = np.abs(x - theta) < band / 2
        # d(x − z)² = −2·(x − z)·∂z, with ∂z = −θ/ε in the band, and −λ/ε for the count.
        missed = np.where(x > theta, 0, x)
        g = np.mean(near * (2 * missed * theta - price)) / band * (theta if logarithm else 1)
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
        at -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-7)
        if (np.exp(at) if logarithm else at) >= 0.45:
            return step


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



def sigmoid(v):
    return 1 / (1 + np.exp(-v))


BETA, GAMMA, ZETA = 2 / 3, -0.1, 1.1


def gate(alpha, strength, price):
    """The loss of a gate at log α."""
    def z(u):
        return np.clip(sigmoid((np.log(u) - np.log(1 - u) + alpha) / BETA) * (ZETA - GAMMA) + GAMMA, 0, 1)
    # Where z leaves 0 and where it reaches 1.
    edges = [sigmoid(BETA * np.log(-GAMMA / ZETA) - alpha), sigmoid(BETA * np.log((1 - GAMMA) / (ZETA - 1)) - alpha)]
    middle = [integrate.quad(lambda u: z(u) ** k, *edges, epsabs=1e-13, epsrel=1e-13)[0] for k in (1, 2)]
    first, second = (m + 1 - edges[1] for m in middle)
    return strength**2 / 2 * (1 - first**2 / second) + price * sigmoid(alpha - BETA * np.log(-GAMMA / ZETA))


def closes(strength, h=1e-4):
    return gate(2.2 + h, strength, 0.1) - gate(2.2 - h, strength, 0.1)


gates = dict(price=0.1, at=[dict(strength=b, log_alpha=a, loss=gate(a, b, 0.1)) for b in (0.2, 0.4, 0.6) for a in (-4, -1, 0, 2.2, 5)],
             holds=optimize.brentq(closes, 0.1, 0.5, xtol=1e-12))

ROWS, COSTS, SOFTNESS = 240, np.array([10, 40, 140]), 0.25
labels = np.arange(ROWS) % 3
wave = 43758.5453 * np.sin(12.9898 * np.arange(ROWS)[:, None] + 78.233 * np.arange(9)[None, :])
inputs = np.round(4 * (wave - np.floor(wave)), 3)
for k, signal in enumerate((1.5, 2.5, 4)):
    inputs[np.arange(ROWS), 3 * k + labels] += signal
logits = inputs.reshape(ROWS, 3, 3)
chances = np.exp(logits) / np.exp(logits).sum(2, keepdims=True)
sure = np.log(chances.max(2) / (1 - chances.max(2)))
surprise = -np.log(chances[np.arange(ROWS)[:, None], np.arange(3)[None, :], labels[:, None]])


def mean(theta, of):
    total, here = 0, np.ones(ROWS)
    for k in range(2):
        leaves = sigmoid((sure[:, k] - theta[k]) / SOFTNESS)
        total, here = total + here * leaves * of[:, k], here * (1 - leaves)
    return np.mean(total + here * of[:, 2])


paid = np.tile(np.cumsum(COSTS), (ROWS, 1))


def exits(budget):
    found = min((optimize.minimize(mean, start, args=(surprise,), method="SLSQP", options=dict(ftol=1e-15, maxiter=500), constraints=[
        dict(type="ineq", fun=lambda t: 1 - mean(t, paid) / budget)]) for start in ((2.2, 2.2), (1, 1), (3, 1), (1, 3))), key=lambda r: r.fun)
    h = 1e-5
    slopes = [(mean(found.x + h * e, surprise) - mean(found.x - h * e, surprise)) / (mean(found.x + h * e, paid) - mean(found.x - h * e, paid))
              for e in np.eye(2)]
    return dict(budget=budget, thresholds=found.x.tolist(), loss=found.fun, operations=mean(found.x, paid), prices=[-v for v in slopes])


json.dump({
    "made_by": "make_cheap_models.py",
    "steps": steps,
    "gates": gates,
    "far": dict(theta=far(False), log_theta=far(True)),
    "exits": [exits(budget) for budget in (30, 60, 100, 190)],
    "experts": dict(tokens=tokens, experts=experts, sum=scores.sum(), free=scores.max(1).sum(), free_loads=np.bincount(scores.argmax(1), minlength=experts).tolist(), equal=-(-np.repeat(scores, tokens // experts, axis=1))[rows, columns].sum()),
}, open(os.path.join(HERE, "cheap-models.json"), "w"), indent=1)

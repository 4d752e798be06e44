"""Makes noise.json, the numbers that LearnedNoiseTests compares with: python make_noise.py (scipy 1.10).

The data are drawn by the generator of the workbook (SplitMix64) and can be drawn again; their sums say whether a test has drawn the same.
student: scipy.stats.t.fit. robust: Nelder-Mead, then L-BFGS-B, over shift, log scale and alpha, with the integral by scipy's quad.
"""
import json
import os

import numpy as np
from scipy import integrate, optimize, special, stats

HERE = os.path.dirname(os.path.abspath(__file__))


class SplitMix64:
    def __init__(self, seed):
        self.state, self.spare = seed, None

    def bits(self):
        mask = 2**64 - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def uniform(self):
        return (self.bits() >> 11) * 2.0**-53

    def normal(self):
        if self.spare is not None:
            kept, self.spare = self.spare, None
            return kept
        radius = np.sqrt(-2 * np.log(1 - self.uniform()))
        angle = 2 * np.pi * self.uniform()
        self.spare = radius * np.sin(angle)
        return radius * np.cos(angle)


def student(seed, n, degrees):
    """Normals divided by the root of a mean of squares of `degrees` more normals."""
    random = SplitMix64(seed)
    return np.array([random.normal() / np.sqrt(np.mean([random.normal() ** 2 for _ in range(degrees)])) for _ in range(n)])


def rho(z, alpha):
    b = max(2 - alpha, 1e-12)
    return 0.5 * z * z if alpha >= 2 else np.log(0.5 * z * z + 1) if alpha <= 0 else b / alpha * ((z * z / b + 1) ** (alpha / 2) - 1)


def partition(alpha):
    f = lambda z: np.exp(-rho(z, alpha))
    return 2 * (integrate.quad(f, 0, 1, epsabs=1e-14)[0] + integrate.quad(f, 1, 20, epsabs=1e-14, limit=400)[0] + integrate.quad(f, 20, np.inf, epsabs=1e-14, limit=400)[0])


t4 = student(5, 1000, 4)
normal = np.array([(lambda r: [r.normal() for _ in range(400)])(SplitMix64(9))]).ravel()
nu, shift, scale = stats.t.fit(t4)
full = lambda p: -np.mean(stats.t.logpdf(t4, np.exp(p[0]), p[1], np.exp(p[2])))
fine = optimize.minimize(full, [np.log(nu), shift, np.log(scale)], method="BFGS", options=dict(gtol=1e-9))


def robust(x):
    def cost(p):
        alpha = 2 * special.expit(p[2])
        return np.mean(rho((x - p[0]) / np.exp(p[1]), alpha)) + p[1] + np.log(partition(alpha))
    found = optimize.minimize(cost, [0, 0, 0], method="Nelder-Mead", options=dict(xatol=1e-9, fatol=1e-13, maxiter=4000, maxfev=4000))
    return dict(shift=found.x[0], scale=float(np.exp(found.x[1])), alpha=float(2 * special.expit(found.x[2])), loss=found.fun)


json.dump({
    "made_by": "make_noise.py",
    "student": dict(seed=5, rows=1000, degrees=4, sum=t4.sum(), squares=(t4**2).sum(), fit=dict(degrees=float(np.exp(fine.x[0])), shift=fine.x[1], scale=float(np.exp(fine.x[2])), loss=fine.fun)),
    "normal": dict(seed=9, rows=400, sum=normal.sum(), squares=(normal**2).sum()),
    "robust": dict(student=robust(t4), normal=robust(normal)),
    "partition": {str(a): partition(a) for a in (0.0, 0.1, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 1.9, 1.99, 2.0)},
    "exact": {"0": np.pi * np.sqrt(2), "1": 2 * np.e * special.k1(1), "2": np.sqrt(2 * np.pi)},
}, open(os.path.join(HERE, "noise.json"), "w"), indent=1)

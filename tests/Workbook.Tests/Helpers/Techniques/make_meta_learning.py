"""Makes meta-learning.json, the numbers that MamlTests compares with: python make_meta_learning.py (scipy 1.10).

Tasks: amplitude·sin(x − phase) in the features (sin x, cos x, 1), five rows to adapt to and ten that judge, drawn by SplitMix64 (seed 31).
After one step on half the mean squared error the judging error is quadratic in the start, so the best start is the solution of a linear
system; the best rate by minimize_scalar, one rate for each weight by BFGS.
"""
import json
import os

import numpy as np
from scipy import optimize

HERE = os.path.dirname(os.path.abspath(__file__))
MASK, state, TASKS, SHOTS = 2**64 - 1, 31, 40, 5


def uniform():
    global state
    state = (state + 0x9E3779B97F4A7C15) & MASK
    z = state
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return ((z ^ (z >> 31)) >> 11) * 2.0**-53


def features(x):
    return np.column_stack([np.sin(x), np.cos(x), np.ones_like(x)])


tasks = []
for _ in range(TASKS):
    amplitude, phase = 0.1 + 4.9 * uniform(), np.pi * uniform()
    xs, xq = (np.array([-5 + 10 * uniform() for _ in range(n)]) for n in (SHOTS, 10))
    tasks.append((features(xs), amplitude * np.sin(xs - phase), features(xq), amplitude * np.sin(xq - phase)))


def adapted(rates, task):
    P, y, Q, t = task
    return Q @ (np.eye(3) - np.diag(rates) @ P.T @ P / SHOTS), t - Q @ (np.diag(rates) @ P.T @ y / SHOTS)


def best(rates):
    """The start with the least mean squared error after the step, and that error."""
    A, b, c = np.zeros((3, 3)), np.zeros(3), 0.0
    for B, r in (adapted(rates, task) for task in tasks):
        A, b, c = A + B.T @ B / 10, b + B.T @ r / 10, c + r @ r / 10
    w = np.linalg.solve(A, b)
    return w, (c - b @ w) / TASKS


def first_order(rate):
    A, b = np.zeros((3, 3)), np.zeros(3)
    for task in tasks:
        B, r = adapted(np.full(3, rate), task)
        A, b = A + task[2].T @ B, b + task[2].T @ r
    w = np.linalg.solve(A, b)
    return w, np.mean([np.mean((B @ w - r) ** 2) for B, r in (adapted(np.full(3, rate), task) for task in tasks)])


rate = optimize.minimize_scalar(lambda a: best(np.full(3, a))[1], bounds=(0, 2), method="bounded", options=dict(xatol=1e-12)).x
each = optimize.minimize(lambda a: best(a)[1], np.full(3, rate), method="BFGS", options=dict(gtol=1e-10)).x
result = lambda found: dict(start=found[0].tolist(), loss=float(found[1]))
json.dump({
    "made_by": "make_meta_learning.py",
    "tasks": TASKS, "shots": SHOTS, "seed": 31, "sum": sum(float(y.sum() + t.sum()) for _, y, _, t in tasks),
    "fixed": dict(rate=0.5, **result(best(np.full(3, 0.5)))), "first_order": dict(rate=float(rate), **result(first_order(rate))),
    "shared": dict(rate=float(rate), **result(best(np.full(3, rate)))), "each": dict(rates=each.tolist(), **result(best(each))),
}, open(os.path.join(HERE, "meta-learning.json"), "w"), indent=1)

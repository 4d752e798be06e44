"""Makes leave-one-out.json, which LeaveOneOutDataTests compares with: python3 make_leave_one_out.py (scikit-learn 1.2, scipy 1.10, numpy 1.24).

Each data set with a free intercept: the mean squared error on the rows left out by refitting without each row (numpy, least squares of the
rows and √λ·I, so that nothing is squared), what RidgeCV says of the same strengths, and the strength of the lowest error: RidgeCV over a
grid, then scipy's bounded minimization of the refits around its choice.
"""
import json
import os
import warnings

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LinearRegression, RidgeCV

rng = np.random.default_rng(26)


def linear(n, d, noise, scales=1.0, offset=0.0, signal=None):
    X = rng.normal(size=(n, d))
    w = rng.normal(size=d) if signal is None else np.asarray(signal, float)
    y = X @ w + noise * rng.normal(size=n) + 3
    return X * scales + offset, y


def duplicated():
    X, y = linear(25, 4, 1.0)
    return np.column_stack([X, X[:, 0], X[:, 1] + X[:, 2]]), y


def constant():
    X, y = linear(20, 3, 1.0)
    return np.column_stack([X, np.full(20, 0.1), np.zeros(20), np.full(20, 1e6)]), y


def indicator():
    X, y = linear(18, 2, 1.0)
    only, half = np.zeros(18), (np.arange(18) % 2).astype(float)
    only[7] = 1
    return np.column_stack([X, only, half, 1 - half]), y


def wide(n, d, scales):
    X = rng.normal(size=(n, d))
    w = np.zeros(d)
    w[:3] = 6, -5, 4
    return X * scales, X @ w + 0.5 * rng.normal(size=n)


SETS = {
    "plain": linear(30, 5, 2.0),
    "scales from 1e-6 to 1e6": linear(30, 5, 1.0, scales=np.array([1e-6, 1e-3, 1, 1e3, 1e6])),
    "noise at the small scales": linear(25, 4, 1.0, scales=np.array([1e4, 1e-3, 1e-3, 1e-2]), signal=[2, 0, 0, 0]),
    "no signal": linear(20, 6, 1.0, signal=np.zeros(6)),
    "more columns than rows, no signal": (rng.normal(size=(10, 25)), rng.normal(size=10)),
    "large offsets": linear(30, 4, 2.0, offset=np.array([1e5, -1e5, 1e4, 0])),
    "constant columns": constant(),
    "columns that others determine": duplicated(),
    "a row that alone has a feature": indicator(),
    "more columns than rows": wide(12, 30, 1.0),
    "more columns than rows, scales from 1e-3 to 1e3": wide(15, 24, np.logspace(-3, 3, 24)[rng.permutation(24)]),
    "as many columns as rows left": wide(11, 10, 1.0),
    "a target in billions": (lambda d: (d[0], 1e9 * d[1] + 1e12))(linear(30, 5, 2.0)),
    "a feature in billionths": (lambda d: (1e-9 * d[0], d[1]))(linear(30, 5, 2.0)),
    "four rows": linear(4, 2, 1.0),
    "a binary target": (lambda d: (d[0], (d[1] > 3).astype(float)))(linear(40, 4, 2.0)),
    "no noise": linear(30, 4, 0.0),
}


def left_out(X, y, strength):
    """Refits without each row."""
    errors = []
    for i in range(len(y)):
        keep = np.arange(len(y)) != i
        mean, level = X[keep].mean(0), y[keep].mean()
        A = np.vstack([X[keep] - mean, np.sqrt(strength) * np.eye(X.shape[1])])
        # Columns of any scale: solved in units of their own length.
        unit = np.linalg.norm(A, axis=0)
        w = np.linalg.lstsq(A / unit, np.append(y[keep] - level, np.zeros(X.shape[1])), rcond=1e-15)[0] / unit
        errors.append(y[i] - level - (X[i] - mean) @ w)
    return float(np.mean(np.square(errors)))


def ridge_cv(X, y, strengths):
    warnings.simplefilter("ignore")
    values = RidgeCV(alphas=strengths, store_cv_values=True, gcv_mode="svd").fit(X, y).cv_values_
    return values.mean(0)


def golden(X, y):
    lengths = np.linalg.svd(X - X.mean(0), compute_uv=False)
    columns = np.linalg.norm(X - X.mean(0), axis=0)
    low, high = 1e-2 * columns[columns > 1e-12 * np.linalg.norm(X, axis=0)].min() ** 2, lengths[0] ** 2
    asked = [low, np.sqrt(low * high), high]
    grid = np.geomspace(1e-6 * low, 1e5 * high, 1201)
    scores = np.array([left_out(X, y, s) for s in grid[::8]])
    k = int(scores.argmin())
    result = {"strengths": asked, "errors": [left_out(X, y, s) for s in asked], "ridge_cv": list(ridge_cv(X, y, asked))}
    if k == 0:
        result["best"] = 0.0
        result["best_error"] = left_out(X, y, 1e-10 * low)
        result["least_squares"] = list(LinearRegression().fit(X, y).coef_)
    elif k == len(scores) - 1:
        # The error falls on, down to that of the mean of the other rows.
        result["best"] = None
        result["best_error"] = float(np.mean(((y - y.mean()) * len(y) / (len(y) - 1)) ** 2))
        assert scores[-1] > result["best_error"] * (1 - 1e-4)
    else:
        edges = np.log(grid[::8][[k - 1, k + 1]])
        found = minimize_scalar(lambda s: left_out(X, y, np.exp(s)), bounds=edges, method="bounded", options={"xatol": 1e-9})
        result["best"], result["best_error"] = float(np.exp(found.x)), float(found.fun)
        fine = np.geomspace(*np.exp(edges), 4001)
        result["ridge_cv_best"] = float(fine[ridge_cv(X, y, fine).argmin()])
    return result


sets = []
for name, (X, y) in SETS.items():
    found = golden(X, y)
    sets.append({"name": name, "X": X.tolist(), "y": y.tolist(), **found})
    print(f"{name:50} best {found['best']} error {found['best_error']:.6g} RidgeCV {found.get('ridge_cv_best', 0):.6g} "
          f"refits/RidgeCV - 1: {np.max(np.abs(np.array(found['errors']) / found['ridge_cv'] - 1)):.1e}")
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "leave-one-out.json")
with open(path, "w") as file:
    file.write('{"made_by": "make_leave_one_out.py",\n "sets": [\n')
    file.write(",\n".join(json.dumps(s) for s in sets))
    file.write("\n]}\n")

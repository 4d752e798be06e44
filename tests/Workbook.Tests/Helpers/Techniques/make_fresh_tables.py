"""Makes fresh-tables.json, the numbers that FreshTablesTests compares with: python make_fresh_tables.py (scikit-learn 1.2, scipy 1.10).

Ten small tables of drawn numbers that are hard in different ways. evidence: BayesianRidge without priors. ard: ARDRegression without priors
on standardised columns. left_out: the lowest mean squared error of refits without each row, over lambda; grouped: the same on standardised
columns, strengths from 1e-6 to 1e6. lasso: Lasso on standardised columns at a fifth of the smallest strength that makes all weights 0.
joint: the weakest stationary point of joint MAP, by bisection; null: there is none.
"""
import json
import os
import warnings

import numpy as np
import scipy.optimize
from sklearn.linear_model import ARDRegression, BayesianRidge, Lasso, Ridge

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def drawn(seed, n, d, noise, kept=None):
    r = np.random.RandomState(seed)
    X = np.round(r.randn(n, d), 6)
    w = np.where(np.arange(d) < (kept or d), r.randn(d) + 1, 0)
    return X, np.round(X @ w + noise * r.randn(n), 6)


def tables():
    X, y = drawn(1, 25, 3, 1.0)
    yield "huge units", X * 1e8, y * 1e9 + 1e10
    X, y = drawn(2, 25, 3, 0.7)
    yield "tiny units", X * 1e-12, y * 1e-15
    X, y = drawn(3, 20, 3, 0.5)
    yield "columns that are copies", np.c_[X, X[:, 0], 2 * X[:, 1]], y
    X, y = drawn(4, 20, 3, 0.5)
    yield "constant columns", np.c_[np.full(20, 7.0), X, np.zeros(20)], y
    X, y = drawn(5, 10, 30, 0.5, kept=2)
    yield "three times as many columns as rows", X, y
    r = np.random.RandomState(6)
    level = r.randint(0, 3, 24)
    yield "a column for each of three levels", np.eye(3)[level], np.round(np.array([1.0, 2.0, 4.0])[level] + 0.5 * r.randn(24), 6)
    X, y = drawn(7, 15, 3, 0.5)
    X[:, 2] = 0
    X[4, 2] = 3
    yield "a feature of one row alone", X, y
    X, y = drawn(8, 20, 3, 0.5)
    yield "far from 0", X + 1e6, y
    X, y = drawn(9, 30, 4, 0.001)
    yield "hardly any noise", X, y
    X, y = drawn(10, 3, 1, 0.1)
    yield "three rows", X, y


def scaled(X):
    centred = X - X.mean(0)
    sd = centred.std(0)
    varies = sd > 1e-12 * np.abs(X).max(0)
    return np.where(varies, centred / np.where(varies, sd, 1), 0), np.where(varies, sd, 1)


def evidence(X, y):
    sy, size = y.std(), np.sqrt((X - X.mean(0)).var(0).sum())
    fit = BayesianRidge(alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, tol=1e-14, n_iter=200000).fit(X / size, (y - y.mean()) / sy)
    return {"alpha": fit.alpha_ / sy**2, "lambda": fit.lambda_ * size**2 / sy**2, "weights": list(fit.coef_ * sy / size)}


def ard(X, y):
    Z, sx = scaled(X)
    sy = y.std()
    fit = ARDRegression(alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, tol=1e-13, n_iter=50000, threshold_lambda=1e10, fit_intercept=False)
    fit.fit(Z, (y - y.mean()) / sy)
    return {"kept": [int(i) for i in np.flatnonzero(fit.coef_)], "alpha": fit.alpha_ / sy**2, "weights": list(fit.coef_ * sy / sx)}


def refits(X, y, penalty):
    """Mean squared error on each row, by a model of the others with its own intercept."""
    errors = []
    for i in range(len(y)):
        keep = np.arange(len(y)) != i
        fit = Ridge(alpha=penalty, solver="svd").fit(X[keep], y[keep])
        errors.append((y[i] - fit.predict(X[i : i + 1])[0]) ** 2)
    return float(np.mean(errors))


def lowest(f, low, high):
    grid = np.linspace(np.log(low), np.log(high), 401)
    values = [f(np.exp(g)) for g in grid]
    k = int(np.argmin(values))
    if k in (0, 400):
        return (0 if k == 0 else None), float(values[k])
    found = scipy.optimize.minimize_scalar(lambda g: f(np.exp(g)), bounds=(grid[k - 1], grid[k + 1]), method="bounded", options={"xatol": 1e-10})
    return float(np.exp(found.x)), float(found.fun)


def left_out(X, y):
    centred, sy = X - X.mean(0), y.std()
    size = (centred**2).sum(0).max()
    best, error = lowest(lambda penalty: refits(centred / np.sqrt(size), (y - y.mean()) / sy, penalty), 1e-9, 1e6)
    return {"lambda": None if best is None else best * size, "error": error * sy**2}


def grouped(X, y):
    Z, sy = scaled(X)[0], y.std()
    best, error = lowest(lambda s: refits(Z, (y - y.mean()) / sy, len(y) * s), 1e-6, 1e6)
    return {"strength": 1e6 if best is None else max(best, 1e-6), "error": error * sy**2}


def lasso(X, y):
    Z, sx = scaled(X)
    strength = 0.2 * np.abs(Z.T @ (y - y.mean())).max() / len(y)
    sy = y.std()
    fit = Lasso(alpha=strength / sy, tol=1e-15, max_iter=10**7, fit_intercept=False).fit(Z, (y - y.mean()) / sy)
    return {"strength": strength, "predictions": list(Z @ fit.coef_ * sy + y.mean())}


def joint(X, y):
    Z, t = X - X.mean(0), y - y.mean()
    size = np.sqrt((Z**2).sum(0).max())
    u, s, _ = np.linalg.svd(Z / size, full_matrices=False)
    s, p = s[s > 1e-10] ** 2, (u.T @ t)[s > 1e-10]
    rest = max(0.0, t @ t - p @ p)
    if rest < 1e-20 * (t @ t):
        rest = 0.0

    def f(g):
        r = np.exp(g)
        squared, residual = (s * p**2 / (s + r) ** 2).sum(), rest + ((r * p / (s + r)) ** 2).sum()
        return r * len(y) / residual * squared - Z.shape[1]

    grid = np.arange(np.log(s.min()) - 20, np.log(s.max()) + 20, 0.01)
    values = [f(g) for g in grid]
    for a, b, u, v in zip(grid, grid[1:], values, values[1:]):
        if u < 0 <= v:
            return float(np.exp(scipy.optimize.brentq(f, a, b, xtol=1e-13))) * size**2
    return None


rows = [{"name": name, "X": X.tolist(), "y": y.tolist(), "evidence": evidence(X, y), "ard": ard(X, y), "left_out": left_out(X, y),
         "grouped": grouped(X, y), "lasso": lasso(X, y), "joint": joint(X, y)} for name, X, y in tables()]
with open(os.path.join(HERE, "fresh-tables.json"), "w") as file:
    file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")

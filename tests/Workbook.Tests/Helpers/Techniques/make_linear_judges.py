"""Makes linear-judges.json, the numbers that LinearJudgeTests compares with: python make_linear_judges.py (scikit-learn 1.2, scipy 1.10).

Each table is cut from ../../../../data; the sums of its features and target say whether the test has cut the same.
evidence: BayesianRidge without priors. ard: ARDRegression without priors on standardised features and target, with a threshold of 1e10, in
the units of the table. kernel: GaussianProcessRegressor, the best of 30 starts, refined by scipy until its gradient is below 1e-7.
"""
import json
import os
import warnings

import numpy as np
import scipy.optimize
import sklearn
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel
from sklearn.linear_model import ARDRegression, BayesianRidge

warnings.filterwarnings("ignore")
HERE = os.path.dirname(os.path.abspath(__file__))


def load(name):
    with open(os.path.join(HERE, "../../../../data", name + ".csv")) as file:
        rows = [line.strip().split(",") for line in file][1:]
    return np.array([[float(v) for v in row if v.replace(".", "", 1).replace("-", "", 1).replace("e", "", 1).replace("-", "", 1).isdigit()] for row in rows])


diabetes, digits, cancer, trees, cars, mcycle, planets = map(load, ["diabetes", "digits", "breast-cancer", "trees", "cars", "mcycle", "planets"])
X, y = diabetes[:, :10], diabetes[:, 10]
linear = {
    "diabetes": (X, y),
    "diabetes, columns of 0.0001 to 100000": (X * 10.0 ** np.arange(-4, 6), y),
    "diabetes, two constant columns": (np.c_[X, np.full(442, 3.0), np.zeros(442)], y),
    "diabetes, shifted by a million": (X + 1e6, y - 1e6),
    "diabetes, target of millionths": (X, y * 1e-6),
    "diabetes, each column twice": (np.c_[X, X], y),
    "8 patients, 10 columns": (X[:8], y[:8]),
    "40 digits, 64 pixels": (digits[:40, :64], digits[:40, 64]),
    "30 digits, 64 pixels in sixteenths": (digits[:30, :64] / 16, digits[:30, 64]),
    "breast cancer": (cancer[:, :30], cancer[:, 30]),
    "trees": (trees[:, :2], trees[:, 2]),
    "one feature": (cars[:, :1], cars[:, 1]),
    "strangers' targets": (X[:50, :4], y[100:150]),
}


def scaled(X, y):
    centred, target = X - X.mean(0), y - y.mean()
    sd = centred.std(0)
    varies = sd > 1e-12 * np.abs(X).max()
    sd[~varies] = 1
    return np.where(varies, centred / sd, 0), target / target.std(), sd, target.std()


def evidence(X, y):
    # The target in its own units: scikit-learn adds a constant to its variance.
    sy = y.std()
    fit = BayesianRidge(alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, tol=1e-14, n_iter=100000, compute_score=False).fit(X, y / sy, )
    if fit.lambda_ > 1e12:
        return {"signal": False}
    return {"signal": True, "alpha": fit.alpha_ / sy**2, "lambda": fit.lambda_ / sy**2, "weights": list(fit.coef_ * sy), "intercept": fit.intercept_ * sy}


def ard(X, y):
    Z, t, sx, sy = scaled(X, y)
    fit = ARDRegression(alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, tol=1e-12, n_iter=20000, threshold_lambda=1e10, fit_intercept=False).fit(Z, t)
    kept = [int(i) for i in np.flatnonzero(fit.coef_)]
    return {"kept": kept, "alpha": fit.alpha_ / sy**2, "weights": list(fit.coef_ * sy / sx)}


def normals(seed, uniforms, count):
    """SplitMix64: some uniform numbers, then normal ones by Box and Muller."""
    mask, state, spare = (1 << 64) - 1, seed, None

    def uniform():
        nonlocal state
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return ((z ^ (z >> 31)) >> 11) / (1 << 53)

    first = [uniform() for _ in range(uniforms)]
    pairs = [(np.sqrt(-2 * np.log(1 - uniform())), 2 * np.pi * uniform()) for _ in range(count // 2)]
    return np.array(first), np.array([f for r, a in pairs for f in (r * np.cos(a), r * np.sin(a))])


u, e = normals(8, 40, 40)
u = np.sort(10 * u)
wave = np.sin(u) + 0.2 * e
Z = scaled(X, y)[0]
curves = {
    "wave": (u[:, None], wave - wave.mean()),
    "wave, x in thousands, y in thousandths": (1000 * u[:, None], (wave - wave.mean()) / 1000),
    "wave, x shifted, a constant column": (np.c_[u + 1e4, np.full(40, 7.0)], wave - wave.mean()),
    "cars": (cars[:, :1], cars[:, 1] - cars[:, 1].mean()),
    "mcycle": (mcycle[:, :1], mcycle[:, 1] - mcycle[:, 1].mean()),
    "trees, standardised": (scaled(trees[:, :2], trees[:, 2])[0], trees[:, 2] - trees[:, 2].mean()),
    "80 patients, standardised": (Z[:80], y[:80] - y[:80].mean()),
    "8 patients, 10 columns": (Z[:8], y[:8] - y[:8].mean()),
}


def kernel(X, y):
    sx, sy = np.sqrt(((X - X.mean(0)) ** 2).sum(1).mean()), y.std()
    bounds = (1e-10, 1e10)
    made = ConstantKernel(1.0, bounds) * RBF(1.0, bounds) + WhiteKernel(0.1, bounds)
    fit = GaussianProcessRegressor(made, alpha=0, n_restarts_optimizer=30, random_state=0).fit(X / sx, y / sy)

    def loss(theta):
        value, slope = fit.log_marginal_likelihood(theta, eval_gradient=True)
        return -value, -slope

    best = scipy.optimize.minimize(loss, fit.kernel_.theta, jac=True, method="BFGS", options={"gtol": 1e-9})
    variance, length, noise = np.exp(best.x)
    return {"variance": variance * sy**2, "length": length * sx, "noise": noise * sy**2,
            "log_likelihood": -best.fun - len(y) * np.log(sy), "slope": float(np.abs(best.jac).max())}


def main():
    tables = [{"name": n, "sum_x": X.sum(), "sum_y": y.sum(), "evidence": evidence(X, y), "ard": ard(X, y)} for n, (X, y) in linear.items()]
    kernels = [{"name": n, "sum_x": X.sum(), "sum_y": y.sum(), **kernel(X, y)} for n, (X, y) in curves.items()]
    head = json.dumps({"made by": "make_linear_judges.py", "scikit-learn": sklearn.__version__, "scipy": scipy.__version__})
    row = lambda r: json.dumps(r, default=float)
    with open(os.path.join(HERE, "linear-judges.json"), "w", newline="\n") as file:
        file.write('{"header": ' + head + ', "linear": [\n' + ",\n".join(map(row, tables)) + '\n], "kernels": [\n' + ",\n".join(map(row, kernels)) + "\n]}\n")


main()

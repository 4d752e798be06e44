"""Makes shapes.json, which LearnedPeriodTests, FreeKnotsTests, IdentifiabilityTests and LeastSquaresMeanSquareTests compare with:
python3 make_shapes.py (scipy 1.10, numpy 1.24), from the root of the repository.

Periods: the lowest of a fine grid of the profile, polished by scipy's minimize_scalar; standard errors by scipy's curve_fit. Knots: numpy's
lstsq for each choice of knots from a grid, the best of them polished by scipy's Nelder-Mead. Flat directions: numpy's SVD.
"""
import csv
import itertools
import json
import os

import numpy as np
from scipy.optimize import curve_fit, minimize, minimize_scalar

rng = np.random.default_rng(12)


def table(name):
    with open(os.path.join("data", name)) as file:
        return np.array([[float(v) for v in row] for row in list(csv.reader(file))[1:]])


def left(columns, y):
    A = np.column_stack([np.ones(len(y)), *columns])
    return float(np.mean((y - A @ np.linalg.lstsq(A, y, rcond=None)[0]) ** 2))


def profile(y, cycles):
    y = y - y.mean()
    angle = 2 * np.pi * cycles / len(y) * np.arange(len(y))
    return left([np.cos(angle), np.sin(angle)], y)


def bottom(y, low, high):
    return minimize_scalar(lambda k: profile(y, k), bounds=(low, high), method="bounded", options={"xatol": 1e-11}).x


def period(name, y, starts=()):
    n = len(y)
    grid = np.linspace(1, n / 2, 40 * n)
    values = np.array([profile(y, k) for k in grid])
    k = bottom(y, grid[values.argmin()] - 0.05, grid[values.argmin()] + 0.05)
    angle = 2 * np.pi * k / n * np.arange(n)
    A = np.column_stack([np.ones(n), np.cos(angle), np.sin(angle)])
    first = [*np.linalg.lstsq(A, y, rcond=None)[0], n / k]
    wave = lambda t, m, a, b, T: m + a * np.cos(2 * np.pi * t / T) + b * np.sin(2 * np.pi * t / T)
    t = np.arange(n)
    slopes = lambda t, m, a, b, T: np.column_stack([
        np.ones(len(t)), np.cos(2 * np.pi * t / T), np.sin(2 * np.pi * t / T),
        2 * np.pi * t / T ** 2 * (a * np.sin(2 * np.pi * t / T) - b * np.cos(2 * np.pi * t / T))])
    found, covariance = curve_fit(wave, t, y, p0=first, jac=slopes, xtol=1e-14, ftol=1e-14)
    # Without noise curve_fit gives no covariance: nothing is left over, and the error is 0.
    error = float(np.sqrt(covariance[3, 3])) if np.isfinite(covariance[3, 3]) else 0.0
    minima = [i for i in range(1, len(grid) - 1) if values[i] < values[i - 1] and values[i] < values[i + 1]]
    valleys = []
    for start in starts:
        i = int(np.abs(grid - n / start).argmin())
        while not (values[i] <= values[i - 1] and values[i] <= values[i + 1]):
            i += 1 if values[i + 1] < values[i - 1] else -1
        valleys.append(n / bottom(y, grid[i - 1], grid[i + 1]))
    print(f"{name:20} period {n / k:.8f} ± {error:.6f}, {len(minima)} minima")
    return {"name": name, "y": list(map(float, y)), "period": n / k, "error": error, "mean_square": profile(y, k),
            "share": 1 - profile(y, k) / y.var(), "fit_at": [0.0, 7.5, n + 3.0], "fit": [float(wave(t, *found)) for t in (0, 7.5, n + 3)],
            "starts": list(starts), "valleys": valleys}


def wave(n, period, noise, level=0.0, phase=0.7):
    return level + np.sin(2 * np.pi * np.arange(n) / period + phase) + noise * rng.normal(size=n)


PERIODS = [
    ("sunspots", np.sqrt(table("sunspots.csv")[:, 1] + 1), (9, 10, 10.5, 10.9, 11.3, 11.6, 12)),
    ("lynx", np.log10(table("lynx.csv")[:, 1]), (8.5, 9.9)),
    ("short", wave(12, 4.7, 0.1), ()),
    ("between two peaks", wave(100, 100 / 7.5, 0.3), ()),
    ("a large level", wave(150, 6.28, 0.5, level=1e6), ()),
    ("fast", wave(64, 2.3, 0.2), ()),
    ("slow", wave(80, 61.0, 0.1), ()),
    ("two waves", wave(200, 17.3, 0.2) + 0.8 * wave(200, 5.1, 0.0), (5.2, 17)),
    ("without noise", wave(90, 8.125, 0.0), ()),
]


def knots(name, x, y, count, places, asked):
    xs, ys = (x - x.min()) / np.ptp(x), (y - y.mean()) / y.std()
    of = lambda c: left([xs, *(np.maximum(xs - k, 0) for k in np.clip(c, 0, 1))], ys)
    grid = np.arange(1, places + 1) / (places + 1)
    H = np.column_stack([np.ones(len(xs)), xs, *(np.maximum(xs - k, 0) for k in grid)])
    G, h = H.T @ H, H.T @ ys
    best, choice = -1.0, None
    for c in itertools.combinations(range(places), count):
        i = [0, 1, *(j + 2 for j in c)]
        gain = h[i] @ np.linalg.lstsq(G[np.ix_(i, i)], h[i], rcond=1e-12)[0]
        if gain > best:
            best, choice = gain, c
    start = grid[list(choice)]
    found = minimize(of, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
    found = minimize(of, found.x, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-14, "maxiter": 20000, "maxfev": 20000})
    print(f"{name:20} grid {of(start):.8f} polished {found.fun:.8f} at {np.sort(found.x) * np.ptp(x) + x.min()}")
    return {"name": name, "x": list(map(float, x)), "y": list(map(float, y)), "places": places, "asked": [list(map(float, a)) for a in asked],
            "shares": [of((np.array(a) - x.min()) / np.ptp(x)) for a in asked], "on_grid": of(start), "share": float(found.fun),
            "knots": list(map(float, np.sort(found.x) * np.ptp(x) + x.min())),
            "quantiles": list(map(float, np.quantile(x, np.arange(1, count + 1) / (count + 1))))}


m = table("mcycle.csv")
u = np.sort(rng.uniform(-3, 5, 60))
kinked = 1e3 * (2 + u - 3 * np.maximum(u - 0.5, 0) + 4 * np.maximum(u - 2.25, 0)) + 5 * rng.normal(size=60)
KNOTS = [
    ("mcycle, 1", m[:, 0], m[:, 1], 1, 49, [[20.0]]),
    ("mcycle, 2", m[:, 0], m[:, 1], 2, 49, [[20.0, 30.0]]),
    ("mcycle, 4", m[:, 0], m[:, 1], 4, 49, [[13.44, 24.48, 35.52, 46.56], [14.0, 14.0, 20.0, 30.0]]),
    ("two kinks", u, kinked, 2, 30, [[0.5, 2.25], [-1.0, 4.0]]),
]

x = np.linspace(-3, 3, 121)
features = np.array([rng.normal(size=30), rng.normal(size=30), np.zeros(30)]).T
FLAT = [
    ("activations", ["x", "x²", "|x|", "sin", "relu", "1"],
     np.column_stack([x, x ** 2, np.abs(x), np.sin(x), np.maximum(x, 0), np.ones(121)])),
    ("without |x|", ["x", "x²", "sin", "relu", "1"], np.column_stack([x, x ** 2, np.sin(x), np.maximum(x, 0), np.ones(121)])),
    ("a scale and weights", ["s", "w0", "w1"], np.column_stack([features[:, :2] @ [1.5, -2], 3 * features[:, 0], 3 * features[:, 1]])),
    ("nothing says c", ["a", "b", "c"], features),
    ("units of 1e9 and 1e-9", ["a", "b"], features[:, :2] * [1e9, 1e-9]),
    ("fewer rows than unknowns", ["a", "b", "c", "d"], rng.normal(size=(2, 4))),
    ("a nearly double column", ["a", "b", "c"],
     np.column_stack([features[:, 0], features[:, 0] + 1e-6 * features[:, 1], features[:, 1] ** 2])),
    ("dummies and an intercept", ["1", "p", "q", "r"],
     np.column_stack([np.ones(30), np.arange(30) % 3 == 0, np.arange(30) % 3 == 1, np.arange(30) % 3 == 2]).astype(float)),
]


def flat(name, names, J):
    lengths = np.linalg.norm(J, axis=0)
    scaled = J / np.where(lengths > 0, lengths, 1)
    values = np.linalg.svd(scaled, compute_uv=False)
    rank = int((values > 1e-9).sum())
    print(f"{name:26} rank {rank} of {J.shape[1]}: {values}")
    return {"name": name, "names": names, "columns": J.tolist(), "rank": rank}


periods = [period(*p) for p in PERIODS]
splines = [knots(*k) for k in KNOTS]
flats = [flat(*f) for f in FLAT]
folder = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(folder, "shapes.json"), "w") as file:
    file.write('{"made_by": "make_shapes.py",\n')
    for key, cases in (("periods", periods), ("knots", splines), ("flat", flats)):
        file.write(f' "{key}": [\n' + ",\n".join(json.dumps(c, ensure_ascii=False) for c in cases) + "\n]" + (",\n" if key != "flat" else "}\n"))

"""Makes transforms.json, which the tests of the transforms compare with: python3 make_transforms.py
(scikit-learn 1.2, scipy 1.10, numpy 1.24, and R 4.2 with MASS 7.3 as Rscript).

Exponents: scipy's boxcox and yeojohnson, scikit-learn's PowerTransformer. Values, slopes and inverses: scipy.special and scikit-learn.
Intervals: MASS::boxcox on a grid of 1e-5. Means on the original scale: scipy's quad. Normal quantiles: scipy.
"""
import csv
import json
import os
import subprocess
import warnings

import numpy as np
from scipy import integrate, special, stats
from sklearn.preprocessing import PowerTransformer

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))
data = os.path.join(here, "../../../../data")

R = """
suppressMessages(library(MASS))
d <- DATA
p <- read.csv(file.path(d, "poisons.csv")); p$poison <- factor(p$poison); p$treatment <- factor(p$treatment)
w <- read.csv(file.path(d, "wool.csv")); t <- read.csv(file.path(d, "trees.csv"))
say <- function(name, f, data) for (level in c(.9, .95, .99)) {
  b <- boxcox(f, data = data, lambda = seq(-2, 2, 1e-5), plotit = FALSE)
  inside <- b$x[b$y > max(b$y) - qchisq(level, 1) / 2]
  cat(name, level, b$x[which.max(b$y)], min(inside), max(inside), "\\n")
}
options(digits = 10)
say("poisons", survival_10h ~ poison + treatment, p)
say("poisons with interaction", survival_10h ~ poison * treatment, p)
say("wool", cycles ~ length + amplitude + load, w)
say("wool with factors", cycles ~ factor(length) + factor(amplitude) + factor(load), w)
say("trees", volume_ft3 ~ girth_in + height_ft, t)
say("trees, mean alone", volume_ft3 ~ 1, t)
"""


def read(name):
    with open(os.path.join(data, name + ".csv")) as f:
        rows = list(csv.DictReader(f))
    return {k: np.array([float(r[k]) for r in rows]) for k in rows[0] if not k.startswith("treatment")}


def intervals():
    script = R.replace("DATA", repr(data))
    lines = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True).stdout.splitlines()
    for line in lines:
        *name, level, best, low, high = line.split()
        yield {"model": " ".join(name), "level": float(level), "best": float(best), "low": float(low), "high": float(high)}


def power(kind, x, standardize=False):
    t = PowerTransformer(kind, standardize=standardize).fit(x[:, None])
    return t.lambdas_[0]


def yeo_johnson(x, lam):
    t = PowerTransformer(standardize=False)
    t.lambdas_ = np.array([lam])
    t.n_features_in_ = 1
    return t.transform(np.asarray(x)[:, None])[:, 0], t


tumours, patients = read("breast-cancer"), read("diabetes")
exponents = []
for column in ("mean_area", "area_error", "mean_radius", "worst_area", "mean_compactness", "mean_texture", "mean_perimeter", "mean_smoothness"):
    x = tumours[column]
    exponents.append({"kind": "box-cox", "data": "breast-cancer", "column": column, "scipy": stats.boxcox(x)[1],
                      "scikit-learn": power("box-cox", x), "before": stats.skew(x), "after": stats.skew(stats.boxcox(x)[0])})
for column in ("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6", "progression"):
    x = patients[column]
    exponents.append({"kind": "yeo-johnson", "data": "diabetes", "column": column, "scipy": stats.yeojohnson(x)[1],
                      "scikit-learn": power("yeo-johnson", x), "before": stats.skew(x), "after": stats.skew(stats.yeojohnson(x)[0])})
x = tumours["mean_concavity"]
for name, values in (("mean_concavity", x), ("mean_concavity, standardised", (x - x.mean()) / x.std())):
    exponents.append({"kind": "yeo-johnson", "data": "breast-cancer", "column": name, "scipy": stats.yeojohnson(values)[1],
                      "scikit-learn": power("yeo-johnson", values), "before": stats.skew(values),
                      "after": stats.skew(stats.yeojohnson(values)[0])})

positive, both = [0.02, 0.3, 0.999, 1, 1.0001, 2.5, 40], [-40, -2.5, -0.3, -1e-4, 0, 1e-4, 0.3, 2.5, 40]
values = []
for lam in (-1.3, -0.5, 0, 1e-5, 0.3, 1, 1.7, 2, 2.4):
    z = special.boxcox(np.array(positive), lam)
    assert np.allclose(special.inv_boxcox(z, lam), positive, rtol=1e-6)
    values.append({"kind": "box-cox", "lambda": lam, "x": positive, "z": z.tolist(),
                   "log_slope": ((lam - 1) * np.log(positive)).tolist()})
    z, t = yeo_johnson(both, lam)
    assert np.allclose(t.inverse_transform(z[:, None])[:, 0], both, rtol=1e-6, atol=1e-9)
    values.append({"kind": "yeo-johnson", "lambda": lam, "x": both, "z": z.tolist(),
                   "log_slope": ((lam - 1) * np.sign(both) * np.log1p(np.abs(both))).tolist()})


def mean_back(kind, lam, center, noise):
    def back(z):
        if kind == "box-cox":
            return special.inv_boxcox(max(z, -1 / lam) if lam > 0 else z, lam)
        _, t = yeo_johnson([0.0], lam)
        return t.inverse_transform(np.array([[z]]))[0, 0]
    return integrate.quad(lambda e: back(center + noise * e) * stats.norm.pdf(e), -8, 8, epsabs=1e-12, epsrel=1e-12, limit=400)[0]


means = [{"kind": kind, "lambda": lam, "center": center, "noise": noise, "mean": mean_back(kind, lam, center, noise)}
         for kind, lam, center, noise in (("box-cox", 0.0, 0.4, 0.5), ("box-cox", 0.3, 0.4, 0.35), ("box-cox", 1.0, 0.4, 0.1),
                                          ("box-cox", -0.5, -0.3, 0.2), ("box-cox", 0.5, -0.5, 0.4),
                                          ("yeo-johnson", 0.0, 0.2, 0.7), ("yeo-johnson", 1.3, -0.4, 0.8),
                                          ("yeo-johnson", 0.4, -1.2, 0.5))]

probabilities = [1e-12, 1e-4, 0.025, 0.3, 0.5, 0.6, 0.975, 0.999999]
with open(os.path.join(here, "transforms.json"), "w") as f:
    json.dump({"exponents": exponents, "values": values, "intervals": list(intervals()), "means": means,
               "quantiles": [{"p": p, "z": stats.norm.ppf(p)} for p in probabilities]}, f, indent=1)
    f.write("\n")

"""Makes latents.json, the numbers that LatentTests compares with: python make_latents.py (numpy 1.24, scikit-learn 1.2).

pixels of data/digits.csv divided by 16; eigenvalues of their covariance (divided by n). sklearn: PCA(q), whose noise_variance_ is
divided by n - 1, scaled to n, and its score of the rows, which is the likelihood with n - 1.
"""
import json
import os

import numpy as np
from sklearn.decomposition import PCA

HERE = os.path.dirname(os.path.abspath(__file__))
X = np.loadtxt(os.path.join(HERE, "../../../../data/digits.csv"), delimiter=",", skiprows=1)[:, :64] / 16
n, d = X.shape
values, axes = np.linalg.eigh(np.cov(X.T, bias=True))
values = values[::-1]


def likelihood(q, noise):
    """Mean log density of the rows under N(mean, W W' + noise), with the best W: by the density itself."""
    used = [j for j in range(q) if values[j] > noise]
    u = axes[:, ::-1][:, used]
    c = u @ np.diag(values[used] - noise) @ u.T + noise * np.eye(d)
    centred = X - X.mean(0)
    return -0.5 * (d * np.log(2 * np.pi) + np.linalg.slogdet(c)[1] + np.sum(centred @ np.linalg.inv(c) * centred) / n)


json.dump({
    "made_by": "make_latents.py",
    "eigenvalues": values[:20].tolist(),
    "learned": {str(q): dict(noise=values[q:].mean(), sklearn=PCA(q, svd_solver="full").fit(X).noise_variance_ * (n - 1) / n,
                             likelihood=likelihood(q, values[q:].mean())) for q in (2, 5, 10, 16)},
    "fixed": {str(s): dict(active=int((values[:16] > s).sum()), divergence=float(0.5 * np.log(values[:16][values[:16] > s] / s).sum()),
                           likelihood=likelihood(16, s)) for s in (0.005, 0.02, 0.05, 0.1, 0.19, 0.3, 0.5, 1)},
}, open(os.path.join(HERE, "latents.json"), "w"), indent=1)

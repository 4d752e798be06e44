"""Makes strengths.json: the truths of GroupedRidge, GroupedL2 and Lasso, by other ways than theirs.

python3 make_strengths.py      (numpy 1.24, scipy 1.10, scikit-learn 1.2)

Leave-one-out by refitting n times with a column of ones that is not penalised; the evidence as the density of a normal vector of n
numbers; minima by a grid and Nelder-Mead; one strength by BayesianRidge; lasso by LassoCV; the 64 features of diabetes by L-BFGS-B.
Strengths s are those of 1/(2n) |y - b - Zw|^2 + 1/2 sum s_j w_j^2 with standardised Z.
"""
import itertools
import json
import warnings

import numpy as np
from scipy.optimize import minimize
from sklearn.datasets import load_diabetes
from sklearn.linear_model import BayesianRidge, Lasso, LassoCV

warnings.filterwarnings("ignore")
LOW, HIGH = np.log(1e-6), np.log(1e6)


def standardized(A, B=None):
    mean, sd = A.mean(0), A.std(0)
    sd = np.where(sd > 1e-12 * abs(A).max(0), sd, np.inf)
    return (A - mean) / sd if B is None else ((A - mean) / sd, (B - mean) / sd)


def refits(s, g, Z, y):
    """The mean squared error on rows left out, by fitting without each; the penalty n s_j stays."""
    n, d = Z.shape
    penalty = np.diag(np.r_[0, n * s[g]])
    M = np.c_[np.ones(n), Z]
    errors = []
    for i in range(n):
        keep = np.arange(n) != i
        w = np.linalg.solve(M[keep].T @ M[keep] + penalty, M[keep].T @ y[keep])
        errors.append((y[i] - M[i] @ w) ** 2)
    return np.mean(errors)


def evidence(s, g, Z, y):
    """log N(y; 0, noise (I + Z diag(1/(n s)) Z')), the noise at its best."""
    n = len(y)
    K = np.eye(n) + (Z / (n * s[g])) @ Z.T
    sign, logdet = np.linalg.slogdet(K)
    noise = y @ np.linalg.solve(K, y) / n
    return -.5 * (n * np.log(2 * np.pi) + n * np.log(noise) + logdet + n)


def best(loss, k):
    grid = np.linspace(LOW, HIGH, 25)
    starts = sorted(itertools.product(grid, repeat=k), key=loss)[:3]
    found = [minimize(lambda q: loss(np.clip(q, LOW, HIGH)), start, method="Nelder-Mead",
                      options=dict(xatol=1e-9, fatol=1e-13, maxiter=4000, maxfev=8000)) for start in starts]
    found += [minimize(loss, start, method="L-BFGS-B", bounds=[(LOW, HIGH)] * k, options=dict(ftol=1e-15, gtol=1e-10))
              for start in [np.clip(o.x, LOW, HIGH) for o in found] + list(itertools.product(grid[::4], repeat=k))]
    best = min(found, key=lambda o: o.fun)
    return np.exp(np.clip(best.x, LOW, HIGH)), best.fun


def lasso(Z, y):
    cv = LassoCV(cv=10 if len(y) >= 20 else 5, tol=1e-12, max_iter=1000000).fit(Z, y)
    at = Lasso(alpha=0.3 * cv.alphas_[0], tol=1e-14, max_iter=1000000).fit(Z, y)
    return dict(folds=10 if len(y) >= 20 else 5, strength=cv.alpha_, weights=list(cv.coef_), at=0.3 * cv.alphas_[0], at_weights=list(at.coef_))


def small(name, X, y, sizes):
    X, y = np.round(X, 6), np.round(y, 4)
    Z, c = standardized(X), y - y.mean()
    one, two = np.zeros(X.shape[1], int), np.repeat(np.arange(len(sizes)), sizes)
    case = dict(name=name, X=X.tolist(), y=y.tolist(), sizes=sizes, lasso=lasso(Z, y))
    for label, g in (("one", one), ("two", two)):
        k = g.max() + 1
        s, value = best(lambda q: np.log(refits(np.exp(np.array(q)), g, Z, c)), k)
        case["loo_" + label] = dict(strengths=list(s), error=refits(s, g, Z, c))
        s, value = best(lambda q: -evidence(np.exp(np.array(q)), g, Z, c), k)
        case["evidence_" + label] = dict(strengths=list(s), log=-value)
    ridge = BayesianRidge(n_iter=100000, tol=1e-12, alpha_1=0, alpha_2=0, lambda_1=0, lambda_2=0, fit_intercept=False).fit(Z, c)
    case["bayesian_ridge"] = ridge.lambda_ / ridge.alpha_ / len(y)
    case["given"] = dict(error=refits(np.array([.3, .6]), two, Z, c), log=evidence(np.array([.3, .6]), two, Z, c))
    return case


def cases():
    r = np.random.RandomState(4)
    scales = 10.0 ** np.array([-3, 0, 6, 2, -2, 4])
    X = r.randn(40, 6)
    y = X @ [3, -2, 1, 0, .3, 0] + r.randn(40)
    yield small("other units", X * scales + 5 * scales, 1e4 + 100 * y, [3, 3])
    X = r.randn(30, 5)
    X[:, 1], X[:, 4] = 7, 1e5
    yield small("constant columns", X, X[:, 0] - .5 * X[:, 2] + .7 * r.randn(30), [2, 3])
    X = r.randn(20, 45)
    yield small("more columns than rows", X, X[:, :5] @ [2, -1, 1, 1, 2] + .5 * r.randn(20), [5, 40])
    X = r.randn(24, 4)
    yield small("no signal", X, r.randn(24), [2, 2])
    X = r.randn(25, 4)
    yield small("a copied column", X[:, [0, 1, 2, 3, 3]], X @ [1, 2, 0, 1] + r.randn(25), [2, 3])


def diabetes():
    X, y = load_diabetes(return_X_y=True)
    n = len(y)
    Z = standardized(X)
    columns = [Z[:, i] for i in range(10)] + [Z[:, i] ** 2 for i in range(10) if i != 1]
    Q = np.array(columns + [Z[:, i] * Z[:, j] for i, j in itertools.combinations(range(10), 2)]).T
    groups = dict(one=np.zeros(64, int), two=np.array([0] * 10 + [1] * 54), each=np.arange(64))

    def loo(q, g, Z, c):
        n = len(c)
        lam = n * np.exp(q[g])
        Ai = np.linalg.inv(Z.T @ Z + np.diag(lam))
        w, P = Ai @ (Z.T @ c), Z @ Ai
        rest = 1 - np.einsum("ij,ij->i", P, Z) - 1 / n
        e = (c - Z @ w) / rest
        slopes = 2 * np.mean(e[:, None] * (P * w - e[:, None] * P ** 2) / rest[:, None], 0) * lam
        return np.mean(e ** 2), np.bincount(g, slopes)

    def cost(q, g, Z, c):
        n = len(c)
        lam = n * np.exp(q[g])
        A = Z.T @ Z + np.diag(lam)
        Ai = np.linalg.inv(A)
        w = Ai @ (Z.T @ c)
        q2 = c @ (c - Z @ w)
        value = .5 * (n * np.log(q2 / n) + n + np.linalg.slogdet(A)[1] - np.log(lam).sum() + n * np.log(2 * np.pi))
        return value, np.bincount(g, .5 * (n * lam * w ** 2 / q2 - 1 + lam * np.diag(Ai)))

    def fit(loss, g, Z, c):
        k = g.max() + 1
        # Leave-one-out has several minima: the lowest of some starts.
        starts = itertools.product([1e-5, .01, .05, 1, 10], repeat=k) if k < 3 else [np.full(k, s) for s in (.002, .01, .05, .2)]
        o = min((minimize(loss, np.log(s), args=(g, Z, c), jac=True, method="L-BFGS-B", bounds=[(LOW, HIGH)] * k,
                          options=dict(maxiter=5000, maxfun=10000, ftol=1e-14, gtol=1e-9)) for s in starts), key=lambda o: o.fun)
        return np.exp(o.x), o.fun

    result = dict(whole={}, folds={})
    Zq, c = standardized(Q), y - y.mean()
    for judge, loss in (("loo", loo), ("evidence", cost)):
        for label, g in groups.items():
            s, value = fit(loss, g, Zq, c)
            result["whole"][judge + " " + label] = dict(value=value, strengths=list(s) if len(s) < 3 else [])
    result["whole"]["lasso"] = dict(strength=LassoCV(cv=10, tol=1e-10, max_iter=1000000).fit(Zq, y).alpha_)
    for f in range(10):
        a = np.arange(n) % 10 != f
        A, B = standardized(Q[a], Q[~a])
        ya = y[a] - y[a].mean()

        def record(name, w):
            result["folds"].setdefault(name, []).append(np.mean((y[~a] - y[a].mean() - B @ w) ** 2))

        for judge, loss in (("loo", loo), ("evidence", cost)):
            for label, g in groups.items():
                s, _ = fit(loss, g, A, ya)
                record(judge + " " + label, np.linalg.solve(A.T @ A + np.diag(len(ya) * s[g]), A.T @ ya))
        record("least squares of 64", np.linalg.lstsq(A, ya, rcond=None)[0])
        record("least squares of 10", np.r_[np.linalg.lstsq(A[:, :10], ya, rcond=None)[0], np.zeros(54)])
        record("lasso", LassoCV(cv=10, tol=1e-8, max_iter=1000000).fit(A, ya).coef_)
    return result


with open("strengths.json", "w") as file:
    json.dump(dict(cases=list(cases()), diabetes=diabetes()), file)

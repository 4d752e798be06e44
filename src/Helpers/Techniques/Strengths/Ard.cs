using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// Automatic relevance determination: one precision for each weight, all judged by the evidence. What does not matter gets ∞.
/// </summary>
/// <remarks>
/// With A = Λ + αX'X and m = αA⁻¹X'y: γ_i = 1 − λ_i·(A⁻¹)_ii, λ_i = γ_i/m_i², α = (n − Σγ)/‖y − Xm‖², from λ = 1 for features and a target
/// of variance 1, so that no unit matters. With more columns than rows the evidence has several maxima; this is the one that scikit-learn
/// finds on standardised features. Copies of a feature share its weight.
/// Judge: a normalised likelihood. Sources: MacKay 1994; Tipping 2001; scikit-learn's ARDRegression without priors.
/// </remarks>
public static class Ard
{
    /// <summary>Where a precision, in units of variance 1, is on its way to infinity.</summary>
    const double Irrelevant = 1e10;

    const int MaxRounds = 20_000;

    /// <summary>The precisions of the largest evidence, and the features that remain.</summary>
    /// <param name="X">Features, shape (n, d), in any unit; more columns than rows, and columns that do not vary, may be among
    /// them.</param>
    /// <param name="y">Target, shape (n,) or (n, 1).</param>
    /// <exception cref="JudgeException">There is nothing to judge by, or the features give the target exactly.</exception>
    /// <exception cref="NumericException">It has not converged after 20000 rounds.</exception>
    public static ArdFit Maximize(Operand X, Operand y)
    {
        var data = CentredData.Of("Ard", X, y);
        var units = tf.sqrt(tf.reduce_mean(tf.square(data.X), axis: 0)).ToArray<double>();
        var unit = Math.Sqrt(data.Variance);
        int[] kept = [.. Enumerable.Range(0, data.Columns).Where(i => units[i] > 0)];
        var state = new State(tf.gather(data.X, kept, axis: 1) / tf.constant(Array.ConvertAll(kept, i => units[i])), data.Y / unit);
        for (var round = 1; round <= MaxRounds; round++)
        {
            var still = state.Update();
            var stays = Array.FindAll([.. Enumerable.Range(0, kept.Length)], i => state.Lambda[i] < Irrelevant);
            if (!(state.Alpha < 1e12))
                throw new JudgeException(
                    $"Ard: expected noise that the features do not explain. Received: {kept.Length} columns that give the {data.Rows} "
                        + "targets exactly, so that the precision of the noise grows without end. Take the weights of tf.linalg.lstsq, "
                            + "or fewer columns.");
            if (stays.Length < kept.Length)
            {
                kept = Array.ConvertAll(stays, i => kept[i]);
                state.Keep(stays);
                if (kept.Length > 0) continue;
            }
            else if (!still) continue;
            state.Solve();
            return Result(data, state, kept, units, unit, round);
        }
        throw new NumericException(
            $"Ard: expected convergence within {MaxRounds} rounds. Received: precisions that still change. "
                + "Leave out columns that are nearly copies of others.");
    }

    static ArdFit Result(CentredData data, State state, int[] kept, double[] units, double unit, int rounds)
    {
        double[] lambda = [.. Enumerable.Repeat(double.PositiveInfinity, data.Columns)], gamma = new double[data.Columns],
            weights = new double[data.Columns];
        for (var k = 0; k < kept.Length; k++)
        {
            var scale = units[kept[k]] / unit;
            (lambda[kept[k]], gamma[kept[k]], weights[kept[k]]) = (state.Lambda[k] * scale * scale, state.Gamma[k], state.Mean[k] / scale);
        }
        var w = tf.constant(weights);
        return new(state.Alpha / (unit * unit), lambda, gamma, state.LogEvidence() - data.Rows * Math.Log(unit), w, data.Intercept(w), kept,
            rounds);
    }

    /// <summary>The model of the features that are left, all of variance 1.</summary>
    sealed class State(Tensor x, Tensor y)
    {
        Tensor x = x;

        public double Alpha { get; private set; } = 1;

        public double[] Lambda { get; private set; } = [.. Enumerable.Repeat(1.0, x.shape[1])];

        public double[] Gamma { get; private set; } = [];

        public double[] Mean { get; private set; } = [];

        int Rows => y.size;

        /// <summary>One round of the rules; whether it changed nothing.</summary>
        public bool Update()
        {
            Solve();
            double[] next = [.. Gamma.Zip(Mean, (g, m) => g / (m * m))];
            var alpha = (Rows - Gamma.Sum()) / Squares();
            var change = Math.Abs(Math.Log(alpha / Alpha)) + next.Zip(Lambda, (a, b) => Math.Abs(Math.Log(a / b))).DefaultIfEmpty().Max();
            (Lambda, Alpha) = (next, alpha);
            return change < 1e-11;
        }

        public void Keep(int[] which)
        {
            Lambda = Array.ConvertAll(which, i => Lambda[i]);
            x = tf.gather(x, which, axis: 1);
        }

        /// <summary>m and γ at today's precisions.</summary>
        public void Solve()
        {
            if (Lambda.Length == 0)
            {
                (Gamma, Mean) = ([], []);
                return;
            }
            Tensor lambda = tf.constant(Lambda), column = tf.expand_dims(y, 1);
            if (Lambda.Length <= Rows)
            {
                var chol = tf.linalg.cholesky(tf.linalg.diag(lambda) + Alpha * tf.matmul(x, x, transpose_a: true));
                var inverse = tf.linalg.cholesky_solve(chol, tf.eye(Lambda.Length, dtype: tf.float64));
                Mean = (Alpha * tf.matmul(inverse, tf.matmul(x, column, transpose_a: true))).ToArray<double>();
                Gamma = (1.0 - lambda * tf.linalg.diag_part(inverse)).ToArray<double>();
                return;
            }
            // Woodbury: a system of as many rows as there are, where columns are more.
            var covariance = tf.linalg.cholesky(tf.eye(Rows, dtype: tf.float64) / Alpha + tf.matmul(x / lambda, x, transpose_b: true));
            Mean = (tf.linalg.matvec(x, tf.linalg.cholesky_solve(covariance, column)[.., 0], transpose_a: true) / lambda).ToArray<double>();
            Gamma = (tf.reduce_sum(x * tf.linalg.cholesky_solve(covariance, x), axis: 0) / lambda).ToArray<double>();
        }

        public double LogEvidence() => Lambda.Length == 0 ? 0.5 * (Rows * Math.Log(Alpha / (2 * Math.PI)) - Alpha * Squares())
            : (double)Evidence.Log(x, y, Alpha, tf.constant(Lambda));

        double Squares() => (double)tf.reduce_sum(tf.square(Mean.Length == 0 ? y : y - tf.linalg.matvec(x, tf.constant(Mean))));
    }
}

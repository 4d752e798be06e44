using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>What <see cref="LeaveOneOut.Minimize"/> found.</summary>
/// <param name="Lambdas">
/// λ in ‖y − Xw‖² + λ‖w‖² for each group of columns, at least 0; scikit-learn calls it alpha. 0: least squares, the shortest where several
/// fit alike.
/// </param>
/// <param name="Error">
/// The mean squared error on the rows left out (PRESS / n). The strengths were chosen by it, so new rows will have a larger one, the more
/// so the more strengths there are.
/// </param>
/// <param name="Weights">w of all rows, shape (d,).</param>
/// <param name="Intercept">What is added to Xw; 0 without an intercept.</param>
/// <param name="Rows">n.</param>
public sealed record LeaveOneOutFit(IReadOnlyList<double> Lambdas, double Error, Tensor Weights, double Intercept, int Rows)
{
    /// <summary>The only λ.</summary>
    /// <exception cref="InvalidOperationException">There are several.</exception>
    public double Lambda => Lambdas.Count == 1 ? Lambdas[0]
        : throw new InvalidOperationException($"Expected one strength. Received: {Lambdas.Count}. Read Lambdas.");

    /// <summary>λ / n for each group: the strength for <c>regularizers.l2</c> beside a mean squared error.</summary>
    public IReadOnlyList<double> Strengths => [.. Lambdas.Select(λ => λ / Rows)];
}

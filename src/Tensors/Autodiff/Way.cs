namespace Workbook.Tensors.Autodiff;

/// <summary>What lies between a variable and a loss.</summary>
/// <param name="Ops">The names of all ops on the way.</param>
/// <param name="Bends">The first ops on each way that are not linear in the variable.</param>
/// <param name="Divides">Whether something is divided by it, or a logarithm or root is taken of it, before anything keeps it above
/// 0.</param>
/// <param name="Exponentiates">Whether exp, or a map that begins with it, is applied to it.</param>
/// <param name="MeetsData">Whether it acts on rows or weights, and not only on a number such as a whole loss or penalty.</param>
public sealed record Way(IReadOnlySet<string> Ops, IReadOnlySet<string> Bends, bool Divides, bool Exponentiates, bool MeetsData);

using System.Runtime.CompilerServices;
using Workbook.Tensors;
using Xunit;

namespace Workbook.Tests.Tensors.Ops;

/// <summary>Every op against central differences, to second order, without any reference implementation.</summary>
public class OpTableTests
{
    /// <summary>What the stencil leaves is below 1e-9 for these functions; a wrong rule is off by far more.</summary>
    const double Tolerance = 1e-6;

    static readonly Dictionary<string, OpRow> Rows = OpTable.Rows.ToDictionary(r => r.Op);

    public static TheoryData<string> Ops => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ops))]
    public void First_and_second_gradients_agree_with_central_differences(string op)
    {
        foreach (var call in Rows[op].Cases)
        {
            var samples = new Samples(op + " weights");
            var inputs = call.Inputs();
            Tensor?[] cotangents = [.. call.Call(inputs).Select(y => samples.Weights(y.shape))];
            Tensor?[] tangents = [.. inputs.Select(x => samples.Weights(x.shape))];
            var derivatives = Derivatives.Of(call.Call, inputs, cotangents, tangents);
            for (var i = 0; i < inputs.Length; i++)
            {
                Agree($"{op} of {call}, gradient by input {i}", derivatives.First[i], inputs[i],
                    CentralDifferences.Gradient(xs => CentralDifferences.Dot(cotangents, call.Call(xs)), inputs, i));
                Agree($"{op} of {call}, second gradient by input {i}", derivatives.Second[i], inputs[i],
                    CentralDifferences.Gradient(
                        xs => CentralDifferences.Dot(tangents, Derivatives.FirstOf(call.Call, xs, xs, cotangents).First), inputs, i));
            }
        }
    }

    [Fact]
    public void Every_public_op_has_a_row_or_stands_among_those_without_gradient()
    {
        var ops = OpNames.Methods.Where(g => g.Any(m => GivesTensors(m.ReturnType))).Select(g => g.Key).Order().ToList();
        string[] known = [.. Rows.Keys, .. OpTable.WithoutGradient];
        Assert.Empty(ops.Except(known));
        Assert.Empty(known.Except(ops));
        Assert.Empty(Rows.Keys.Intersect(OpTable.WithoutGradient));
    }

    static bool GivesTensors(Type type) =>
        type == typeof(Tensor) || type == typeof(Tensor[])
            || (type.IsAssignableTo(typeof(ITuple)) && Array.Exists(type.GetGenericArguments(), GivesTensors));

    static void Agree(string what, Tensor? received, Tensor x, double[] differences)
    {
        var gradient = received is null ? new double[x.size] : received.ToArray<double>();
        Assert.Equal(x.shape, received?.shape ?? x.shape);
        var scale = Math.Max(1, gradient.Select(Math.Abs).DefaultIfEmpty().Max());
        for (var i = 0; i < gradient.Length; i++)
            Assert.True(Math.Abs(gradient[i] - differences[i]) <= Tolerance * scale,
                $"{what}[{i}]: by differences {differences[i]:R}. Received: {gradient[i]:R}. At {x}. "
                    + $"All received: {string.Join(" ", gradient)}; by differences: {string.Join(" ", differences)}.");
    }
}

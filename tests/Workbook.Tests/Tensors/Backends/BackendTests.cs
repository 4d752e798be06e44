using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tests.Tensors.Ops;
using Workbook.Tests.Tensors.TensorFlow;
using Xunit;

namespace Workbook.Tests.Tensors.Backends;

/// <summary>The seam: a second backend that shares no code runs everything, and both agree.</summary>
public class BackendTests
{
    public static IEnumerable<TheoryDataRow<string>> Cases => TensorFlowTests.Cases;

    public static TheoryData<string> Ops => [.. OpTable.Rows.Select(r => r.Op)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_reference_backend_agrees_with_TensorFlow(string id)
    {
        using (Backend.Use(new ReferenceBackend())) new TensorFlowTests().An_op_gives_the_values_gradients_and_errors_of_TensorFlow(id);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void Both_backends_agree_on_values_and_gradients(string op)
    {
        foreach (var call in OpTable.Rows.Single(r => r.Op == op).Cases)
        {
            var inputs = call.Inputs();
            Derivatives Run()
            {
                var samples = new Samples(op + " weights");
                Tensor?[] cotangents = [.. call.Call(inputs).Select(y => samples.Weights(y.shape))];
                Tensor?[] tangents = [.. inputs.Select(x => samples.Weights(x.shape))];
                return Derivatives.Of(call.Call, inputs, cotangents, tangents);
            }
            var ours = Run();
            Derivatives theirs;
            using (Backend.Use(new ReferenceBackend())) theirs = Run();
            Agree(ours.Outputs, theirs.Outputs);
            Agree(ours.First, theirs.First);
            Agree(ours.Second, theirs.Second);
        }
    }

    /// <summary>Sums run in another order, so the last bits of float64 may differ.</summary>
    static void Agree(Tensor?[] ours, Tensor?[] theirs)
    {
        Assert.Equal(ours.Length, theirs.Length);
        for (var k = 0; k < ours.Length; k++)
        {
            Assert.Equal(ours[k] is null, theirs[k] is null);
            if (ours[k] is null) continue;
            Assert.Equal(ours[k]!.shape, theirs[k]!.shape);
            var (a, b) = (ours[k]!.ToArray<double>(), theirs[k]!.ToArray<double>());
            var scale = Math.Max(1, a.Select(Math.Abs).DefaultIfEmpty().Max());
            for (var i = 0; i < a.Length; i++)
                Assert.True(Math.Abs(a[i] - b[i]) <= 1e-11 * scale || a[i].Equals(b[i]), $"[{i}]: {a[i]:R} and {b[i]:R}");
        }
    }
}

using Workbook.Tensors;
using Workbook.Tensors.Backends.Kernels;
using Workbook.Tensors.TensorFlow.Eager;
using Xunit;

namespace Workbook.Tests.TensorFlow;

/// <summary>Which kernels TensorFlow executes, and which it leaves to the embedded engine.</summary>
public class CoverageTests
{
    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void The_page_lists_the_kernels_that_TensorFlow_does_not_execute()
    {
        var listed = File.ReadAllLines(Repository.File("docs/tensorflow.md"))
            .Where(l => l.StartsWith("| kernel `", StringComparison.Ordinal)).Select(l => string.Join('|', l.Split('|')[1..3]).Trim())
                .Order();
        var left = new List<string>();
        using (InstalledTensorFlow.Use())
            foreach (var kernel in Kernels.All.Values.Where(k => k is not UpdateKernel))
            {
                var dtypes = Kernels.DTypes(kernel).Where(d => !IsByTensorFlow(kernel.Op, d)).Select(d => d.Name()).ToList();
                if (dtypes.Count > 0) left.Add($"kernel `{kernel.Op}` | {string.Join(", ", dtypes)}");
            }
        Assert.Equal(left.Order(), listed);
    }

    static bool IsByTensorFlow(string op, DType dtype)
    {
        var x = tf.cast(tf.eye(2), dtype);
        return Kernels.Execute(Kernels.All[op], x, tf.ones((2, 2), dtype), x.shape, [0]).Storage is EagerTensor;
    }
}

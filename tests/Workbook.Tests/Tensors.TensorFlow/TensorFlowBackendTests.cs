using Workbook.Tensors;
using Workbook.Tensors.Backends;
using Workbook.Tensors.Backends.Kernels;
using Workbook.Tensors.TensorFlow;
using Workbook.Tensors.TensorFlow.Loading;
using Workbook.Tests.Host;
using Workbook.Tests.Tensors;
using Xunit;

namespace Workbook.Tests.TensorFlow;

public class TensorFlowBackendTests
{
    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void The_name_tells_version_and_devices() => Assert.Matches(@"^TensorFlow 2\.\d+.* \(CPU:0", InstalledTensorFlow.Backend.Name);

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void Tensors_of_one_engine_are_inputs_of_the_other()
    {
        Tensor ours = tf.constant(new[,] { { 1.0, 2 }, { 3, 4 } }), theirs;
        using (InstalledTensorFlow.Use()) theirs = tf.matmul(ours, ours, transpose_a: true);
        Arrays.Same(tf.reshape(theirs, 4) + 1, 4, 11.0, 15, 15, 21);
        using (InstalledTensorFlow.Use()) Arrays.Same(tf.reshape(theirs, 4) + 1, 4, 11.0, 15, 15, 21);
    }

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void A_variable_that_TensorFlow_has_read_can_be_updated_by_the_embedded_engine()
    {
        var v = tf.Variable(new[] { 1.0, 2 });
        using (InstalledTensorFlow.Use()) Arrays.Same(tf.square(v), 2, 1.0, 4);
        Backend.Current.Update(Updates.Descent, v, tf.ones(2, tf.float64), null, null, [1]);
        using (InstalledTensorFlow.Use()) Arrays.Same(tf.square(v), 2, 0.0, 1);
    }

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [InlineData(DType.Float32, 1e-6)]
    [InlineData(DType.Float64, 1e-14)]
    public void The_rules_of_optimizers_as_ops_are_those_of_the_embedded_engine(DType dtype, double tolerance)
    {
        foreach (var rule in new[] { Updates.Descent, Updates.Adam })
        {
            Variable[] Start() =>
                [tf.Variable(tf.cast(new[] { 1.0, -2, 3 }, dtype)), tf.Variable(tf.zeros(3, dtype)), tf.Variable(tf.zeros(3, dtype))];
            var (ours, theirs) = (Start(), Start());
            for (var step = 1; step <= 5; step++)
            {
                var g = tf.cast(new[] { 0.5, -step, 1e-3 }, dtype);
                double[] numbers = [0.1 / step, 0.9, 0.999, 1e-7];
                Backend.Current.Update(rule, ours[0], g, ours[1], ours[2], numbers);
                using (InstalledTensorFlow.Use())
                    Assert.True(InstalledTensorFlow.Backend.UpdateByOps(rule, theirs[0], g, theirs[1], theirs[2], numbers));
            }
            for (var i = 0; i < 3; i++) Arrays.Near(ours[i].value(), theirs[i].value(), tolerance);
        }
    }

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void An_op_that_TensorFlow_lacks_is_named() =>
        Assert.StartsWith("MatMulOfTomorrow: this TensorFlow has no such op", Assert.Throws<EngineException>(() =>
        {
            using var op = InstalledTensorFlow.Backend.Op("MatMulOfTomorrow"u8);
        }).Message, StringComparison.Ordinal);

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void An_op_that_fails_is_named() =>
        Assert.StartsWith("AddV2: TensorFlow says InvalidArgument", Assert.Throws<EngineException>(() =>
        {
            using var op = InstalledTensorFlow.Backend.Op(Workbook.Tensors.TensorFlow.OpNames.Zip["add"]);
            op.Add(tf.ones(2)).Add(tf.ones(3)).Run(2, DType.Float32);
        }).Message, StringComparison.Ordinal);

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void What_does_not_fit_into_memory_raises_and_the_engine_goes_on()
    {
        var backend = InstalledTensorFlow.Backend;
        Assert.Throws<OutOfMemoryException>(() =>
        {
            // 2^60 bytes: more than any machine has.
            using var op = backend.Op("Fill"u8);
            op.Add([1 << 30, 1 << 28]).Add(tf.constant(1.0f)).Run(Shape.Scalar, DType.Float32);
        });
        using (InstalledTensorFlow.Use()) Assert.Equal(3, (double)(tf.constant(1.0) + 2.0));
    }

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void A_second_library_is_refused_and_the_first_known_by_any_path()
    {
        var backend = InstalledTensorFlow.Backend;
        using var sandbox = new Sandbox();
        var folder = Path.GetDirectoryName(Path.GetFullPath(InstalledTensorFlow.File))!;
        Directory.CreateSymbolicLink(sandbox.At("link"), folder);
        foreach (var same in new[] { null, "", InstalledTensorFlow.File, folder, folder + Path.DirectorySeparatorChar, sandbox.At("link"),
            Path.GetRelativePath(".", folder) }) Assert.Same(backend, Load(same));
        sandbox.Write(LibrarySearch.Names[0], "another");
        Assert.Contains("One library serves a process", Assert.Throws<EngineException>(() => Load(sandbox.Folder)).Message,
            StringComparison.Ordinal);
        foreach (var wrong in new[] { folder[..^1], Path.GetDirectoryName(folder)! })
            Assert.Contains($"Received: {wrong}", Assert.Throws<EngineException>(() => Load(wrong)).Message, StringComparison.Ordinal);
    }

    static TensorFlowBackend Load(string? path) => TensorFlowBackend.Load(path);

    [Fact(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    public void Several_threads_use_it_at_once()
    {
        var backend = InstalledTensorFlow.Backend;
        var sums = new double[8];
        Parallel.For(0, sums.Length, i =>
        {
            using var use = Backend.Use(backend);
            var x = tf.ones((10, 10)) * i;
            for (var k = 0; k < 50; k++) x = tf.matmul(x, tf.eye(10));
            sums[i] = (double)tf.reduce_sum(x);
        });
        Assert.Equal(Enumerable.Range(0, 8).Select(i => 100.0 * i), sums);
    }
}

using System.Collections;
using System.Reflection;
using Workbook.Tests.Helpers.Judges;
using Workbook.Tests.Helpers.Techniques;
using Workbook.Tests.Keras.Golden;
using Xunit;
using Xunit.v3;

namespace Workbook.Tests.TensorFlow;

/// <summary>
/// What holds for the embedded engine holds for TensorFlow behind the same ops: the tests of ops, tape, Keras and judges, run again on it.
/// </summary>
/// <remarks>In several classes, so that they run side by side.</remarks>
static class Repeated
{
    /// <summary>Of runs of thousands of steps, every eighth; WORKBOOK_TENSORFLOW_TESTS=all for all.</summary>
    const int Share = 8;

    static readonly HashSet<string> Long =
    [
        nameof(TensorFlowFitTests), nameof(TensorFlowLoopTests), nameof(EvidenceReferenceTests), nameof(HypergradientReferenceTests),
            nameof(LossWeightsReferenceTests), nameof(MultiplierTests), nameof(LearnedKernelTests),
    ];

    /// <summary>Tests of the embedded engine's own kernels, memory and seam.</summary>
    static readonly HashSet<string> Own =
    [
        nameof(Workbook.Tests.Tensors.Backends.KernelTests), nameof(Workbook.Tests.Tensors.Backends.MatrixProductTests),
            nameof(Workbook.Tests.Tensors.Backends.BackendTests),
        // They run on threads of their own, where the engine was not changed.
        nameof(Workbook.Tests.Tensors.Ops.ShapePropertyTests), nameof(Workbook.Tests.Tensors.Autodiff.GradientPropertyTests),
        nameof(Workbook.Tests.Tensors.Backends.MemoryTests.A_training_step_allocates_little),
        // The bits of one pass are the embedded engine's own, and so is what it does with numbers too small for float32.
        nameof(Workbook.Tests.Keras.Optimizers.FusedUpdateTests),
        // TensorFlow takes the NaN; docs/differences.md lists it.
        nameof(Workbook.Tests.Tensors.Ops.PositionTests.An_infinite_number_wins_over_NaN_too),
        nameof(Workbook.Tests.Keras.Layers.WindowLayerTests.A_maximum_passes_NaN_on),
        // They read and write files, which no engine sees, and unpack samples once for all of a class.
        nameof(Workbook.Tests.Keras.Saving.KerasFileTests), nameof(Workbook.Tests.Keras.Saving.BadFileTests),
        nameof(Workbook.Tests.Keras.Saving.ConfigTests),
    ];

    static readonly Dictionary<string, (MethodInfo Test, object?[] Arguments)> All = Find();

    /// <summary>The names of those that lie in a namespace of the tests, but not in a part of it that is left to others.</summary>
    public static IEnumerable<TheoryDataRow<string>> Tests(string home, params string[] others)
    {
        var names = All.Where(t => Lies(t.Value.Test, home) && !others.Any(o => Lies(t.Value.Test, o))).Select(t => t.Key);
        return InstalledTensorFlow.Rows([.. names]).Select(name => new TheoryDataRow<string>(name) { Label = name });
    }

    static bool Lies(MethodInfo test, string home) =>
        $"{test.DeclaringType!.Namespace}.".StartsWith($"Workbook.Tests.{home}.", StringComparison.Ordinal);

    public static void Run(string name)
    {
        var (test, arguments) = All[name];
        var instance = Activator.CreateInstance(test.DeclaringType!);
        using (InstalledTensorFlow.Use())
        using (instance as IDisposable)
            test.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    static Dictionary<string, (MethodInfo, object?[])> Find()
    {
        var found = new Dictionary<string, (MethodInfo, object?[])>();
        string[] homes = ["Workbook.Tests.Tensors", "Workbook.Tests.Keras", "Workbook.Tests.Helpers.Judges",
            "Workbook.Tests.Helpers.Techniques", "Workbook.Tests.Helpers.Variables"];
        foreach (var type in typeof(Repeated).Assembly.GetTypes()
            .Where(t => homes.Any(h => t.Namespace?.StartsWith(h, StringComparison.Ordinal) == true) && !Own.Contains(t.Name)))
            // An engine is chosen for a thread; a test that awaits may go on in another one.
            foreach (var method in type.GetMethods()
                .Where(m => m.ReturnType == typeof(void) && m.GetCustomAttribute<FactAttribute>() is not null && !Own.Contains(m.Name)))
            {
                var rows = method.GetCustomAttributes().SelectMany(a => Rows(a, type)).ToList();
                if (rows.Count == 0) rows.Add([]);
                foreach (var (row, i) in rows.Select((r, i) => (r, i)))
                    if (InstalledTensorFlow.Everything || !Long.Contains(type.Name) || i % Share == 0)
                        found.Add(
                            $"{type.Name}.{method.Name}({string.Join(", ", row.Select(a => a is IEnumerable and not string ? $"#{i}" : a))})", (method, row));
            }
        return found;
    }

    static IEnumerable<object?[]> Rows(System.Attribute attribute, Type type) => attribute switch
    {
        InlineDataAttribute inline => [inline.Data!],
        MemberDataAttribute member => ((IEnumerable)Value(type, member.MemberName)).Cast<object>()
            .Select(r => r is ITheoryDataRow row ? row.GetData() : (object?[])r),
        _ => [],
    };

    static object Value(Type type, string member) =>
        type.GetProperty(member, BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
        ?? throw new InvalidOperationException(
            $"Expected a public static property {type.Name}.{member} that makes the rows of its theories. Received: none.");
}

[Trait("speed", "slow")]
public class RepeatedTensorTests
{
    public static IEnumerable<TheoryDataRow<string>> Tests => Repeated.Tests("Tensors");

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Tests))]
    public void It_holds_on_TensorFlow_too(string name) => Repeated.Run(name);
}

[Trait("speed", "slow")]
public class RepeatedLayerTests
{
    public static IEnumerable<TheoryDataRow<string>> Tests => Repeated.Tests("Keras.Layers");

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Tests))]
    public void It_holds_on_TensorFlow_too(string name) => Repeated.Run(name);
}

[Trait("speed", "slow")]
public class RepeatedKerasTests
{
    public static IEnumerable<TheoryDataRow<string>> Tests => Repeated.Tests("Keras", "Keras.Layers");

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Tests))]
    public void It_holds_on_TensorFlow_too(string name) => Repeated.Run(name);
}

[Trait("speed", "slow")]
public class RepeatedHelperTests
{
    public static IEnumerable<TheoryDataRow<string>> Tests => Repeated.Tests("Helpers");

    [Theory(Skip = InstalledTensorFlow.Reason, SkipUnless = nameof(InstalledTensorFlow.Exists), SkipType = typeof(InstalledTensorFlow))]
    [MemberData(nameof(Tests))]
    public void It_holds_on_TensorFlow_too(string name) => Repeated.Run(name);
}

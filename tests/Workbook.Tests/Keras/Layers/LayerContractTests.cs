using System.Reflection;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Layers;

/// <summary>One row per layer; a layer without a row fails the last test.</summary>
public class LayerContractTests
{
    static readonly Dictionary<string, LayerContract> rows = new()
    {
        ["Dense"] = new(() => layers.Dense(3, activation: "tanh"), [5], 3, [(5, 3), 3], 2),
        ["Dense of a sequence"] = new(() => layers.Dense(3, use_bias: false), [(2, 5)], (2, 3), [(5, 3)], 1),
        ["Activation"] = new(() => layers.Activation("softplus"), [5], 5, [], 0),
        ["ReLU"] = new(() => layers.ReLU(max_value: 2, negative_slope: 0.1, threshold: 0.1), [5], 5, [], 0),
        ["LeakyReLU"] = new(() => layers.LeakyReLU(), [5], 5, [], 0),
        ["LeakyReLU with a learned slope"] = new(() => layers.LeakyReLU(Learned(0.2)), [5], 5, [Shape.Scalar], 1),
        ["PReLU"] = new(() => layers.PReLU(), [(2, 5)], (2, 5), [(2, 5)], 1),
        ["PReLU with shared axes"] = new(() => layers.PReLU(shared_axes: [1]), [(2, 5)], (2, 5), [(1, 5)], 1),
        ["ELU"] = new(() => layers.ELU(Learned(0.7)), [5], 5, [Shape.Scalar], 1),
        ["Softmax"] = new(() => layers.Softmax(), [5], 5, [], 0),
        ["Dropout"] = new(() => layers.Dropout(0.2), [5], 5, [], 0),
        ["GaussianNoise"] = new(() => layers.GaussianNoise(0.01), [5], 5, [], 0),
        ["BatchNormalization"] = new(() => layers.BatchNormalization(), [5], 5, [5, 5, 5, 5], 2),
        ["LayerNormalization"] = new(() => layers.LayerNormalization(), [5], 5, [5, 5], 2),
        ["LayerNormalization over two axes"] = new(() => layers.LayerNormalization(axis: [1, 2]), [(2, 5)], (2, 5), [(2, 5), (2, 5)], 2),
        ["Embedding"] = new(() => layers.Embedding(3, 4), [2], (2, 4), [(3, 4)], 1, Whole: true),
        ["Flatten"] = new(() => layers.Flatten(), [(2, 3)], 6, [], 0),
        ["Reshape"] = new(() => layers.Reshape((3, -1)), [(2, 3)], (3, 2), [], 0),
        ["Rescaling"] = new(() => layers.Rescaling(Learned(0.5), 0.1), [5], 5, [Shape.Scalar], 1),
        ["Normalization"] = new(() => layers.Normalization(), [5], 5, [5, 5], 0),
        ["Lambda"] = new(() => layers.Lambda(Power(Learned(1.5))), [5], 5, [Shape.Scalar], 1),
        ["Concatenate"] = new(() => layers.Concatenate(), [3, 2], 5, [], 0),
        ["Add"] = new(() => layers.Add(), [5, 5, 5], 5, [], 0),
        ["Subtract"] = new(() => layers.Subtract(), [5, 5], 5, [], 0),
        ["Multiply"] = new(() => layers.Multiply(), [5, 5], 5, [], 0),
        ["Average"] = new(() => layers.Average(), [5, 5], 5, [], 0),
        ["Maximum"] = new(() => layers.Maximum(), [5, 5], 5, [], 0),
        ["Minimum"] = new(() => layers.Minimum(), [5, 5], 5, [], 0),
        ["Sequential"] = new(() => keras.Sequential([layers.Dense(4, activation: "tanh"), layers.Dense(3)]), [5], 3, [(5, 4), 4, (4, 3), 3],
            4),
    };

    public static TheoryData<string> Names => [.. rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_builds_runs_differentiates_and_trains(string name) => rows[name].Check();

    [Fact]
    public void Every_layer_has_a_row() =>
        Assert.Empty(
            typeof(keras.layers).GetMethods(BindingFlags.Public | BindingFlags.Static)
                .Where(m => typeof(Layer).IsAssignableFrom(m.ReturnType)).Select(m => m.Name).Distinct()
                    .Except(rows.Keys.Select(k => k.Split(' ')[0])));

    static Variable Learned(double value) => tf.Variable(value, dtype: keras.config.floatx());

    static Func<Tensor, Tensor> Power(Variable p) => x => tf.math.signed_pow(x, p);
}

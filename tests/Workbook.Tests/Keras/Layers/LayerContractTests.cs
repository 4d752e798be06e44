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
        ["Identity"] = new(() => layers.Identity(), [5], 5, [], 0),
        ["ActivityRegularization"] = new(() => layers.ActivityRegularization(0.01, 0.02), [5], 5, [], 0),
        ["AdditiveAttention"] = new(() => layers.AdditiveAttention(), [(3, 2), (4, 2)], (3, 2), [2], 1),
        ["Dropout of whole features"] = new(() => layers.Dropout(0.1, noise_shape: [-1, 1, -1]), [(3, 5)], (3, 5), [], 0),
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
        ["LearnedOperation"] = new(() => layers.LearnedOperation("multiply", new Shape(5)), [5], 5, [new(5)], 1),
        ["Normalization"] = new(() => layers.Normalization(), [5], 5, [5, 5], 0),
        ["Lambda"] = new(() => layers.Lambda(Power(Learned(1.5))), [5], 5, [Shape.Scalar], 1),
        ["Concatenate"] = new(() => layers.Concatenate(), [3, 2], 5, [], 0),
        ["Add"] = new(() => layers.Add(), [5, 5, 5], 5, [], 0),
        ["Subtract"] = new(() => layers.Subtract(), [5, 5], 5, [], 0),
        ["Multiply"] = new(() => layers.Multiply(), [5, 5], 5, [], 0),
        ["Average"] = new(() => layers.Average(), [5, 5], 5, [], 0),
        ["Maximum"] = new(() => layers.Maximum(), [5, 5], 5, [], 0),
        ["Minimum"] = new(() => layers.Minimum(), [5, 5], 5, [], 0),
        ["Conv2D"] = new(() => layers.Conv2D(3, 2, activation: "tanh"), [(4, 3, 2)], (3, 2, 3), [(2, 2, 2, 3), 3], 2),
        ["Conv2D with strides and zeros around"] = new(() => layers.Conv2D(2, (3, 2), strides: (2, 1), padding: "same", use_bias: false),
            [(5, 4, 1)], (3, 4, 2), [(3, 2, 1, 2)], 1),
        ["Conv2D dilated, in groups"] = new(() => layers.Conv2D(4, 2, dilation_rate: (1, 2), groups: 2), [(3, 4, 2)], (2, 2, 4),
            [(2, 2, 1, 4), 4], 2),
        ["Conv1D"] = new(() => layers.Conv1D(3, 2, strides: 2, activation: "softplus"), [(5, 2)], (2, 3), [(2, 2, 3), 3], 2),
        ["Conv1D causal"] = new(() => layers.Conv1D(2, 3, padding: "causal", dilation_rate: 2), [(5, 2)], (5, 2), [(3, 2, 2), 2], 2),
        ["Conv1DTranspose"] = new(() => layers.Conv1DTranspose(2, 3, strides: 2), [(3, 2)], (7, 2), [(3, 2, 2), 2], 2),
        ["Conv2DTranspose"] = new(() => layers.Conv2DTranspose(2, (3, 2), strides: 2, padding: "same", activation: "tanh"), [(2, 3, 2)],
            (4, 6, 2), [(3, 2, 2, 2), 2], 2),
        ["DepthwiseConv1D"] = new(() => layers.DepthwiseConv1D(2, depth_multiplier: 2), [(4, 2)], (3, 4), [(2, 2, 2), 4], 2),
        ["DepthwiseConv2D"] = new(() => layers.DepthwiseConv2D(2, padding: "same"), [(3, 3, 3)], (3, 3, 3), [(2, 2, 3, 1), 3], 2),
        ["SeparableConv1D"] = new(() => layers.SeparableConv1D(3, 2), [(4, 2)], (3, 3), [(2, 2, 1), (1, 2, 3), 3], 3),
        ["SeparableConv2D"] = new(() => layers.SeparableConv2D(2, 2, depth_multiplier: 2), [(3, 3, 2)], (2, 2, 2),
            [(2, 2, 2, 2), (1, 1, 4, 2), 2], 3),
        ["MaxPooling1D"] = new(() => layers.MaxPooling1D(3, strides: 1, padding: "same"), [(5, 2)], (5, 2), [], 0),
        ["MaxPooling2D"] = new(() => layers.MaxPooling2D(), [(5, 4, 2)], (2, 2, 2), [], 0),
        ["AveragePooling1D"] = new(() => layers.AveragePooling1D(2), [(5, 2)], (2, 2), [], 0),
        ["AveragePooling2D"] = new(() => layers.AveragePooling2D((2, 3), strides: 1, padding: "same"), [(3, 4, 2)], (3, 4, 2), [], 0),
        ["GlobalMaxPooling1D"] = new(() => layers.GlobalMaxPooling1D(), [(5, 3)], 3, [], 0),
        ["GlobalMaxPooling2D"] = new(() => layers.GlobalMaxPooling2D(keepdims: true), [(3, 2, 3)], (1, 1, 3), [], 0),
        ["GlobalAveragePooling1D"] = new(() => layers.GlobalAveragePooling1D(), [(5, 3)], 3, [], 0),
        ["GlobalAveragePooling2D"] = new(() => layers.GlobalAveragePooling2D(), [(3, 2, 3)], 3, [], 0),
        ["ZeroPadding2D"] = new(() => layers.ZeroPadding2D(((1, 0), (2, 1))), [(2, 2, 2)], (3, 5, 2), [], 0),
        ["Cropping2D"] = new(() => layers.Cropping2D((0, 1)), [(2, 4, 2)], (2, 2, 2), [], 0),
        ["UpSampling2D"] = new(() => layers.UpSampling2D((1, 2)), [(2, 2, 2)], (2, 4, 2), [], 0),
        ["UpSampling2D bilinear"] = new(() => layers.UpSampling2D(2, interpolation: "bilinear"), [(2, 3, 1)], (4, 6, 1), [], 0),
        ["Permute"] = new(() => layers.Permute((2, 1)), [(2, 3)], (3, 2), [], 0),
        ["RepeatVector"] = new(() => layers.RepeatVector(3), [2], (3, 2), [], 0),
        ["SimpleRNN"] = new(() => layers.SimpleRNN(3), [(4, 2)], 3, [(2, 3), (3, 3), 3], 3),
        ["LSTM"] = new(() => layers.LSTM(2, return_sequences: true), [(3, 2)], (3, 2), [(2, 8), (2, 8), 8], 3),
        ["LSTM with a first state"] = new(() => layers.LSTM(2), [(3, 2), 2, 2], 2, [(2, 8), (2, 8), 8], 3),
        ["GRU"] = new(() => layers.GRU(2), [(3, 2)], 2, [(2, 6), (2, 6), (2, 6)], 3),
        ["GRU that resets before the product"] = new(() => layers.GRU(2, reset_after: false, go_backwards: true), [(3, 2)], 2,
            [(2, 6), (2, 6), 6], 3),
        ["Bidirectional"] = new(() => layers.Bidirectional(layers.LSTM(2)), [(3, 2)], 4, [(2, 8), (2, 8), 8, (2, 8), (2, 8), 8], 6),
        ["TimeDistributed"] = new(() => layers.TimeDistributed(layers.Dense(2, activation: "tanh")), [(3, 2)], (3, 2), [(2, 2), 2], 2),
        ["Masking"] = new(() => layers.Masking(5), [(3, 2)], (3, 2), [], 0),
        ["MultiHeadAttention"] = new(() => layers.MultiHeadAttention(2, 3), [(4, 3), (5, 2)], (4, 3),
            [(3, 2, 3), (2, 3), (2, 2, 3), (2, 3), (2, 2, 3), (2, 3), (2, 3, 3), 3], 8),
        ["Attention"] = new(() => layers.Attention(use_scale: true), [(3, 2), (4, 2)], (3, 2), [Shape.Scalar], 1),
        ["EinsumDense"] = new(() => layers.EinsumDense("abc,cd->abd", (-1, 3), bias_axes: "d"), [(2, 4)], (2, 3), [(4, 3), 3], 2),
        ["GroupNormalization"] = new(() => layers.GroupNormalization(2), [(3, 4)], (3, 4), [4, 4], 2),
        ["RMSNormalization"] = new(() => layers.RMSNormalization(), [5], 5, [5], 1),
        ["UnitNormalization"] = new(() => layers.UnitNormalization(), [5], 5, [], 0),
        ["Dot"] = new(() => layers.Dot(-1), [(3, 2), (4, 2)], (3, 4), [], 0),
        ["SpatialDropout1D"] = new(() => layers.SpatialDropout1D(0.1), [(3, 5)], (3, 5), [], 0),
        ["SpatialDropout2D"] = new(() => layers.SpatialDropout2D(0.1), [(2, 2, 5)], (2, 2, 5), [], 0),
        ["AlphaDropout"] = new(() => layers.AlphaDropout(0.05), [5], 5, [], 0),
        ["GaussianDropout"] = new(() => layers.GaussianDropout(0.05), [5], 5, [], 0),
        ["Sequential"] = new(() => keras.Sequential([layers.Dense(4, activation: "tanh"), layers.Dense(3)]), [5], 3, [(5, 4), 4, (4, 3), 3],
            4),
    };

    /// <summary>The rows, for tests of files.</summary>
    internal static IEnumerable<KeyValuePair<string, LayerContract>> Rows => rows;

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

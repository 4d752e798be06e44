using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Layers;

/// <summary>An axis that does not exist is refused with its range, wherever one can be given.</summary>
public class AxisTests
{
    static readonly Tensor X = tf.ones((2, 3)), Classes = tf.constant(new[,] { { 1f, 0, 0 }, { 0, 1, 0 } });

    static readonly Dictionary<string, Action<int>> places = new()
    {
        ["BatchNormalization"] = a => layers.BatchNormalization(axis: a).Apply(X),
        ["BatchNormalization, built before"] = a =>
        {
            var layer = layers.BatchNormalization(axis: a);
            if (a > 0) layer.Apply(tf.ones([2, 3, 3, 3, 3, 3]));
            layer.Apply(X);
        },
        ["BatchNormalization in a model"] = a => layers.BatchNormalization(axis: a).Apply(keras.Input(3)),
        ["Normalization"] = a => layers.Normalization(axis: a).Apply(X),
        ["Normalization, adapted"] = a => layers.Normalization(axis: a).adapt(X),
        ["Normalization, given"] = a => layers.Normalization(axis: a, mean: 0.0, variance: 1.0).Apply(X),
        ["LayerNormalization"] = a => layers.LayerNormalization(axis: a).Apply(X),
        ["LayerNormalization, two"] = a => layers.LayerNormalization(axis: new[] { 1, a }).Apply(X),
        ["Softmax"] = a => layers.Softmax(axis: a).Apply(X),
        ["Concatenate"] = a => layers.Concatenate(axis: a).Apply([X, X]),
        ["PReLU"] = a => layers.PReLU(shared_axes: [a]).Apply(X),
        ["activations.softmax"] = a => activations.softmax(X, a),
        ["activations.log_softmax"] = a => activations.log_softmax(X, a),
        ["CategoricalCrossentropy"] = a => losses.CategoricalCrossentropy(axis: a).Apply(Classes, X),
        ["CategoricalCrossentropy, smoothed"] = a => losses.CategoricalCrossentropy(label_smoothing: 0.1, axis: a).Apply(Classes, X),
        ["CategoricalCrossentropy, logits"] = a => losses.CategoricalCrossentropy(from_logits: true, axis: a).Apply(Classes, X),
        ["CategoricalFocalCrossentropy"] = a => losses.CategoricalFocalCrossentropy(axis: a).Apply(Classes, X),
        ["CategoricalFocalCrossentropy, smoothed"] = a => losses.CategoricalFocalCrossentropy(label_smoothing: 0.1, axis: a)
            .Apply(Classes, X),
        ["CosineSimilarity"] = a => losses.CosineSimilarity(axis: a).Apply(Classes, X),
        ["metrics.CosineSimilarity"] = a => metrics.CosineSimilarity(axis: a).Apply(Classes, X),
        ["MaxNorm"] = a => constraints.MaxNorm(2, axis: a).Apply(X),
        ["MinMaxNorm"] = a => constraints.MinMaxNorm(axis: a).Apply(X),
        ["UnitNorm"] = a => constraints.UnitNorm(axis: a).Apply(X),
        ["reduce_sum"] = a => tf.reduce_sum(X, a),
        ["reduce_mean"] = a => tf.reduce_mean(X, a),
        ["reduce_logsumexp"] = a => tf.reduce_logsumexp(X, a),
        ["reduce_std"] = a => tf.math.reduce_std(X, a),
        ["argmax"] = a => tf.argmax(X, a),
        ["argmin"] = a => tf.argmin(X, a),
        ["cumsum"] = a => tf.cumsum(X, a),
        ["softmax"] = a => tf.nn.softmax(X, a),
        ["log_softmax"] = a => tf.nn.log_softmax(X, a),
        ["softmax_cross_entropy_with_logits"] = a => tf.nn.softmax_cross_entropy_with_logits(Classes, X, a),
        ["l2_normalize"] = a => tf.nn.l2_normalize(X, a),
        ["moments"] = a => tf.nn.moments(X, a),
        ["norm"] = a => tf.norm(X, axis: a),
        ["norm of matrices"] = a => tf.norm(X, 1, axis: new[] { 0, a }),
        ["clip_by_norm"] = a => tf.clip_by_norm(X, 1, a),
        ["concat"] = a => tf.concat([X, X], a),
        ["stack"] = a => tf.stack([X, X], a),
        ["unstack"] = a => tf.unstack(X, a),
        ["split"] = a => tf.split(X, 3, a),
        ["split in lengths"] = a => tf.split(X, [1, 2], a),
        ["squeeze"] = a => tf.squeeze(X, a),
        ["expand_dims"] = a => tf.expand_dims(X, a),
        ["reverse"] = a => tf.reverse(X, a),
        ["transpose"] = a => tf.transpose(X, [0, a]),
        ["gather"] = a => tf.gather(X, new[] { 0 }, a),
        ["linspace"] = a => tf.linspace(X, X, 3, a),
        ["tensordot"] = a => tf.tensordot(X, X, [[a], [1]]),
    };

    public static TheoryData<string> Names => [.. places.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_axis_out_of_range_is_refused_with_the_range(string place)
    {
        foreach (var axis in new[] { 5, -7, int.MaxValue, int.MinValue })
        {
            var error = Assert.Throws<ShapeException>(() => places[place](axis));
            Assert.Contains($"Received: {axis}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_batch_is_no_axis_of_features()
    {
        Assert.Contains("that of the batch", Assert.Throws<ShapeException>(() => layers.BatchNormalization(axis: 0).Apply(X)).Message);
        Assert.Contains("that of the batch", Assert.Throws<ShapeException>(() => layers.Normalization(axis: -2).Apply(X)).Message);
        Assert.Contains("that of the batch", Assert.Throws<ShapeException>(() => layers.LayerNormalization(axis: 0).Apply(X)).Message);
        Assert.Contains("that of the batch", Assert.Throws<ShapeException>(() => layers.PReLU(shared_axes: [0]).Apply(X)).Message);
    }
}

namespace Workbook.Keras;

/// <summary>The ops of <c>tf</c> that change shapes, on values that a model will have. A length that depends on the batch is stated as −1.</summary>
public static class SymbolicShaping
{
    extension(tf)
    {
        /// <inheritdoc cref="tf.identity"/>
        public static KerasTensor identity(KerasOperand input) => Step.Of("identity", tf.identity, input);

        /// <inheritdoc cref="tf.stop_gradient"/>
        public static KerasTensor stop_gradient(KerasOperand input) => Step.Of("stop_gradient", tf.stop_gradient, input);

        /// <inheritdoc cref="tf.straight_through"/>
        public static KerasTensor straight_through(KerasOperand forward, KerasOperand x) => Step.Of("straight_through", tf.straight_through, forward, x);

        /// <inheritdoc cref="tf.cast"/>
        public static KerasTensor cast(KerasOperand x, DType dtype) => Step.Of("cast", t => tf.cast(t, dtype), x);

        /// <inheritdoc cref="tf.zeros_like"/>
        public static KerasTensor zeros_like(KerasOperand x, DType? dtype = null) => Step.Of("zeros_like", t => tf.zeros_like(t, dtype), x);

        /// <inheritdoc cref="tf.ones_like"/>
        public static KerasTensor ones_like(KerasOperand x, DType? dtype = null) => Step.Of("ones_like", t => tf.ones_like(t, dtype), x);

        /// <inheritdoc cref="tf.reshape"/>
        /// <exception cref="ShapeException">The first length is not −1: the batch of a model is not known beforehand.</exception>
        public static KerasTensor reshape(KerasOperand tensor, Shape shape) => shape.Rank > 0 && shape[0] == -1 ? Step.Of("reshape", t => tf.reshape(t, shape), tensor)
            : throw new ShapeException($"reshape: expected -1 as the first length, since the batch of a model is not known beforehand. Received: {shape}. State the other lengths and -1.");

        /// <inheritdoc cref="tf.transpose"/>
        public static KerasTensor transpose(KerasOperand a, int[]? perm = null) => Step.Of("transpose", t => tf.transpose(t, perm), a);

        /// <inheritdoc cref="tf.expand_dims"/>
        public static KerasTensor expand_dims(KerasOperand input, int axis) => Step.Of("expand_dims", t => tf.expand_dims(t, axis), input);

        /// <inheritdoc cref="tf.squeeze"/>
        public static KerasTensor squeeze(KerasOperand input, Axes? axis = null) => Step.Of("squeeze", t => tf.squeeze(t, axis), input);

        /// <inheritdoc cref="tf.tile"/>
        public static KerasTensor tile(KerasOperand input, int[] multiples) => Step.Of("tile", t => tf.tile(t, multiples), input);

        /// <inheritdoc cref="tf.concat"/>
        public static KerasTensor concat(IEnumerable<KerasOperand> values, int axis) => Step.OfMany("concat", xs => tf.concat(xs, axis), [.. values]);

        /// <inheritdoc cref="tf.stack"/>
        public static KerasTensor stack(IEnumerable<KerasOperand> values, int axis = 0) => Step.OfMany("stack", xs => tf.stack(xs, axis), [.. values]);

        /// <inheritdoc cref="tf.reverse"/>
        public static KerasTensor reverse(KerasOperand tensor, Axes axis) => Step.Of("reverse", t => tf.reverse(t, axis), tensor);

        /// <inheritdoc cref="tf.gather"/>
        public static KerasTensor gather(KerasOperand @params, KerasOperand indices, int axis = 0, int batch_dims = 0) => Step.Of("gather", (x, ids) => tf.gather(x, ids, axis, batch_dims), @params, indices);

        /// <inheritdoc cref="tf.one_hot"/>
        public static KerasTensor one_hot(KerasOperand indices, int depth, DType dtype = DType.Float32) => Step.Of("one_hot", ids => tf.one_hot(ids, depth, dtype: dtype), indices);

        /// <inheritdoc cref="tf.where(Operand, Operand, Operand)"/>
        public static KerasTensor where(KerasOperand condition, KerasOperand x, KerasOperand y) => Step.OfMany("where", xs => tf.where(xs[0], xs[1], xs[2]), condition, x, y);

        /// <inheritdoc cref="tf.matmul"/>
        public static KerasTensor matmul(KerasOperand a, KerasOperand b, bool transpose_a = false, bool transpose_b = false) => Step.Of("matmul", (x, y) => tf.matmul(x, y, transpose_a, transpose_b), a, b);
    }
}

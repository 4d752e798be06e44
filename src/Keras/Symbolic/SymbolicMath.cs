namespace Workbook.Keras;

/// <summary>The ops of <c>tf</c> and <c>tf.math</c> on values that a model will have. Each remembers the op itself and runs it anew in every step.</summary>
public static class SymbolicMath
{
    extension(MathOps)
    {
        /// <inheritdoc cref="MathOps.negative"/>
        public static KerasTensor negative(KerasOperand x) => Step.Of("negative", tf.negative, x);

        /// <inheritdoc cref="MathOps.abs"/>
        public static KerasTensor abs(KerasOperand x) => Step.Of("abs", tf.abs, x);

        /// <inheritdoc cref="MathOps.sign"/>
        public static KerasTensor sign(KerasOperand x) => Step.Of("sign", tf.sign, x);

        /// <inheritdoc cref="MathOps.square"/>
        public static KerasTensor square(KerasOperand x) => Step.Of("square", tf.square, x);

        /// <inheritdoc cref="MathOps.reciprocal"/>
        public static KerasTensor reciprocal(KerasOperand x) => Step.Of("reciprocal", tf.reciprocal, x);

        /// <inheritdoc cref="MathOps.sqrt"/>
        public static KerasTensor sqrt(KerasOperand x) => Step.Of("sqrt", tf.sqrt, x);

        /// <inheritdoc cref="MathOps.rsqrt"/>
        public static KerasTensor rsqrt(KerasOperand x) => Step.Of("rsqrt", tf.rsqrt, x);

        /// <inheritdoc cref="MathOps.exp"/>
        public static KerasTensor exp(KerasOperand x) => Step.Of("exp", tf.exp, x);

        /// <inheritdoc cref="MathOps.log"/>
        public static KerasTensor log(KerasOperand x) => Step.Of("log", tf.log, x);

        /// <inheritdoc cref="MathOps.expm1"/>
        public static KerasTensor expm1(KerasOperand x) => Step.Of("expm1", tf.expm1, x);

        /// <inheritdoc cref="MathOps.log1p"/>
        public static KerasTensor log1p(KerasOperand x) => Step.Of("log1p", tf.log1p, x);

        /// <inheritdoc cref="MathOps.sigmoid"/>
        public static KerasTensor sigmoid(KerasOperand x) => Step.Of("sigmoid", tf.sigmoid, x);

        /// <inheritdoc cref="MathOps.softplus"/>
        public static KerasTensor softplus(KerasOperand x) => Step.Of("softplus", tf.softplus, x);

        /// <inheritdoc cref="MathOps.log_sigmoid"/>
        public static KerasTensor log_sigmoid(KerasOperand x) => Step.Of("log_sigmoid", tf.log_sigmoid, x);

        /// <inheritdoc cref="MathOps.softsign"/>
        public static KerasTensor softsign(KerasOperand x) => Step.Of("softsign", tf.softsign, x);

        /// <inheritdoc cref="MathOps.floor"/>
        public static KerasTensor floor(KerasOperand x) => Step.Of("floor", tf.floor, x);

        /// <inheritdoc cref="MathOps.ceil"/>
        public static KerasTensor ceil(KerasOperand x) => Step.Of("ceil", tf.ceil, x);

        /// <inheritdoc cref="MathOps.round"/>
        public static KerasTensor round(KerasOperand x) => Step.Of("round", tf.round, x);

        /// <inheritdoc cref="MathOps.sin"/>
        public static KerasTensor sin(KerasOperand x) => Step.Of("sin", tf.sin, x);

        /// <inheritdoc cref="MathOps.cos"/>
        public static KerasTensor cos(KerasOperand x) => Step.Of("cos", tf.cos, x);

        /// <inheritdoc cref="MathOps.tan"/>
        public static KerasTensor tan(KerasOperand x) => Step.Of("tan", tf.tan, x);

        /// <inheritdoc cref="MathOps.asin"/>
        public static KerasTensor asin(KerasOperand x) => Step.Of("asin", tf.asin, x);

        /// <inheritdoc cref="MathOps.acos"/>
        public static KerasTensor acos(KerasOperand x) => Step.Of("acos", tf.acos, x);

        /// <inheritdoc cref="MathOps.atan"/>
        public static KerasTensor atan(KerasOperand x) => Step.Of("atan", tf.atan, x);

        /// <inheritdoc cref="MathOps.sinh"/>
        public static KerasTensor sinh(KerasOperand x) => Step.Of("sinh", tf.sinh, x);

        /// <inheritdoc cref="MathOps.cosh"/>
        public static KerasTensor cosh(KerasOperand x) => Step.Of("cosh", tf.cosh, x);

        /// <inheritdoc cref="MathOps.tanh"/>
        public static KerasTensor tanh(KerasOperand x) => Step.Of("tanh", tf.tanh, x);

        /// <inheritdoc cref="MathOps.asinh"/>
        public static KerasTensor asinh(KerasOperand x) => Step.Of("asinh", tf.asinh, x);

        /// <inheritdoc cref="MathOps.acosh"/>
        public static KerasTensor acosh(KerasOperand x) => Step.Of("acosh", tf.acosh, x);

        /// <inheritdoc cref="MathOps.atanh"/>
        public static KerasTensor atanh(KerasOperand x) => Step.Of("atanh", tf.atanh, x);

        /// <inheritdoc cref="MathOps.lgamma"/>
        public static KerasTensor lgamma(KerasOperand x) => Step.Of("lgamma", tf.math.lgamma, x);

        /// <inheritdoc cref="MathOps.digamma"/>
        public static KerasTensor digamma(KerasOperand x) => Step.Of("digamma", tf.math.digamma, x);

        /// <inheritdoc cref="MathOps.polygamma"/>
        public static KerasTensor polygamma(KerasOperand a, KerasOperand x) => Step.Of("polygamma", tf.math.polygamma, a, x);

        /// <inheritdoc cref="MathOps.erf"/>
        public static KerasTensor erf(KerasOperand x) => Step.Of("erf", tf.erf, x);

        /// <inheritdoc cref="MathOps.erfc"/>
        public static KerasTensor erfc(KerasOperand x) => Step.Of("erfc", tf.erfc, x);

        /// <inheritdoc cref="MathOps.is_nan"/>
        public static KerasTensor is_nan(KerasOperand x) => Step.Of("is_nan", tf.is_nan, x);

        /// <inheritdoc cref="MathOps.is_finite"/>
        public static KerasTensor is_finite(KerasOperand x) => Step.Of("is_finite", tf.is_finite, x);

        /// <inheritdoc cref="MathOps.is_inf"/>
        public static KerasTensor is_inf(KerasOperand x) => Step.Of("is_inf", tf.is_inf, x);

        /// <inheritdoc cref="MathOps.logical_not"/>
        public static KerasTensor logical_not(KerasOperand x) => Step.Of("logical_not", tf.logical_not, x);

        /// <inheritdoc cref="MathOps.add"/>
        public static KerasTensor add(KerasOperand a, KerasOperand b) => Step.Of("add", tf.add, a, b);

        /// <inheritdoc cref="MathOps.subtract"/>
        public static KerasTensor subtract(KerasOperand a, KerasOperand b) => Step.Of("subtract", tf.subtract, a, b);

        /// <inheritdoc cref="MathOps.multiply"/>
        public static KerasTensor multiply(KerasOperand a, KerasOperand b) => Step.Of("multiply", tf.multiply, a, b);

        /// <inheritdoc cref="MathOps.divide"/>
        public static KerasTensor divide(KerasOperand a, KerasOperand b) => Step.Of("divide", tf.divide, a, b);

        /// <inheritdoc cref="MathOps.truediv"/>
        public static KerasTensor truediv(KerasOperand a, KerasOperand b) => Step.Of("truediv", tf.truediv, a, b);

        /// <inheritdoc cref="MathOps.divide_no_nan"/>
        public static KerasTensor divide_no_nan(KerasOperand a, KerasOperand b) => Step.Of("divide_no_nan", tf.divide_no_nan, a, b);

        /// <inheritdoc cref="MathOps.multiply_no_nan"/>
        public static KerasTensor multiply_no_nan(KerasOperand a, KerasOperand b) => Step.Of("multiply_no_nan", tf.multiply_no_nan, a, b);

        /// <inheritdoc cref="MathOps.floordiv"/>
        public static KerasTensor floordiv(KerasOperand a, KerasOperand b) => Step.Of("floordiv", tf.floordiv, a, b);

        /// <inheritdoc cref="MathOps.floormod"/>
        public static KerasTensor floormod(KerasOperand a, KerasOperand b) => Step.Of("floormod", tf.floormod, a, b);

        /// <inheritdoc cref="MathOps.truncatemod"/>
        public static KerasTensor truncatemod(KerasOperand a, KerasOperand b) => Step.Of("truncatemod", tf.truncatemod, a, b);

        /// <inheritdoc cref="MathOps.pow"/>
        public static KerasTensor pow(KerasOperand a, KerasOperand b) => Step.Of("pow", tf.pow, a, b);

        /// <inheritdoc cref="MathOps.maximum"/>
        public static KerasTensor maximum(KerasOperand a, KerasOperand b) => Step.Of("maximum", tf.maximum, a, b);

        /// <inheritdoc cref="MathOps.minimum"/>
        public static KerasTensor minimum(KerasOperand a, KerasOperand b) => Step.Of("minimum", tf.minimum, a, b);

        /// <inheritdoc cref="MathOps.squared_difference"/>
        public static KerasTensor squared_difference(KerasOperand a, KerasOperand b) => Step.Of("squared_difference", tf.squared_difference, a, b);

        /// <inheritdoc cref="MathOps.atan2"/>
        public static KerasTensor atan2(KerasOperand a, KerasOperand b) => Step.Of("atan2", tf.atan2, a, b);

        /// <inheritdoc cref="MathOps.equal"/>
        public static KerasTensor equal(KerasOperand a, KerasOperand b) => Step.Of("equal", tf.equal, a, b);

        /// <inheritdoc cref="MathOps.not_equal"/>
        public static KerasTensor not_equal(KerasOperand a, KerasOperand b) => Step.Of("not_equal", tf.not_equal, a, b);

        /// <inheritdoc cref="MathOps.less"/>
        public static KerasTensor less(KerasOperand a, KerasOperand b) => Step.Of("less", tf.less, a, b);

        /// <inheritdoc cref="MathOps.less_equal"/>
        public static KerasTensor less_equal(KerasOperand a, KerasOperand b) => Step.Of("less_equal", tf.less_equal, a, b);

        /// <inheritdoc cref="MathOps.greater"/>
        public static KerasTensor greater(KerasOperand a, KerasOperand b) => Step.Of("greater", tf.greater, a, b);

        /// <inheritdoc cref="MathOps.greater_equal"/>
        public static KerasTensor greater_equal(KerasOperand a, KerasOperand b) => Step.Of("greater_equal", tf.greater_equal, a, b);

        /// <inheritdoc cref="MathOps.logical_and"/>
        public static KerasTensor logical_and(KerasOperand a, KerasOperand b) => Step.Of("logical_and", tf.logical_and, a, b);

        /// <inheritdoc cref="MathOps.logical_or"/>
        public static KerasTensor logical_or(KerasOperand a, KerasOperand b) => Step.Of("logical_or", tf.logical_or, a, b);

        /// <inheritdoc cref="MathOps.logical_xor"/>
        public static KerasTensor logical_xor(KerasOperand a, KerasOperand b) => Step.Of("logical_xor", tf.logical_xor, a, b);

        /// <inheritdoc cref="MathOps.signed_pow"/>
        public static KerasTensor signed_pow(KerasOperand x, KerasOperand p, double epsilon = 0) => Step.Of("signed_pow", (a, b) => tf.signed_pow(a, b, epsilon), x, p);

        /// <inheritdoc cref="MathOps.clip_by_value"/>
        public static KerasTensor clip_by_value(KerasOperand x, KerasOperand clip_value_min, KerasOperand clip_value_max) =>
            Step.OfMany("clip_by_value", xs => tf.clip_by_value(xs[0], xs[1], xs[2]), x, clip_value_min, clip_value_max);

        /// <inheritdoc cref="MathOps.add_n"/>
        public static KerasTensor add_n(IEnumerable<KerasOperand> inputs) => Step.OfMany("add_n", xs => tf.add_n(xs), [.. inputs]);

        /// <inheritdoc cref="MathOps.reduce_sum"/>
        public static KerasTensor reduce_sum(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_sum", x => tf.reduce_sum(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_mean"/>
        public static KerasTensor reduce_mean(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_mean", x => tf.reduce_mean(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_max"/>
        public static KerasTensor reduce_max(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_max", x => tf.reduce_max(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_min"/>
        public static KerasTensor reduce_min(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_min", x => tf.reduce_min(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_prod"/>
        public static KerasTensor reduce_prod(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_prod", x => tf.reduce_prod(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_any"/>
        public static KerasTensor reduce_any(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_any", x => tf.reduce_any(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_all"/>
        public static KerasTensor reduce_all(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_all", x => tf.reduce_all(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_logsumexp"/>
        public static KerasTensor reduce_logsumexp(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_logsumexp", x => tf.reduce_logsumexp(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_variance"/>
        public static KerasTensor reduce_variance(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_variance", x => tf.reduce_variance(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.reduce_std"/>
        public static KerasTensor reduce_std(KerasOperand input, Axes? axis = null, bool keepdims = false) => Step.Of("reduce_std", x => tf.reduce_std(x, axis, keepdims), input);

        /// <inheritdoc cref="MathOps.argmax"/>
        public static KerasTensor argmax(KerasOperand input, int axis = 0) => Step.Of("argmax", x => tf.argmax(x, axis), input);

        /// <inheritdoc cref="MathOps.argmin"/>
        public static KerasTensor argmin(KerasOperand input, int axis = 0) => Step.Of("argmin", x => tf.argmin(x, axis), input);

        /// <inheritdoc cref="MathOps.cumsum"/>
        public static KerasTensor cumsum(KerasOperand x, int axis = 0, bool exclusive = false, bool reverse = false) => Step.Of("cumsum", t => tf.cumsum(t, axis, exclusive, reverse), x);
    }
}

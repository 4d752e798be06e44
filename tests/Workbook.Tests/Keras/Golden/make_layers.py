"""Makes keras-layers.json, which LayerGoldenTests compares with: python make_layers.py (TensorFlow 2.21, Keras 3.15), in float64.

A case: a layer by class and config, its weights (random), inputs, perhaps masks; what comes out; the gradients of sum(y*c) + sum(y*y)/2 by weights and
inputs, with c[i] = sin(1 + i); and three steps of SGD on that loss divided by the number of elements: the losses and the weights afterwards.
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
keras.backend.set_floatx("float64")
rng = np.random.default_rng(11)


def numbers(value):
    value = tf.convert_to_tensor(value) if isinstance(value, tf.IndexedSlices) else value
    value = np.asarray(value)
    if value.dtype == bool or value.dtype.kind == "i":
        return {"shape": list(value.shape), "data": value.astype(int).ravel().tolist()}
    return {"shape": list(value.shape), "data": [float(f"{v:.12g}") for v in value.ravel()]}


def made(cls, config):
    """A layer inside a config is [class, config]."""
    config = {k: made(*v) if isinstance(v, list) and len(v) == 2 and isinstance(v[0], str) and isinstance(v[1], dict) else v for k, v in config.items()}
    return getattr(keras.layers, cls)(**{k: tuple(map(tuple, v)) if k in ("padding", "cropping") and isinstance(v, list) else tuple(v) if isinstance(v, list) else v for k, v in config.items()})


def loss_of(outputs):
    total, count = 0.0, 0
    for y in outputs:
        y = tf.cast(y, tf.float64)
        n = int(np.prod(y.shape))
        c = tf.constant(np.sin(1.0 + np.arange(n)).reshape(y.shape))
        total += tf.reduce_sum(y * c) + tf.reduce_sum(y * y) / 2
        count += n
    return total, count


def case(name, cls, config, *shapes, masks=None, whole=0, call=None, training=False, scale=1.0):
    layer = made(cls, config)
    xs = [rng.integers(0, whole, s) if whole else (rng.normal(size=s) * scale).round(3) for s in shapes]
    variables = [tf.Variable(x) for x in xs] if not whole else []
    def run(train=False):
        ins = [v + 0.0 for v in variables] if variables else [tf.constant(x) for x in xs]
        for x, m in zip(ins, masks or []):
            if m is not None:
                x._keras_mask = tf.constant(np.array(m, bool))
        kwargs = dict(call or {})
        if cls == "MultiHeadAttention":
            return layer(*ins, training=train, **kwargs)
        if "training" in layer._call_signature.parameters:
            kwargs["training"] = train
        return layer(ins if len(ins) > 1 else ins[0], **kwargs)
    run(False)
    for w in layer.weights:
        w.assign((rng.normal(size=w.shape) * 0.4 + (1.0 if "variance" in w.name or "gamma" in w.name else 0.0)).round(3).reshape(w.shape) if "variance" not in w.name else rng.uniform(.5, 1.5, w.shape).round(3))
    first = [w.numpy() for w in layer.weights]
    if getattr(layer, "stateful", False):
        layer.reset_state()
    trainable = [w for w in layer.weights if w.trainable]
    with tf.GradientTape() as tape:
        out = run(training)
        flat = list(out) if isinstance(out, (list, tuple)) else [out]
        loss, count = loss_of(flat)
    grads = tape.gradient(loss, [w.value for w in trainable] + variables, unconnected_gradients="zero")
    masked = [getattr(y, "_keras_mask", None) for y in flat]
    if cls == "Masking":
        xs[0][0, 1] = 0.0
        variables[0].assign(xs[0])
        with tf.GradientTape() as tape:
            out = run()
            flat, (loss, count) = [out], loss_of([out])
        grads, masked = tape.gradient(loss, variables), [out._keras_mask]
    result = {"name": name, "class": cls, "config": config, "inputs": [numbers(x) for x in xs], "whole": bool(whole), "training": training, "call": call or {},
              "masks": [None if m is None else numbers(np.array(m, bool)) for m in (masks or [])],
              "names": [w.path.split("/", 1)[-1] for w in layer.weights], "weights": [numbers(w) for w in first],
              "outputs": [numbers(y) for y in flat], "output_masks": [None if m is None else numbers(m.numpy()) for m in masked],
              "weight_gradients": [numbers(g) for g in grads[:len(trainable)]], "input_gradients": [numbers(g) for g in grads[len(trainable):]]}
    for w, f in zip(layer.weights, first):
        w.assign(f)
    if getattr(layer, "stateful", False):
        layer.reset_state()
    losses = []
    for _ in range(3 if trainable and "use_causal_mask" not in (call or {}) or cls == "MultiHeadAttention" else 0):
        with tf.GradientTape() as tape:
            out = run(True)
            loss, count = loss_of(list(out) if isinstance(out, (list, tuple)) else [out])
            loss = loss / count
        losses.append(float(loss))
        for w, g in zip(trainable, tape.gradient(loss, [w.value for w in trainable], unconnected_gradients="zero")):
            w.assign(w - 0.5 * tf.convert_to_tensor(g))
    if losses:
        result["losses"] = losses
        result["trained"] = [numbers(w.numpy()) for w in layer.weights]
    return result


def images():
    return [
        case("valid", "Conv2D", dict(filters=3, kernel_size=[3, 2], activation="relu"), (2, 5, 4, 2)),
        case("same, strides", "Conv2D", dict(filters=2, kernel_size=3, strides=[2, 1], padding="same", use_bias=False, activation="tanh"), (1, 6, 5, 2)),
        case("same, even kernel", "Conv2D", dict(filters=2, kernel_size=[2, 4], padding="same"), (1, 5, 5, 1)),
        case("dilation", "Conv2D", dict(filters=2, kernel_size=2, dilation_rate=[2, 3], padding="same"), (1, 5, 6, 2)),
        case("1 by 1", "Conv2D", dict(filters=3, kernel_size=1), (2, 3, 3, 2)),
        case("one channel", "Conv2D", dict(filters=4, kernel_size=5, padding="same", activation="relu"), (2, 7, 8, 1)),
        case("valid", "Conv1D", dict(filters=3, kernel_size=2, strides=2, activation="relu"), (2, 6, 2)),
        case("causal, dilation", "Conv1D", dict(filters=2, kernel_size=3, padding="causal", dilation_rate=2), (1, 7, 2)),
        case("same", "Conv1D", dict(filters=2, kernel_size=4, padding="same"), (2, 6, 1)),
        case("valid", "Conv1DTranspose", dict(filters=2, kernel_size=3, strides=2), (2, 4, 2)),
        case("same", "Conv1DTranspose", dict(filters=2, kernel_size=4, strides=3, padding="same", activation="tanh"), (1, 3, 2)),
        case("valid", "Conv2DTranspose", dict(filters=2, kernel_size=[2, 3], strides=[3, 1]), (1, 3, 2, 2)),
        case("same", "Conv2DTranspose", dict(filters=2, kernel_size=3, strides=2, padding="same", activation="relu"), (2, 3, 2, 2)),
        case("output padding", "Conv2DTranspose", dict(filters=1, kernel_size=3, strides=2, padding="same", output_padding=0), (1, 3, 3, 2)),
        case("valid", "DepthwiseConv2D", dict(kernel_size=2, depth_multiplier=2, activation="relu"), (2, 4, 4, 2)),
        case("same, strides", "DepthwiseConv2D", dict(kernel_size=3, strides=2, padding="same"), (1, 5, 6, 3)),
        case("valid", "DepthwiseConv1D", dict(kernel_size=3, depth_multiplier=2), (2, 5, 2)),
        case("valid", "SeparableConv2D", dict(filters=3, kernel_size=2, depth_multiplier=2, activation="relu"), (1, 4, 4, 2)),
        case("same", "SeparableConv1D", dict(filters=2, kernel_size=3, padding="same"), (2, 5, 2)),
        case("valid", "MaxPooling1D", dict(pool_size=2), (2, 5, 2)),
        case("same", "MaxPooling1D", dict(pool_size=3, strides=2, padding="same"), (2, 6, 2)),
        case("valid", "MaxPooling2D", dict(pool_size=[2, 3]), (2, 5, 6, 2)),
        case("same, overlapping", "MaxPooling2D", dict(pool_size=3, strides=[2, 1], padding="same"), (1, 5, 4, 2)),
        case("valid", "AveragePooling1D", dict(pool_size=3, strides=1), (2, 5, 2)),
        case("valid", "AveragePooling2D", dict(pool_size=2), (2, 5, 4, 2)),
        case("same", "AveragePooling2D", dict(pool_size=[3, 2], strides=2, padding="same"), (1, 5, 4, 2)),
        case("", "GlobalMaxPooling1D", dict(), (2, 4, 3)),
        case("", "GlobalMaxPooling2D", dict(keepdims=True), (2, 3, 2, 3)),
        case("", "GlobalAveragePooling1D", dict(), (2, 4, 3)),
        case("", "GlobalAveragePooling2D", dict(), (2, 3, 2, 3)),
        case("sides", "ZeroPadding2D", dict(padding=[[1, 0], [2, 1]]), (1, 2, 3, 2)),
        case("number", "ZeroPadding2D", dict(padding=2), (1, 2, 3, 1)),
        case("sides", "Cropping2D", dict(cropping=[[1, 0], [0, 2]]), (1, 3, 5, 2)),
        case("nearest", "UpSampling2D", dict(size=[2, 3]), (1, 2, 3, 2)),
        case("bilinear", "UpSampling2D", dict(size=[2, 3], interpolation="bilinear"), (1, 3, 2, 2)),
        case("", "Permute", dict(dims=[3, 1, 2]), (2, 2, 3, 4)),
        case("", "RepeatVector", dict(n=3), (2, 3)),
    ]


STEPS = [[1, 1, 1, 0], [0, 1, 0, 1]]


def sequences():
    both = dict(return_sequences=True, return_state=True)
    rows = []
    for cls in ["SimpleRNN", "LSTM", "GRU"]:
        rows += [
            case("last", cls, dict(units=3), (2, 4, 2)),
            case("all, states", cls, dict(units=2, **both), (2, 4, 3)),
            case("backwards", cls, dict(units=2, go_backwards=True, return_sequences=True), (2, 3, 2)),
            case("masked", cls, dict(units=2, **both), (2, 4, 2), masks=[STEPS]),
            case("masked, last, backwards", cls, dict(units=2, go_backwards=True), (2, 4, 2), masks=[STEPS]),
            case("without bias", cls, dict(units=2, use_bias=False, activation="softplus"), (2, 3, 2)),
        ]
    rows += [
        case("stateful", "GRU", dict(units=2, stateful=True), (2, 3, 2)),
        case("gates of their own", "LSTM", dict(units=2, recurrent_activation="hard_sigmoid", unit_forget_bias=False), (2, 4, 2)),
        case("reset before", "GRU", dict(units=3, reset_after=False, return_sequences=True), (2, 4, 2)),
        case("reset before, without bias", "GRU", dict(units=2, reset_after=False, use_bias=False, recurrent_activation="hard_sigmoid"), (2, 3, 2)),
        case("concat", "Bidirectional", dict(layer=["LSTM", dict(units=2)]), (2, 4, 2)),
        case("sequences, masked", "Bidirectional", dict(layer=["GRU", dict(units=2, return_sequences=True)]), (2, 4, 2), masks=[STEPS]),
        case("sum, states", "Bidirectional", dict(layer=["LSTM", dict(units=2, **both)], merge_mode="sum"), (2, 3, 2)),
        case("mul", "Bidirectional", dict(layer=["SimpleRNN", dict(units=2)], merge_mode="mul"), (2, 3, 2), masks=[[[1, 1, 0], [0, 1, 1]]]),
        case("ave", "Bidirectional", dict(layer=["GRU", dict(units=2)], merge_mode="ave"), (2, 3, 2)),
        case("both", "Bidirectional", dict(layer=["SimpleRNN", dict(units=2, return_sequences=True)], merge_mode=None), (2, 3, 2)),
        case("two layers", "Bidirectional", dict(layer=["LSTM", dict(units=2)], backward_layer=["LSTM", dict(units=2, activation="softplus", go_backwards=True)]), (2, 3, 2)),
        case("dense", "TimeDistributed", dict(layer=["Dense", dict(units=2, activation="tanh")]), (2, 3, 2), masks=[[[1, 1, 0], [0, 1, 1]]]),
        case("convolution", "TimeDistributed", dict(layer=["Conv2D", dict(filters=2, kernel_size=2)]), (2, 2, 3, 3, 1)),
        case("masked", "GlobalAveragePooling1D", dict(), (2, 4, 2), masks=[STEPS]),
        case("masked", "BatchNormalization", dict(), (2, 4, 3), masks=[STEPS], training=True),
        case("zero", "Embedding", dict(input_dim=4, output_dim=2, mask_zero=True), (2, 5), whole=4),
        case("", "Masking", dict(mask_value=0.0), (2, 4, 2)),
        case("masked", "Dense", dict(units=2), (2, 4, 2), masks=[STEPS]),
        case("masked", "Add", dict(), (2, 4, 2), (2, 4, 2), masks=[STEPS, [[0, 1, 0, 0], [0, 0, 0, 0]]]),
        case("masked in part", "Add", dict(), (2, 4, 2), (2, 4, 2), masks=[STEPS, None]),
        case("masked", "Concatenate", dict(axis=-1), (2, 4, 2), (2, 4, 1), masks=[STEPS, None]),
        case("masked steps", "Concatenate", dict(axis=1), (2, 4, 2), (2, 4, 2), masks=[STEPS, None]),
    ]
    return rows


def rest():
    q, v = [[1, 1, 0], [1, 1, 1]], [[1, 1, 1, 0], [0, 1, 0, 1]]
    return [
        case("self", "MultiHeadAttention", dict(num_heads=2, key_dim=3), (2, 4, 4), (2, 4, 4)),
        case("three", "MultiHeadAttention", dict(num_heads=2, key_dim=2, value_dim=3, output_shape=[5]), (2, 3, 4), (2, 4, 3), (2, 4, 2)),
        case("masked", "MultiHeadAttention", dict(num_heads=1, key_dim=3, use_bias=False), (2, 3, 4), (2, 4, 4), masks=[q, v]),
        case("causal", "MultiHeadAttention", dict(num_heads=2, key_dim=2), (2, 4, 3), (2, 4, 3), call=dict(use_causal_mask=True)),
        case("dot", "Attention", dict(), (2, 3, 4), (2, 4, 4)),
        case("scaled, three, masked", "Attention", dict(use_scale=True), (2, 3, 4), (2, 4, 2), (2, 4, 4), masks=[q, v, None]),
        case("concat", "Attention", dict(score_mode="concat", use_scale=True), (2, 3, 2), (2, 4, 2)),
        case("causal", "Attention", dict(), (2, 3, 2), (2, 3, 2), masks=[None, [[1, 1, 0], [1, 0, 1]]], call=dict(use_causal_mask=True)),
        case("heads", "EinsumDense", dict(equation="abc,cde->abde", output_shape=[3, 2, 3], bias_axes="de", activation="tanh"), (2, 3, 4)),
        case("a bias of some axes", "EinsumDense", dict(equation="abc,cd->abd", output_shape=[3, 2], bias_axes="b"), (2, 3, 4)),
        case("images", "GroupNormalization", dict(groups=2), (2, 3, 2, 4)),
        case("channels each", "GroupNormalization", dict(groups=-1, epsilon=0.1), (2, 3, 3)),
        case("another axis", "GroupNormalization", dict(groups=2, axis=1, scale=False), (2, 4, 3)),
        case("", "RMSNormalization", dict(), (3, 4)),
        case("two axes", "RMSNormalization", dict(axis=[1, 2], epsilon=0.01), (2, 3, 4)),
        case("", "UnitNormalization", dict(), (3, 4)),
        case("another axis", "UnitNormalization", dict(axis=1), (2, 3, 2)),
        case("vectors", "Dot", dict(axes=1), (3, 4), (3, 4)),
        case("matrices", "Dot", dict(axes=[2, 1]), (2, 3, 4), (2, 4, 2)),
        case("cosine", "Dot", dict(axes=-1, normalize=True), (2, 3, 4), (2, 2, 4)),
        case("not in training", "SpatialDropout1D", dict(rate=0.5), (2, 3, 2)),
        case("not in training", "AlphaDropout", dict(rate=0.5), (2, 3)),
        case("not in training", "GaussianDropout", dict(rate=0.5), (2, 3)),
        case("", "AdditiveAttention", dict(), (2, 3, 2), (2, 4, 2)),
        case("three, masked", "AdditiveAttention", dict(use_scale=False), (2, 3, 2), (2, 4, 3), (2, 4, 2), masks=[q, v, None]),
        case("causal", "AdditiveAttention", dict(), (2, 3, 2), (2, 3, 2), call=dict(use_causal_mask=True)),
        case("", "Identity", dict(), (2, 3)),
        case("", "ActivityRegularization", dict(l1=0.1, l2=0.2), (2, 3)),
        case("not in training", "Dropout", dict(rate=0.5, noise_shape=[2, 1]), (2, 3)),
    ]


def fits():
    """Models whose masks reach losses and metrics: two epochs without shuffling."""
    L = keras.layers
    words = rng.integers(0, 6, (12, 5))
    words[:, 3:] *= rng.integers(0, 2, (12, 2))
    words[:, 0] = np.maximum(words[:, 0], 1)
    series = rng.normal(size=(12, 5, 2)).round(3)
    series[rng.random((12, 5)) < .3] = 0.0
    series[:, 0] = rng.normal(size=(12, 2)).round(3)
    weights = rng.uniform(.5, 2, (12, 5)).round(2)
    rows = []

    def fit(name, model, x, y, loss, metrics, **kwargs):
        model.compile(keras.optimizers.SGD(0.2), loss, metrics=metrics, weighted_metrics=kwargs.pop("weighted_metrics", None))
        for w in model.weights:
            w.assign((rng.normal(size=w.shape) * .4).round(3))
        first = [numbers(w.numpy()) for w in model.weights]
        history = model.fit(x, y, batch_size=5, epochs=2, shuffle=False, verbose=0, **kwargs).history
        rows.append({"name": name, "x": numbers(x), "y": numbers(y), "sample_weight": numbers(weights), "weights": first, "history": history,
                     "evaluated": model.evaluate(x, y, batch_size=5, verbose=0, return_dict=True), "predicted": numbers(model.predict(x, batch_size=12, verbose=0))})

    fit("words", keras.Sequential([keras.Input((5,), dtype="int32"), L.Embedding(6, 3, mask_zero=True), L.LSTM(3), L.Dense(1, activation="sigmoid")]), words,
        (rng.random(12) > .5).astype(float), "binary_crossentropy", ["accuracy"])
    fit("tags", keras.Sequential([keras.Input((5,), dtype="int32"), L.Embedding(6, 3, mask_zero=True), L.Bidirectional(L.GRU(2, return_sequences=True)),
                                  L.Dropout(0.0), L.Dense(3, activation="softmax")]), words, rng.integers(0, 3, (12, 5)), "sparse_categorical_crossentropy", ["accuracy"])
    fit("series", keras.Sequential([keras.Input((5, 2)), L.Masking(), L.SimpleRNN(3, return_sequences=True), L.TimeDistributed(L.Dense(2))]), series,
        rng.normal(size=(12, 5, 2)).round(3), "mse", ["mae"], sample_weight=weights, weighted_metrics=["mse"])
    return rows


if __name__ == "__main__":
    rows = images() + sequences() + rest()
    with open(os.path.join(DATA, "keras-layers.json"), "w", newline="\n") as file:
        lines = ",\n".join(json.dumps(row) for row in rows)
        fitted = ",\n".join(json.dumps(row) for row in fits())
        header = {"keras": keras.__version__, "tensorflow": tf.__version__, "what": "layers in float64"}
        file.write(json.dumps({"header": header})[:-1] + f', "cases": [\n{lines}\n], "fits": [\n{fitted}\n]}}\n')

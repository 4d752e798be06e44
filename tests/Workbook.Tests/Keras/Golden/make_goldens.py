"""Makes the numbers that MetricNumbersTests and PortTests compare with: python make_goldens.py (TensorFlow 2.21, Keras 3.15).

keras-metrics.json: results of metrics on small data, in float32, as Keras has them.
keras-ports.json: programs of Keras' guides in float64, without shuffling: data, first weights, and what came of it.
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
rng = np.random.default_rng(7)


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "numpy"):
        value = value.numpy()
    return value.tolist() if isinstance(value, (np.ndarray, np.generic)) else value


def write(name, header, key, rows):
    lines = ",\n".join(json.dumps(plain(row)) for row in rows)
    with open(os.path.join(DATA, name), "w", newline="\n") as file:
        file.write(json.dumps({"header": {"keras": keras.__version__, "tensorflow": tf.__version__, "what": header}})[:-1] + f', "{key}": [\n{lines}\n]}}\n')


def metrics():
    binary = [(np.array([0, 1, 1, 0, 1, 0, 1, 1], "float32"), np.array([.1, .9, .5, .5, .3, .8, 1.0, 0.0], "float32")),
              (np.array([1, 0, 1, 0], "float32"), np.array([.6, .6, .25, .75], "float32"))]
    column = [(y[:, None], p[:, None]) for y, p in binary]
    classes = [(np.eye(3, dtype="float32")[[0, 1, 2, 1, 0]], rng.dirichlet([1, 1, 1], 5).round(3).astype("float32")),
               (np.eye(3, dtype="float32")[[2, 2, 1]], rng.dirichlet([1, 1, 1], 3).round(3).astype("float32"))]
    labels = [((rng.random((6, 3)) > .5).astype("float32"), rng.random((6, 3)).round(2).astype("float32"))]
    wide = [((rng.random(40) > .4).astype("float32"), rng.random(40).round(2).astype("float32"))]
    scores = [(y, np.log(p * .98 + .01) - np.log(1 - (p * .98 + .01))) for y, p in binary]
    data = {"binary": binary, "column": column, "classes": classes, "labels": labels, "wide": wide, "scores": scores}
    thresholds = [{}, {"thresholds": .3}, {"thresholds": [.25, .5, .75]}, {"thresholds": [0.0, .25, .5, .75, 1.0]}, {"thresholds": [.1, .2, .9]}]
    cases = []
    for kind in ["TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives", "Precision", "Recall"]:
        cases += [(kind, c, d) for c in thresholds for d in ["binary", "column", "wide"]]
    for kind in ["Precision", "Recall"]:
        cases += [(kind, c, "classes") for c in [{}, {"top_k": 1}, {"top_k": 2}, {"class_id": 1}, {"top_k": 2, "class_id": 0}, {"thresholds": .4, "class_id": 2}]]
    for curve in ["ROC", "PR", "PRGAIN"]:
        for method in ["interpolation", "minoring", "majoring"]:
            cases += [("AUC", {"curve": curve, "summation_method": method}, d) for d in ["binary", "wide"]]
    cases += [("AUC", {"num_thresholds": n}, d) for n in [2, 3, 10, 1000] for d in ["binary", "wide"]]
    cases += [("AUC", {"thresholds": [.2, .5, .8]}, d) for d in ["binary", "column", "wide"]]
    cases += [("AUC", c, "labels") for c in [{}, {"multi_label": True}, {"multi_label": True, "num_labels": 3, "curve": "PR"}, {"multi_label": True, "label_weights": [1.0, 2.0, .5]},
                                             {"label_weights": [1.0, 2.0, .5]}, {"multi_label": True, "thresholds": [.3, .6]}]]
    cases += [("AUC", {"from_logits": True}, "scores")]
    for kind in ["F1Score", "FBetaScore"]:
        for average in [None, "micro", "macro", "weighted"]:
            cases += [(kind, {"average": average}, d) for d in ["classes", "labels"]] + [(kind, {"average": average, "threshold": .4}, "labels")]
    cases += [("FBetaScore", {"beta": 2.0, "average": "macro"}, "classes")]
    rows = []
    for kind, config, name in cases:
        for weighted in [False, True]:
            metric = getattr(keras.metrics, kind)(**config)
            batches, results = [], []
            for y, p in data[name]:
                w = (np.arange(len(y)) % 3 + .5).astype("float32") if weighted else None
                metric.update_state(y, p, sample_weight=w)
                results.append(np.array(metric.result()))
                batches.append([y, p, w])
            rows.append({"metric": kind, "config": config, "data": name, "weighted": weighted, "batches": batches, "results": results})
    write("keras-metrics.json", "results of metrics after each batch", "cases", rows)


def ports():
    keras.config.set_floatx("float64")
    layers, rows = keras.layers, []

    def table(*shape):
        return rng.normal(size=shape).round(2)

    # keras.io/guides/custom_train_step_in_tensorflow: going lower-level
    class CustomModel(keras.Model):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.loss_tracker = keras.metrics.Mean(name="loss")
            self.mae_metric = keras.metrics.MeanAbsoluteError(name="mae")
            self.loss_fn = keras.losses.MeanSquaredError()

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                y_pred = self(x, training=True)
                loss = self.loss_fn(y, y_pred)
            trainable_vars = self.trainable_variables
            gradients = tape.gradient(loss, trainable_vars)
            self.optimizer.apply(gradients, trainable_vars)
            self.loss_tracker.update_state(loss)
            self.mae_metric.update_state(y, y_pred)
            return {"loss": self.loss_tracker.result(), "mae": self.mae_metric.result()}

        def test_step(self, data):
            x, y = data
            y_pred = self(x, training=False)
            loss = self.loss_fn(y, y_pred)
            self.loss_tracker.update_state(loss)
            self.mae_metric.update_state(y, y_pred)
            return {m.name: m.result() for m in self.metrics}

        @property
        def metrics(self):
            return [self.loss_tracker, self.mae_metric]

    inputs = keras.Input(shape=(4,))
    model = CustomModel(inputs, layers.Dense(1)(inputs))
    model.compile(optimizer="adam")
    x, y, first = table(20, 4), table(20, 1), model.get_weights()
    history = model.fit(x, y, epochs=3, batch_size=8, shuffle=False, verbose=0)
    rows.append({"port": "train_step", "x": x, "y": y, "weights": first, "history": history.history,
                 "evaluate": model.evaluate(x, y, batch_size=8, verbose=0, return_dict=True), "after": model.get_weights()})

    # keras.io/guides/making_new_layers_and_models_via_subclassing
    class Linear(layers.Layer):
        def __init__(self, units=32):
            super().__init__()
            self.units = units

        def build(self, input_shape):
            self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", trainable=True, regularizer=keras.regularizers.L2(1e-3))
            self.b = self.add_weight(shape=(self.units,), initializer="random_normal", trainable=True)

        def call(self, inputs):
            return keras.ops.matmul(inputs, self.w) + self.b

    class ActivityRegularizationLayer(layers.Layer):
        def __init__(self, rate=1e-2):
            super().__init__()
            self.rate = rate

        def call(self, inputs):
            self.add_loss(self.rate * keras.ops.mean(inputs))
            return inputs

    class MLPBlock(layers.Layer):
        def __init__(self):
            super().__init__()
            self.linear_1 = Linear(5)
            self.activity_reg = ActivityRegularizationLayer(1e-2)
            self.linear_2 = Linear(1)

        def call(self, inputs):
            x = self.linear_1(inputs)
            x = self.activity_reg(keras.activations.relu(x))
            return self.linear_2(x)

    inputs = keras.Input(shape=(4,))
    block = MLPBlock()
    model = keras.Model(inputs, block(inputs))
    x, y, first = table(12, 4), table(12, 1), model.get_weights()
    block(x)
    before = [float(v) for v in block.losses]
    model.compile(keras.optimizers.RMSprop(0.01), loss="mse")
    history = model.fit(x, y, epochs=3, batch_size=4, shuffle=False, verbose=0)
    rows.append({"port": "layers", "x": x, "y": y, "weights": first, "losses": sum(before), "names": len(block.weights), "history": history.history, "after": model.get_weights()})

    # keras.io/guides/writing_your_own_callbacks and the built-in ones, with batch normalisation
    model = keras.Sequential([keras.Input((4,)), layers.Dense(6, activation="relu"), layers.BatchNormalization(), layers.Dropout(0.0), layers.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.SGD(0.5), "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y, first = table(24, 4), rng.integers(0, 3, 24), model.get_weights()
    history = model.fit(x, y, validation_split=0.25, epochs=12, batch_size=6, shuffle=False, verbose=0,
                        callbacks=[keras.callbacks.ReduceLROnPlateau(factor=0.2, patience=1, min_lr=0.001), keras.callbacks.EarlyStopping(patience=3, restore_best_weights=True)])
    rows.append({"port": "callbacks", "x": x, "y": y, "weights": first, "history": history.history, "after": model.get_weights()})
    write("keras-ports.json", "programs of the guides of Keras in float64, without shuffling", "ports", rows)


metrics()
ports()

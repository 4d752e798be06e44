"""Makes keras-summaries.json, which SummaryTests compares with: python make_summaries.py (TensorFlow 2.21, Keras 3.15, rich 14).

For each model what model.summary() prints, in windows of 80 and 200 columns, and with options.
"""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers as L

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
texts = {}


def say(name, model, columns=(80, 200), **options):
    for width in columns:
        os.environ["COLUMNS"] = str(width)
        parts = []
        model.summary(print_fn=parts.append, **options)
        assert len(parts) == 1
        texts[f"{name}, {width}"] = parts[0]
    keras.backend.clear_session()


def sequential():
    return keras.Sequential([keras.Input((64,)), L.Dense(64, activation="relu"), L.Dropout(0.2), L.BatchNormalization(), L.Dense(10, activation="softmax")])


def branches():
    p, q = keras.Input((3,), name="p"), keras.Input((2,), name="q")
    u, v = L.Dense(4, name="from_p")(p), L.Dense(4, name="from_q")(q)
    h = L.Concatenate()([L.Add()([v, u]), L.Multiply()([u, v]), p])
    return keras.Model([p, q], [L.Dense(2, name="value")(h), L.Dense(3, activation="softmax", name="kind")(h)])


def nested():
    x = keras.Input((3,), name="x")
    encoder = keras.Sequential([keras.Input((3,)), L.Dense(4, activation="tanh"), L.Dense(2)], name="encoder")
    code = keras.Input((2,), name="code")
    decoder = keras.Model(code, L.Dense(3)(L.PReLU()(L.Dense(4)(code))), name="decoder")
    z = encoder(x)
    return keras.Model([x], [L.Add()([decoder(z), x]), z], name="whole")


say("sequential", sequential())
m = sequential()
m.layers[0].trainable = False
say("frozen", m, show_trainable=True)
m = sequential()
m.compile("adam", "sparse_categorical_crossentropy")
m.fit(np.zeros((8, 64)), np.zeros(8), verbose=0)
say("fitted", m)
m = sequential()
m.compile(keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)), "sparse_categorical_crossentropy")
say("compiled", m)
say("unbuilt", keras.Sequential([L.Dense(3), L.Activation("relu")], name="later"))
x = keras.Input((8,))
say("unbuilt, many", keras.Sequential([L.Conv2D(3, 2), L.MaxPooling2D(), L.Dropout(0.1), L.Flatten(), L.ReLU(), L.GaussianNoise(0.1),
    L.SpatialDropout1D(0.1), L.UnitNormalization(), L.Masking(), L.Reshape((2, 2)), L.GlobalMaxPooling1D(), L.LSTM(2), L.Rescaling(2.0), L.Lambda(lambda x: x)]))
say("chain", keras.Model(x, L.Dense(1, name="out")(L.LayerNormalization()(L.Dense(1200, activation="relu")(x)))))
say("branches", branches())
say("branches, trainable", branches(), show_trainable=True)
x = keras.Input((3,))
d = L.Dense(3, activation="relu")
say("shared", keras.Model(x, L.Subtract()([d(d(x)), d(x)])))
say("nested", nested())
say("nested, expanded", nested(), expand_nested=True)
say("nested, expanded, trainable", nested(), expand_nested=True, show_trainable=True)
x = keras.Input((3,))
y = L.Dense(3)(x) * 2.0 + x
y = keras.ops.tanh(y) - keras.ops.mean(y, axis=-1, keepdims=True)
say("operators", keras.Model(x, keras.ops.concatenate([keras.ops.square(y), keras.ops.exp(-y)], axis=-1)))
say("text", keras.Sequential([keras.Input((None,), dtype="int32"), L.Embedding(1000, 16, mask_zero=True), L.Bidirectional(L.LSTM(8)), L.Dense(1)]))
x = keras.Input((7, 2))
y, h, c = L.LSTM(4, return_state=True)(x)
say("states", keras.Model(x, L.Concatenate()([y, h, c])))
x = keras.Input((7, 2))
y = L.Bidirectional(L.GRU(4), merge_mode=None)(x)
z = L.Bidirectional(L.GRU(3, return_state=True))(x)
say("both ends", keras.Model(x, L.Concatenate()([*y, *z])))
x = keras.Input((3,))
two = keras.Model(x, [L.Dense(2)(x), L.Dense(3)(x)], name="two")
x = keras.Input((3,))
say("two outputs", keras.Model(x, L.Concatenate()(two(x)), name="outer"))
say("images", keras.Sequential([keras.Input((28, 28, 1)), L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(1000), L.Dense(10)]))
say("long names", keras.Sequential([keras.Input((3,)), L.Dense(2, name="a_layer_with_a_name_that_is_longer_than_its_column_of_the_table"), L.Dense(2, name="one two three four five six seven eight nine ten eleven")],
    name="a model with a name that is quite long, so that it does not fit into a window of eighty columns"))
say("range", sequential(), layer_range=["dense", "drop.*"])
say("range backwards", sequential(), layer_range=["batch", "dense$"])
say("width", sequential(), columns=(200,), line_length=120)
say("narrow", sequential(), columns=(200,), line_length=40)
say("positions", branches(), columns=(200,), line_length=90, positions=[0.2, 0.5, 0.6, 1.0])


class Own(keras.Model):
    def __init__(self):
        super().__init__(name="own")
        self.a = L.Dense(4)
        self.b = L.Dense(2)

    def call(self, x):
        return self.b(self.a(x))


say("own, unbuilt", Own())
m = Own()
m(np.zeros((5, 3)))
say("own", m)
json.dump(texts, open(os.path.join(DATA, "keras-summaries.json"), "w"), indent=0, ensure_ascii=False)
print(len(texts))

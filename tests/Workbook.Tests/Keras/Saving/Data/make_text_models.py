"""Makes text-models.zip: models with masks, of both ends and of attention, in files of Keras, what they predict, and the losses of training on:
python make_text_models.py (TensorFlow 2.21, Keras 3.15).
"""
import io
import json
import os
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers as L

HERE = os.path.dirname(os.path.abspath(__file__))
IDS = np.array([[1, 2, 3, 0, 0], [4, 5, 0, 0, 0], [1, 1, 1, 1, 1], [6, 0, 0, 0, 0]], "int32")
STEPS = np.random.default_rng(1).normal(size=(4, 5, 2)).astype("float32")
STEPS[1, 3:] = 0
Y = np.array([[0.0], [1.0], [1.0], [0.0]], "float32")
files = {}


def words(x, n=4):
    # With a penalty, though of 0, Keras adds up the gradients of a word that occurs twice before it squares them.
    return L.Embedding(10, n, mask_zero=True, embeddings_regularizer=keras.regularizers.L2(0.0))(x)


def add(name, build, *inputs, ending=".keras", train=False):
    keras.utils.set_random_seed(5)
    places = [keras.Input(i.shape[1:], dtype=str(i.dtype)) for i in inputs]
    model = keras.Model(places, build(*places))
    x = list(inputs)
    said = {}
    if train:
        model.compile(keras.optimizers.Adam(0.05), "mse")
        for _ in range(3):
            model.train_on_batch(x, Y)
    said = {"inputs": [{"shape": list(i.shape), "whole": i.dtype.kind == "i", "values": i.ravel().tolist()} for i in inputs],
            "output": np.asarray(model(x, training=False), "float64").ravel().tolist()}
    path = os.path.join("/tmp", name + ending)
    model.save(path)
    if train:
        again = keras.models.load_model(path)
        said["losses"] = [float(again.train_on_batch(x, Y)) for _ in range(4)]
    files[name + ending] = open(path, "rb").read()
    files[name + ending + ".json"] = json.dumps(said).encode()


def decoder(a, b):
    code = L.LSTM(3, return_state=True)(words(a))
    return L.Dense(2)(L.LSTM(3, return_sequences=True)(words(b), initial_state=code[1:]))


add("lstm", lambda x: L.Dense(1)(L.LSTM(3)(words(x))), IDS, train=True)
add("masking", lambda x: L.Dense(1)(L.GRU(3)(L.Masking(0.0)(x))), STEPS)
add("both-ends", lambda x: L.Dense(1)(L.Bidirectional(L.LSTM(2))(L.Bidirectional(L.GRU(3, return_sequences=True))(words(x)))), IDS, train=True)
add("attention", lambda x: L.Dense(1)(L.GlobalAveragePooling1D()(L.Add()([(e := words(x)), L.MultiHeadAttention(2, 3)(e, e)]))), IDS, train=True)
add("joined", lambda x: L.LSTM(3)(L.Concatenate()([words(x), words(x, 2)])), IDS)
add("shared", lambda x: (lambda e, l: L.Concatenate()([l(e(x)), l(L.Dropout(0.1)(e(x)))]))(L.Embedding(10, 4, mask_zero=True), L.LSTM(3)), IDS)
add("steps", lambda x: L.TimeDistributed(L.Dense(2, activation="relu"))(L.Dropout(0.3)(L.LSTM(3, return_sequences=True)(words(x)))), IDS)
add("decoder", decoder, IDS, IDS[::-1].copy())
add("old-lstm", lambda x: L.Dense(1)(L.LSTM(3)(words(x))), IDS, ending=".h5")
add("old-both-ends", lambda x: L.Dense(1)(L.Bidirectional(L.LSTM(3))(L.Embedding(10, 4)(x))), IDS, ending=".h5")
add("own-mask", lambda x: L.LSTM(3)(L.Embedding(10, 4)(x), mask=keras.ops.not_equal(x, 3)), IDS)
with zipfile.ZipFile(os.path.join(HERE, "text-models.zip"), "w", zipfile.ZIP_DEFLATED) as out:
    for name, content in files.items():
        out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)

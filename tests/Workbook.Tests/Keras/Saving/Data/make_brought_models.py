"""Makes data/digits.keras, data/remarks.keras and data/remarks.csv, the models and the text of notebook 14: python make_brought_models.py
(TensorFlow 2.21, Keras 3.15).

The digits: 300 rows of data/digits.csv, those with row mod 6 = 1, are trained on, far too long, as people do.
The remarks: sentences of our own making. Each has a score that is known, and its label is drawn: P(positive) = 1 / (1 + exp(-score)).
What comes after "but" counts twice, "not" turns the next judgement, "very" makes it 1.5 times as strong.
"""
import csv
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers as L

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "..", "..", "..", "data")
WORDS = {"good": 1.6, "kind": 1.0, "clear": 0.7, "bright": 1.2, "warm": 0.5, "bad": -1.6, "rude": -1.0, "dull": -0.7, "dark": -1.2, "cold": -0.5}
THINGS = ["room", "meal", "book", "host", "walk", "play", "view", "bread"]


def digits():
    rows = np.loadtxt(os.path.join(DATA, "digits.csv"), delimiter=",", skiprows=1)
    x, y = rows[:, :64].reshape(-1, 8, 8, 1).astype("float32") / 16, rows[:, 64].astype("int32")
    train = np.arange(len(x)) % 6 == 1
    test = np.arange(len(x)) % 3 == 0
    keras.utils.set_random_seed(14)
    model = keras.Sequential([keras.Input((8, 8, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(),
                              L.Dense(48, activation="relu"), L.Dense(10, activation="softmax")], name="digits")
    model.compile(keras.optimizers.Adam(0.005), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(x[train], y[train], epochs=200, batch_size=50, verbose=0)
    print("digits", model.count_params(), "train", model.evaluate(x[train], y[train], verbose=0), "test", model.evaluate(x[test], y[test], verbose=0))
    model.save(os.path.join(DATA, "digits.keras"))


def remark(rng):
    """The words of a sentence and its score."""
    def clause():
        words, factor = ["the", THINGS[rng.integers(len(THINGS))], "was"], 1.0
        if rng.random() < 0.35:
            words.append("not")
            factor = -1.0
        if rng.random() < 0.3:
            words.append("very")
            factor *= 1.5
        said = list(WORDS)[rng.integers(len(WORDS))]
        return words + [said], factor * WORDS[said]
    words, score = clause()
    if rng.random() < 0.6:
        more, after = clause()
        turn = "but" if rng.random() < 0.5 else "and"
        words, score = words + [turn] + more, score + (2 if turn == "but" else 1) * after
    return words, score


def remarks():
    rng = np.random.default_rng(14)
    path = os.path.join(DATA, "remarks.csv")
    with open(path, "w", newline="") as file:
        said = []
        for _ in range(1200):
            words, score = remark(rng)
            said.append((words, score, int(rng.random() < 1 / (1 + np.exp(-score)))))
        vocabulary = sorted({w for words, _, _ in said for w in words})
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["remark"] + [f"w{i:02}" for i in range(1, 14)] + ["score", "positive"])
        for words, score, positive in said:
            out.writerow([" ".join(words)] + ([vocabulary.index(w) + 1 for w in words] + [0] * 13)[:13] + [f"{score:.2f}", positive])
    rows = list(csv.DictReader(open(path)))
    x = np.array([[int(r[f"w{i:02}"]) for i in range(1, 14)] for r in rows], "int32")
    y = np.array([int(r["positive"]) for r in rows], "int32")
    p = 1 / (1 + np.exp(-np.array([float(r["score"]) for r in rows])))
    train = np.arange(len(x)) % 6 < 2
    test = np.arange(len(x)) % 6 > 2
    keras.utils.set_random_seed(14)
    model = keras.Sequential([keras.Input((13,), dtype="int32"), L.Embedding(len(vocabulary) + 1, 8, mask_zero=True), L.LSTM(12),
                              L.Dense(1, activation="sigmoid")], name="remarks")
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    model.fit(x[train], y[train], epochs=30, batch_size=40, verbose=0)
    nll = lambda q, y: -np.mean(np.log(np.where(y == 1, q, 1 - q)))
    print("remarks", len(vocabulary), model.count_params(), "train", model.evaluate(x[train], y[train], verbose=0), "test", model.evaluate(x[test], y[test], verbose=0),
          "best", nll(p[test], y[test]), np.mean((p[test] > .5) == y[test]), "max words", max(len(r["remark"].split()) for r in rows))
    model.save(os.path.join(DATA, "remarks.keras"))


digits()
remarks()

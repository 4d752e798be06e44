"""A model whose inputs and outputs Keras knows by name, in a dictionary: it goes through them by their names, "a" before "z", and names
the weights in the file in that order. Writes outputs-by-name.keras and what the model predicts, outputs-by-name.json.
Run with Python and Keras 3.15 in this folder."""
import json

import keras
import numpy as np
from keras import layers

x, y = keras.Input((2,), name="x"), keras.Input((2,), name="b")
tower = layers.Dense(3, activation="tanh", name="tower")
z = layers.Dense(1, name="z")(layers.Subtract()([tower(x), tower(y)]))
a = layers.Dense(2, name="a")(layers.Multiply()([tower(x), tower(y)]))
model = keras.Model({"x": x, "b": y}, {"z": z, "a": a})
model.set_weights([np.sin(i + np.arange(w.size)).reshape(w.shape) for i, w in enumerate(model.get_weights())])
data = {"x": np.float32([[0.1, 0.2], [0.3, -0.4]]), "b": np.float32([[0.5, 0.6], [-0.7, 0.8]])}
said = model.predict(data, verbose=0)
model.save("outputs-by-name.keras")
with open("outputs-by-name.json", "w") as file:
    json.dump({name: value.ravel().astype(float).tolist() for name, value in said.items()}, file)
    file.write("\n")

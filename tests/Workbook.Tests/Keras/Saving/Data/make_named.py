"""Makes named.keras and named.json: calls whose inputs go in by name, in an order of their own: python make_named.py (Keras 3.15)."""
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers as L

HERE = os.path.dirname(os.path.abspath(__file__))
keras.utils.set_random_seed(3)
q, v, k = (keras.Input((4, 2), name=n) for n in "qvk")
m = keras.Input((4, 4), dtype="bool", name="m")
_, h, c = L.LSTM(3, return_state=True)(q)
model = keras.Model([q, v, k, m], [
    L.MultiHeadAttention(2, 2)(key=k, query=q, value=v),
    L.MultiHeadAttention(1, 2)(q, attention_mask=m, value=v, use_causal_mask=True),
    L.LSTM(3)(initial_state=[h, c], sequences=v),
    L.GRU(3)(k, initial_state=h),
    L.AdditiveAttention()([q, v], use_causal_mask=True),
])
x = [np.sin(1.0 + i + np.arange(16)).reshape(2, 4, 2).astype("float32") for i in range(3)] + [(np.arange(32) % 3 > 0).reshape(2, 4, 4)]
model.save(os.path.join(HERE, "named.keras"))
json.dump([np.asarray(y, "float64").ravel().tolist() for y in model(x)], open(os.path.join(HERE, "named.json"), "w"))

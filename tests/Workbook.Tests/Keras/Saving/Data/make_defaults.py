"""Every class of Keras with its defaults, as Keras writes it: python make_defaults.py OUT.json (Keras 3.15.1)."""
import inspect
import json
import sys

import keras
from keras import constraints, initializers, layers, losses, metrics, optimizers, regularizers

NEEDED = {
    "Activation": ("relu",), "AlphaDropout": (.1,), "Conv1D": (4, 3), "Conv1DTranspose": (4, 3), "Conv2D": (4, 3), "Conv2DTranspose": (4, 3),
    "CosineDecay": (.1, 10), "CosineDecayRestarts": (.1, 10), "Dense": (3,), "DepthwiseConv1D": (3,), "DepthwiseConv2D": (3,), "Dot": (1,),
    "Dropout": (.5,), "Embedding": (10, 4), "ExponentialDecay": (.1, 10, .9), "GRU": (4,), "GaussianDropout": (.1,), "GaussianNoise": (.1,),
    "InverseTimeDecay": (.1, 10, .9), "LSTM": (4,), "MultiHeadAttention": (2, 3), "Permute": ((2, 1),), "PiecewiseConstantDecay": ([1, 2], [.1, .2, .3]),
    "PolynomialDecay": (.1, 10), "RepeatVector": (3,), "Rescaling": (.5,), "Reshape": ((2, 3),), "SeparableConv1D": (4, 3), "SeparableConv2D": (4, 3),
    "SimpleRNN": (4,), "SpatialDropout1D": (.1,), "SpatialDropout2D": (.1,), "SpatialDropout3D": (.1,),
}
rows = {}
for kind, module in {"layers": layers, "initializers": initializers, "regularizers": regularizers, "constraints": constraints,
                     "losses": losses, "metrics": metrics, "optimizers": optimizers, "schedules": optimizers.schedules}.items():
    for name in dir(module):
        cls = getattr(module, name)
        if not inspect.isclass(cls) or cls.__name__ != name:
            continue
        args = {"Bidirectional": (layers.LSTM(4),), "TimeDistributed": (layers.Dense(3),)}.get(name) or NEEDED.get(name, ())
        try:
            rows[f"{kind}.{name}"] = keras.saving.serialize_keras_object(cls(*args))
        except Exception as e:
            print(name, str(e)[:80], file=sys.stderr)
json.dump({k: v for k, v in rows.items() if isinstance(v, dict)}, open(sys.argv[1], "w"), indent=0)

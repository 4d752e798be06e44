"""Makes keras-layer-names.json, which LayerTableTests compares docs/keras.md with: the classes of keras.layers, second names left out."""
import inspect
import json
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
names = [n for n in dir(keras.layers) if inspect.isclass(getattr(keras.layers, n)) and getattr(keras.layers, n).__name__ == n]
json.dump({"keras": keras.__version__, "layers": names}, open(os.path.join(DATA, "keras-layer-names.json"), "w"), indent=0)
print(len(names))

"""What Keras needs to load a model that was saved with a learned number between its layers.

    import workbook_layers
    model = keras.models.load_model("model.keras")

The number is a weight of the layer: it trains, and is saved with the model again.
"""
import keras
from keras import ops

OPERATIONS = {
    "add": ops.add,
    "subtract": ops.subtract,
    "multiply": ops.multiply,
    "divide": ops.divide,
    "pow": ops.power,
    "maximum": ops.maximum,
    "minimum": ops.minimum,
}


@keras.saving.register_keras_serializable(package="Workbook")
class LearnedOperation(keras.layers.Layer):
    """A learned number or array on one side of an operation: x * w, x + w, w / x, x ** w and the like."""

    def __init__(self, operation, shape, first=False, **kwargs):
        super().__init__(**kwargs)
        self.operation, self.shape, self.first = operation, tuple(shape), first

    def build(self, input_shape):
        self.value = self.add_weight(name="value", shape=self.shape, initializer="ones")
        self.built = True

    def call(self, x):
        run = OPERATIONS[self.operation]
        return run(self.value, x) if self.first else run(x, self.value)

    def compute_output_shape(self, input_shape):
        n = max(len(input_shape), len(self.shape))
        a = (1,) * (n - len(input_shape)) + tuple(input_shape)
        b = (1,) * (n - len(self.shape)) + self.shape
        return tuple(j if i == 1 else i for i, j in zip(a, b))

    def get_config(self):
        return {**super().get_config(), "operation": self.operation, "shape": list(self.shape), "first": self.first}

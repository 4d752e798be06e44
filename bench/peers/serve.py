# Python's TensorFlow on the workloads of this bench: a line "w1 150" (workload, milliseconds) is answered by "median best" in microseconds.
# raw, rawmatmul, add: one eager op on 2 x 2 matrices. w1 to w3: a training step of the three nets; conv, lenet, lstm: of Keras layers.
# Eagerly, as one writes it; with the argument function, each step is a tf.function.
import os, sys, time
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras, tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(int(os.environ.get("THREADS", "1")))
NETS = [(1, [10, 64, 10]), (32, [64, 64, 32, 10]), (128, [784, 64, 32, 10])]

def step_of(batch, sizes):
    kernels = [tf.Variable(tf.random.uniform([i, o], -1, 1) * (6 / (i + o)) ** .5) for i, o in zip(sizes, sizes[1:])]
    biases = [tf.Variable(tf.zeros([o])) for o in sizes[1:]]
    x, y = tf.random.uniform([batch, sizes[0]], -1, 1), tf.one_hot(tf.random.uniform([batch], 0, sizes[-1], tf.int32), sizes[-1])
    optimizer = keras.optimizers.Adam(1e-8)
    optimizer.build(kernels + biases)
    def step():
        with tf.GradientTape() as tape:
            h = x
            for i, (kernel, bias) in enumerate(zip(kernels, biases)):
                h = tf.matmul(h, kernel) + bias
                if i < len(kernels) - 1: h = tf.nn.relu(h)
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, h))
        optimizer.apply_gradients(zip(tape.gradient(loss, kernels + biases), kernels + biases))
        return float(loss)
    return step

FUNCTION = sys.argv[1:] == ["function"]

def layers_of(shape, *layers):
    model = keras.Sequential([keras.Input(shape), *layers])
    x, y = tf.random.uniform([32, *shape], -1, 1), tf.one_hot(tf.random.uniform([32], 0, 10, tf.int32), 10)
    optimizer = keras.optimizers.Adam(1e-8)
    optimizer.build(model.trainable_variables)
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, model(x, training=True)))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss
    made = tf.function(step) if FUNCTION else step
    return lambda: float(made())

L = keras.layers
a, b = tf.constant([[1., 2.], [3., 4.]]), tf.constant([[1., 0.], [0., 10.]])
work = {"raw": lambda: tf.raw_ops.AddV2(x=a, y=b), "rawmatmul": lambda: tf.raw_ops.MatMul(a=a, b=b), "add": lambda: tf.add(a, b)}
work.update({f"w{i + 1}": step_of(*net) for i, net in enumerate(NETS)})

work["conv"] = layers_of((28, 28, 1), L.Conv2D(32, 3, activation="relu"), L.MaxPooling2D(), L.Conv2D(64, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(10))
work["lenet"] = layers_of((28, 28, 1), L.Conv2D(6, 5, padding="same", activation="relu"), L.MaxPooling2D(), L.Conv2D(16, 5, activation="relu"), L.MaxPooling2D(), L.Flatten(),
                          L.Dense(120, activation="relu"), L.Dense(84, activation="relu"), L.Dense(10))
work["lstm"] = layers_of((50, 16), L.LSTM(64), L.Dense(10))

print("ready", flush=True)
for line in sys.stdin:
    name, milliseconds = line.split()
    call = work[name]
    call()
    start = time.perf_counter()
    call()
    count = max(1, int(5e-4 / max(time.perf_counter() - start, 1e-7)))
    times, begin = [], time.perf_counter()
    while time.perf_counter() - begin < float(milliseconds) / 1000 or len(times) < 3:
        start = time.perf_counter()
        for _ in range(count): call()
        times.append((time.perf_counter() - start) / count * 1e6)
    times.sort()
    print(f"{times[len(times) // 2]:.3f} {times[0]:.3f}", flush=True)

"""Makes keras-guides.json, which GuideTests compares with: python make_guides.py (TensorFlow 2.21, Keras 3.15), in float64.

Programs of Keras' guides and examples with convolutions, recurrent layers, attention and random numbers, layer by layer as written; samples and, where it
says so, widths are fewer. First weights, pictures and texts follow from formulas. Random numbers are those of the workbook (SplitMix64, Box-Muller), so that
dropout and noise are the same there. Of the weights afterwards a file has two numbers each: sum(w * sin(1 + i)) and sum(w * w).
"""
import json
import math
import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Data")
keras.config.set_floatx("float64")
rows = []
cast = tf.cast
# Keras casts the betas of an optimizer by way of float32, which turns the sixth digit of a first step; here they are what was written.
tf.cast = lambda x, dtype, name=None: tf.constant(x, dtype) if isinstance(x, float) else cast(x, dtype, name)


class SplitMix64:
    def __init__(self, seed):
        self.state, self.spare = seed, None

    def next(self):
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return z ^ (z >> 31)

    def uniform(self):
        return (self.next() >> 11) / (1 << 53)

    def normal(self):
        if self.spare is not None:
            kept, self.spare = self.spare, None
            return kept
        radius = math.sqrt(-2 * math.log(1 - self.uniform()))
        angle = 2 * math.pi * self.uniform()
        self.spare = radius * math.sin(angle)
        return radius * math.cos(angle)

    def array(self, draw, shape):
        return np.array([draw(self) for _ in range(int(np.prod(shape)))]).reshape([int(n) for n in shape])


class Random:
    """The global generator, and what draws from it."""
    generator = SplitMix64(0)

    @staticmethod
    def set_seed(seed):
        Random.generator = SplitMix64(seed)

    @staticmethod
    def normal(shape, seed=None):
        return tf.constant((Random.generator if seed is None else SplitMix64(seed.next())).array(SplitMix64.normal, shape))

    @staticmethod
    def uniform(shape):
        return tf.constant(Random.generator.array(SplitMix64.uniform, shape))


class Dropout(layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.rate, self.supports_masking = rate, True

    def call(self, inputs, training=None):
        if not training:
            return inputs
        return tf.where(Random.uniform(inputs.shape) < 1 - self.rate, inputs / (1 - self.rate), 0.0)


def wave(*shape, first=0.0):
    return np.sin(first + 0.37 * np.arange(int(np.prod(shape)))).reshape(shape)


def pictures(*shape, first=0.0):
    return 0.5 + 0.5 * wave(*shape, first=first)


def texts(rows, length, words):
    return (7919 * np.arange(rows * length) + 13).reshape(rows, length) % words


def fill(*parts):
    """Formulas in place of what initializers draw: vectors stay."""
    k = 0
    for part in parts:
        for w in part.weights:
            if len(w.shape) < 2:
                continue
            n = int(np.prod(w.shape))
            w.assign((1.2 * np.sin(1 + k + 1.3 * np.arange(n)) / math.sqrt(n // w.shape[-1])).reshape(w.shape))
            k += 1


def prints(*parts):
    found = []
    for part in parts:
        for w in part.get_weights():
            w = np.asarray(w, "float64").ravel()
            found.append([float(np.sum(w * np.sin(1.0 + np.arange(w.size)))), float(np.sum(w * w))])
    return found


def row(name, history, *parts, **more):
    history = history if isinstance(history, dict) else history.history
    rows.append({"guide": name, "history": {k: [float(v) for v in vs] for k, vs in history.items()}, "after": prints(*parts), **more})
    print(name, {k: vs[-1] for k, vs in history.items()})


def functional():
    # keras.io/guides/functional_api: models with multiple inputs and outputs
    num_tags, num_words, num_departments = 12, 10000, 4
    title_input = keras.Input(shape=(None,), name="title")
    body_input = keras.Input(shape=(None,), name="body")
    tags_input = keras.Input(shape=(num_tags,), name="tags")
    title_embedding, body_embedding = layers.Embedding(num_words, 64), layers.Embedding(num_words, 64)
    title_lstm, body_lstm = layers.LSTM(128), layers.LSTM(32)
    title_features = title_lstm(title_embedding(title_input))
    body_features = body_lstm(body_embedding(body_input))
    x = layers.concatenate([title_features, body_features, tags_input])
    priority, department = layers.Dense(1, name="priority"), layers.Dense(num_departments, name="department")
    model = keras.Model(inputs=[title_input, body_input, tags_input], outputs={"priority": priority(x), "department": department(x)})
    model.compile(optimizer=keras.optimizers.RMSprop(1e-3),
                  loss={"priority": keras.losses.BinaryCrossentropy(from_logits=True), "department": keras.losses.CategoricalCrossentropy(from_logits=True)},
                  loss_weights={"priority": 1.0, "department": 0.2}, run_eagerly=True)
    parts = [title_embedding, body_embedding, title_lstm, body_lstm, priority, department]
    fill(*parts)
    rows = 16
    history = model.fit({"title": texts(rows, 12, num_words), "body": texts(rows, 20, num_words), "tags": (wave(rows, num_tags) > 0).astype("float64")},
                        {"priority": pictures(rows, 1), "department": np.eye(num_departments)[np.arange(rows) % 4]},
                        epochs=2, batch_size=8, shuffle=False, verbose=0)
    row("functional", history, *parts)


def vae():
    # keras.io/guides/making_new_layers_and_models_via_subclassing: putting it all together
    class Sampling(layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.seed_generator = SplitMix64(1337)

        def call(self, inputs):
            z_mean, z_log_var = inputs
            epsilon = Random.normal(z_mean.shape, seed=self.seed_generator)
            return z_mean + ops.exp(0.5 * z_log_var) * epsilon

    class Encoder(layers.Layer):
        def __init__(self, latent_dim=32, intermediate_dim=64, name="encoder", **kwargs):
            super().__init__(name=name, **kwargs)
            self.dense_proj = layers.Dense(intermediate_dim, activation="relu")
            self.dense_mean = layers.Dense(latent_dim)
            self.dense_log_var = layers.Dense(latent_dim)
            self.sampling = Sampling()

        def call(self, inputs):
            x = self.dense_proj(inputs)
            z_mean = self.dense_mean(x)
            z_log_var = self.dense_log_var(x)
            z = self.sampling((z_mean, z_log_var))
            return z_mean, z_log_var, z

    class Decoder(layers.Layer):
        def __init__(self, original_dim, intermediate_dim=64, name="decoder", **kwargs):
            super().__init__(name=name, **kwargs)
            self.dense_proj = layers.Dense(intermediate_dim, activation="relu")
            self.dense_output = layers.Dense(original_dim, activation="sigmoid")

        def call(self, inputs):
            x = self.dense_proj(inputs)
            return self.dense_output(x)

    class VariationalAutoEncoder(keras.Model):
        def __init__(self, original_dim, intermediate_dim=64, latent_dim=32, name="autoencoder", **kwargs):
            super().__init__(name=name, **kwargs)
            self.original_dim = original_dim
            self.encoder = Encoder(latent_dim=latent_dim, intermediate_dim=intermediate_dim)
            self.decoder = Decoder(original_dim, intermediate_dim=intermediate_dim)

        def call(self, inputs):
            z_mean, z_log_var, z = self.encoder(inputs)
            reconstructed = self.decoder(z)
            kl_loss = -0.5 * ops.mean(z_log_var - ops.square(z_mean) - ops.exp(z_log_var) + 1)
            self.add_loss(kl_loss)
            return reconstructed

    x_train = pictures(128, 784)
    vae = VariationalAutoEncoder(784, 64, 32)
    vae(x_train[:1])
    fill(vae.encoder, vae.decoder)
    vae.encoder.sampling.seed_generator = SplitMix64(1337)
    vae.compile(keras.optimizers.Adam(learning_rate=1e-3), loss=keras.losses.MeanSquaredError(), run_eagerly=True)
    row("vae", vae.fit(x_train, x_train, epochs=2, batch_size=64, shuffle=False, verbose=0), vae.encoder, vae.decoder)


def gan():
    # keras.io/guides/writing_a_custom_training_loop_in_tensorflow: end-to-end example, a GAN training loop from scratch
    discriminator = keras.Sequential([
        keras.Input(shape=(28, 28, 1)), layers.Conv2D(64, (3, 3), strides=(2, 2), padding="same"), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(128, (3, 3), strides=(2, 2), padding="same"), layers.LeakyReLU(negative_slope=0.2), layers.GlobalMaxPooling2D(), layers.Dense(1)], name="discriminator")
    latent_dim = 128
    generator = keras.Sequential([
        keras.Input(shape=(latent_dim,)), layers.Dense(7 * 7 * 128), layers.LeakyReLU(negative_slope=0.2), layers.Reshape((7, 7, 128)),
        layers.Conv2DTranspose(128, (4, 4), strides=(2, 2), padding="same"), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2DTranspose(128, (4, 4), strides=(2, 2), padding="same"), layers.LeakyReLU(negative_slope=0.2),
        layers.Conv2D(1, (7, 7), padding="same", activation="sigmoid")], name="generator")
    fill(discriminator, generator)
    d_optimizer = keras.optimizers.Adam(learning_rate=0.0003)
    g_optimizer = keras.optimizers.Adam(learning_rate=0.0004)
    loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)
    Random.set_seed(5)

    def train_step(real_images):
        batch_size = real_images.shape[0]
        random_latent_vectors = Random.normal((batch_size, latent_dim))
        generated_images = generator(random_latent_vectors)
        combined_images = tf.concat([generated_images, real_images], axis=0)
        labels = tf.concat([tf.ones((batch_size, 1), "float64"), tf.zeros((real_images.shape[0], 1), "float64")], axis=0)
        labels += 0.05 * Random.uniform(labels.shape)
        with tf.GradientTape() as tape:
            predictions = discriminator(combined_images)
            d_loss = loss_fn(labels, predictions)
        grads = tape.gradient(d_loss, discriminator.trainable_weights)
        d_optimizer.apply(grads, discriminator.trainable_weights)
        random_latent_vectors = Random.normal((batch_size, latent_dim))
        misleading_labels = tf.zeros((batch_size, 1), "float64")
        with tf.GradientTape() as tape:
            predictions = discriminator(generator(random_latent_vectors))
            g_loss = loss_fn(misleading_labels, predictions)
        grads = tape.gradient(g_loss, generator.trainable_weights)
        g_optimizer.apply(grads, generator.trainable_weights)
        return d_loss, g_loss, generated_images

    losses = [train_step(pictures(2, 28, 28, 1, first=step))[:2] for step in range(2)]
    row("gan", {"d_loss": [d for d, _ in losses], "g_loss": [g for _, g in losses]}, discriminator, generator)


def convnet():
    # keras.io/examples/vision/mnist_convnet
    num_classes, input_shape = 10, (28, 28, 1)
    x_train, y_train = pictures(20, *input_shape), keras.utils.to_categorical(np.arange(20) * 7 % 10, num_classes)
    model = keras.Sequential([
        keras.Input(shape=input_shape), layers.Conv2D(32, kernel_size=(3, 3), activation="relu"), layers.MaxPooling2D(pool_size=(2, 2)),
        layers.Conv2D(64, kernel_size=(3, 3), activation="relu"), layers.MaxPooling2D(pool_size=(2, 2)), layers.Flatten(), Dropout(0.5),
        layers.Dense(num_classes, activation="softmax")])
    fill(model)
    model.compile(loss="categorical_crossentropy", optimizer="adam", metrics=["accuracy"], run_eagerly=True)
    Random.set_seed(5)
    row("convnet", model.fit(x_train, y_train, batch_size=6, epochs=2, validation_split=0.1, shuffle=False, verbose=0), model)


def siamese():
    # keras.io/examples/vision/siamese_contrastive
    def euclidean_distance(vects):
        x, y = vects
        sum_square = ops.sum(ops.square(x - y), axis=1, keepdims=True)
        return ops.sqrt(ops.maximum(sum_square, keras.backend.epsilon()))

    input = keras.layers.Input((28, 28, 1))
    x = keras.layers.BatchNormalization()(input)
    x = keras.layers.Conv2D(4, (5, 5), activation="tanh")(x)
    x = keras.layers.AveragePooling2D(pool_size=(2, 2))(x)
    x = keras.layers.Conv2D(16, (5, 5), activation="tanh")(x)
    x = keras.layers.AveragePooling2D(pool_size=(2, 2))(x)
    x = keras.layers.Flatten()(x)
    x = keras.layers.BatchNormalization()(x)
    x = keras.layers.Dense(10, activation="tanh")(x)
    embedding_network = keras.Model(input, x)
    input_1, input_2 = keras.layers.Input((28, 28, 1)), keras.layers.Input((28, 28, 1))
    tower_1, tower_2 = embedding_network(input_1), embedding_network(input_2)
    merge_layer = keras.layers.Lambda(euclidean_distance, output_shape=(1,))([tower_1, tower_2])
    normal_layer = keras.layers.BatchNormalization()(merge_layer)
    output_layer = keras.layers.Dense(1, activation="sigmoid")(normal_layer)
    siamese = keras.Model(inputs=[input_1, input_2], outputs=output_layer)

    def loss(margin=1):
        def contrastive_loss(y_true, y_pred):
            square_pred = ops.square(y_pred)
            margin_square = ops.square(ops.maximum(margin - (y_pred), 0))
            return ops.mean((1 - y_true) * square_pred + (y_true) * margin_square)
        return contrastive_loss

    siamese.compile(loss=loss(margin=1), optimizer="RMSprop", metrics=["accuracy"], run_eagerly=True)
    fill(siamese)
    x_train_1, x_train_2, labels_train = pictures(12, 28, 28, 1), pictures(12, 28, 28, 1, first=2.0) ** 2, (np.arange(12) * 5 % 3 > 0).astype("float64")[:, None]
    row("siamese", siamese.fit([x_train_1, x_train_2], labels_train, validation_data=([x_train_1[:4], x_train_2[:4]], labels_train[:4]), batch_size=6, epochs=2,
                               shuffle=False, verbose=0), siamese)


def transfer():
    # keras.io/guides/transfer_learning: an end-to-end example; the base is the small Xception of keras.io/examples/vision/image_classification_from_scratch, narrower
    inputs = keras.Input((24, 24, 3))
    x = layers.Conv2D(8, 3, strides=2, padding="same")(inputs)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    previous_block_activation = x
    for size in [12, 16]:
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.Activation("relu")(x)
        x = layers.SeparableConv2D(size, 3, padding="same")(x)
        x = layers.BatchNormalization()(x)
        x = layers.MaxPooling2D(3, strides=2, padding="same")(x)
        residual = layers.Conv2D(size, 1, strides=2, padding="same")(previous_block_activation)
        x = layers.add([x, residual])
        previous_block_activation = x
    base_model = keras.Model(inputs, x)
    # Within a functional model Keras 3 overrides training=False once the base is not frozen; inside of a layer it keeps it.
    class Inference(layers.Layer):
        def __init__(self):
            super().__init__()
            self.base_model = base_model

        def call(self, x):
            return self.base_model(x, training=False)

    base_model.trainable = False
    inputs = keras.Input(shape=(24, 24, 3))
    scale_layer = keras.layers.Rescaling(scale=1 / 127.5, offset=-1)
    x = scale_layer(inputs)
    x = Inference()(x)
    x = keras.layers.GlobalAveragePooling2D()(x)
    x = Dropout(0.2)(x)
    head = keras.layers.Dense(1)
    model = keras.Model(inputs, head(x))
    kernels = [layer for layer in base_model.layers if layer.weights]
    names = [layer.__class__.__name__ for layer in kernels]
    fill(*kernels, head)
    x_train, y_train = 255 * pictures(12, 24, 24, 3), (np.arange(12) * 5 % 3 > 0).astype("float64")[:, None]
    model.compile(optimizer=keras.optimizers.Adam(), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy()], run_eagerly=True)
    Random.set_seed(5)
    first = model.fit(x_train, y_train, epochs=2, batch_size=4, shuffle=False, verbose=0).history
    base_model.trainable = True
    model.compile(optimizer=keras.optimizers.Adam(1e-5), loss=keras.losses.BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy()], run_eagerly=True)
    second = model.fit(x_train, y_train, epochs=1, batch_size=4, shuffle=False, verbose=0).history
    row("transfer", {k: first[k] + second[k] for k in first}, *kernels, head, layers=names)


def recurrent():
    # keras.io/examples/nlp/bidirectional_lstm_imdb
    max_features = 20000
    inputs = keras.Input(shape=(None,), dtype="int32")
    x = layers.Embedding(max_features, 128)(inputs)
    x = layers.Bidirectional(layers.LSTM(64, return_sequences=True))(x)
    x = layers.Bidirectional(layers.LSTM(64))(x)
    outputs = layers.Dense(1, activation="sigmoid")(x)
    model = keras.Model(inputs, outputs)
    fill(model)
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"], run_eagerly=True)
    x_train, y_train = texts(8, 20, max_features), (np.arange(8) % 3 > 0).astype("float64")[:, None]
    row("recurrent", model.fit(x_train, y_train, batch_size=4, epochs=2, validation_data=(x_train[:3], y_train[:3]), shuffle=False, verbose=0), model)


def texts_with_convolutions():
    # keras.io/examples/nlp/text_classification_from_scratch
    max_features, embedding_dim = 20000, 128
    inputs = keras.Input(shape=(None,), dtype="int64")
    x = layers.Embedding(max_features, embedding_dim)(inputs)
    x = Dropout(0.5)(x)
    x = layers.Conv1D(128, 7, padding="valid", activation="relu", strides=3)(x)
    x = layers.Conv1D(128, 7, padding="valid", activation="relu", strides=3)(x)
    x = layers.GlobalMaxPooling1D()(x)
    x = layers.Dense(128, activation="relu")(x)
    x = Dropout(0.5)(x)
    predictions = layers.Dense(1, activation="sigmoid", name="predictions")(x)
    model = keras.Model(inputs, predictions)
    fill(model)
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"], run_eagerly=True)
    Random.set_seed(5)
    row("convolution of texts", model.fit(texts(8, 60, max_features), (np.arange(8) % 3 > 0).astype("float64")[:, None], batch_size=4, epochs=2, shuffle=False, verbose=0), model)


def transformer():
    # keras.io/examples/nlp/text_classification_with_transformer
    class TransformerBlock(layers.Layer):
        def __init__(self, embed_dim, num_heads, ff_dim, rate=0.1):
            super().__init__()
            self.att = layers.MultiHeadAttention(num_heads=num_heads, key_dim=embed_dim)
            self.ffn = keras.Sequential([layers.Dense(ff_dim, activation="relu"), layers.Dense(embed_dim)])
            self.layernorm1 = layers.LayerNormalization(epsilon=1e-6)
            self.layernorm2 = layers.LayerNormalization(epsilon=1e-6)
            self.dropout1 = Dropout(rate)
            self.dropout2 = Dropout(rate)

        def call(self, inputs, training=None):
            attn_output = self.att(inputs, inputs)
            attn_output = self.dropout1(attn_output, training=training)
            out1 = self.layernorm1(inputs + attn_output)
            ffn_output = self.ffn(out1)
            ffn_output = self.dropout2(ffn_output, training=training)
            return self.layernorm2(out1 + ffn_output)

    class TokenAndPositionEmbedding(layers.Layer):
        def __init__(self, maxlen, vocab_size, embed_dim):
            super().__init__()
            self.token_emb = layers.Embedding(input_dim=vocab_size, output_dim=embed_dim)
            self.pos_emb = layers.Embedding(input_dim=maxlen, output_dim=embed_dim)

        def call(self, x):
            maxlen = ops.shape(x)[-1]
            positions = ops.arange(start=0, stop=maxlen, step=1)
            positions = self.pos_emb(positions)
            x = self.token_emb(x)
            return x + positions

    vocab_size, maxlen, embed_dim, num_heads, ff_dim = 20000, 30, 32, 2, 32
    inputs = layers.Input(shape=(maxlen,))
    embedding_layer = TokenAndPositionEmbedding(maxlen, vocab_size, embed_dim)
    x = embedding_layer(inputs)
    transformer_block = TransformerBlock(embed_dim, num_heads, ff_dim)
    x = transformer_block(x)
    x = layers.GlobalAveragePooling1D()(x)
    x = Dropout(0.1)(x)
    dense = layers.Dense(20, activation="relu")
    x = dense(x)
    x = Dropout(0.1)(x)
    last = layers.Dense(2, activation="softmax")
    model = keras.Model(inputs=inputs, outputs=last(x))
    t = transformer_block
    parts = [embedding_layer.token_emb, embedding_layer.pos_emb, t.att, t.ffn, t.layernorm1, t.layernorm2, dense, last]
    fill(*parts)
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"], run_eagerly=True)
    x_train, y_train = texts(8, maxlen, vocab_size), np.arange(8) % 3 % 2
    Random.set_seed(5)
    row("transformer", model.fit(x_train, y_train, batch_size=4, epochs=2, validation_data=(x_train[:3], y_train[:3]), shuffle=False, verbose=0), *parts)


for guide in [functional, vae, gan, convnet, siamese, transfer, recurrent, texts_with_convolutions, transformer]:
    guide()
header = {"keras": keras.__version__, "tensorflow": tf.__version__, "what": "programs of the guides and examples of Keras in float64, without shuffling"}
with open(os.path.join(DATA, "keras-guides.json"), "w", newline="\n") as file:
    file.write(json.dumps({"header": header})[:-1] + ', "guides": [\n' + ",\n".join(json.dumps(r) for r in rows) + "\n]}\n")

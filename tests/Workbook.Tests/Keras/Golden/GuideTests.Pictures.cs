using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Golden;

public sealed partial class GuideTests
{
    // Guide: writing a custom training loop in TensorFlow, a GAN training loop from scratch.
    [Fact]
    public void Two_networks_of_convolutions_against_each_other()
    {
        var discriminator = keras.Sequential([
            keras.Input(shape: (28, 28, 1)),
            layers.Conv2D(64, (3, 3), strides: (2, 2), padding: "same"),
            layers.LeakyReLU(negative_slope: 0.2),
            layers.Conv2D(128, (3, 3), strides: (2, 2), padding: "same"),
            layers.LeakyReLU(negative_slope: 0.2),
            layers.GlobalMaxPooling2D(),
            layers.Dense(1)], name: "discriminator");
        var latent_dim = 128;
        var generator = keras.Sequential([
            keras.Input(shape: latent_dim),
            layers.Dense(7 * 7 * 128),
            layers.LeakyReLU(negative_slope: 0.2),
            layers.Reshape((7, 7, 128)),
            layers.Conv2DTranspose(128, (4, 4), strides: (2, 2), padding: "same"),
            layers.LeakyReLU(negative_slope: 0.2),
            layers.Conv2DTranspose(128, (4, 4), strides: (2, 2), padding: "same"),
            layers.LeakyReLU(negative_slope: 0.2),
            layers.Conv2D(1, (7, 7), padding: "same", activation: "sigmoid")], name: "generator");
        Fill(discriminator, generator);
        var d_optimizer = optimizers.Adam(learning_rate: 0.0003);
        var g_optimizer = optimizers.Adam(learning_rate: 0.0004);
        var loss_fn = losses.BinaryCrossentropy(from_logits: true);
        tf.random.set_seed(5);

        (Tensor, Tensor, Tensor) train_step(Tensor real_images)
        {
            var batch_size = real_images.shape[0];
            var random_latent_vectors = tf.random.normal(shape: (batch_size, latent_dim), dtype: tf.float64);
            var generated_images = generator.Apply(random_latent_vectors);
            var combined_images = tf.concat([generated_images, real_images], axis: 0);
            var labels = tf.concat([tf.ones((batch_size, 1), tf.float64), tf.zeros((real_images.shape[0], 1), tf.float64)], axis: 0);
            labels += 0.05 * tf.random.uniform(labels.shape, dtype: tf.float64);
            Tensor d_loss, g_loss;
            using (var tape = tf.GradientTape())
            {
                var predictions = discriminator.Apply(combined_images);
                d_loss = loss_fn.Apply(labels, predictions);
                var grads = tape.gradient(d_loss, discriminator.trainable_weights);
                d_optimizer.apply(grads, discriminator.trainable_weights);
            }
            random_latent_vectors = tf.random.normal(shape: (batch_size, latent_dim), dtype: tf.float64);
            var misleading_labels = tf.zeros((batch_size, 1), tf.float64);
            using (var tape = tf.GradientTape())
            {
                var predictions = discriminator.Apply(generator.Apply(random_latent_vectors));
                g_loss = loss_fn.Apply(misleading_labels, predictions);
                var grads = tape.gradient(g_loss, generator.trainable_weights);
                g_optimizer.apply(grads, generator.trainable_weights);
            }
            return (d_loss, g_loss, generated_images);
        }

        Dictionary<string, List<double>> seen = new() { ["d_loss"] = [], ["g_loss"] = [] };
        for (var step = 0; step < 2; step++)
        {
            var (d_loss, g_loss, _) = train_step(Pictures((2, 28, 28, 1), first: step));
            seen["d_loss"].Add((double)d_loss);
            seen["g_loss"].Add((double)g_loss);
        }
        Same("gan", seen, discriminator, generator);
    }

    // Example: simple MNIST convnet.
    [Fact]
    public void Digits_with_convolutions()
    {
        var (num_classes, input_shape) = (10, new Shape(28, 28, 1));
        var (x_train, y_train) = (Pictures((20, 28, 28, 1)), keras.utils.to_categorical(tf.range(0, 20) * 7 % 10, num_classes));
        var model = keras.Sequential([
            keras.Input(shape: input_shape),
            layers.Conv2D(32, kernel_size: (3, 3), activation: "relu"),
            layers.MaxPooling2D(pool_size: (2, 2)),
            layers.Conv2D(64, kernel_size: (3, 3), activation: "relu"),
            layers.MaxPooling2D(pool_size: (2, 2)),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(num_classes, activation: "softmax")]);
        Fill(model);
        model.compile(loss: "categorical_crossentropy", optimizer: "adam", metrics: ["accuracy"]);
        tf.random.set_seed(5);
        Same("convnet", model.fit(x_train, y_train, batch_size: 6, epochs: 2, validation_split: 0.1, shuffle: false, verbose: 0), model);
    }

    // Example: image similarity estimation using a Siamese network with a contrastive loss.
    static Tensor euclidean_distance(IReadOnlyList<Tensor> vects)
    {
        var (x, y) = (vects[0], vects[1]);
        var sum_square = tf.reduce_sum(tf.square(x - y), axis: 1, keepdims: true);
        return tf.sqrt(tf.maximum(sum_square, keras.config.epsilon()));
    }

    static Func<Tensor, Tensor, Tensor> loss(double margin = 1) => (y_true, y_pred) =>
    {
        var square_pred = tf.square(y_pred);
        var margin_square = tf.square(tf.maximum(margin - y_pred, 0));
        return tf.reduce_mean((1 - y_true) * square_pred + y_true * margin_square);
    };

    [Fact]
    public void Two_towers_that_share_a_network_of_convolutions()
    {
        var input = keras.Input((28, 28, 1));
        var x = layers.BatchNormalization().Apply(input);
        x = layers.Conv2D(4, (5, 5), activation: "tanh").Apply(x);
        x = layers.AveragePooling2D(pool_size: (2, 2)).Apply(x);
        x = layers.Conv2D(16, (5, 5), activation: "tanh").Apply(x);
        x = layers.AveragePooling2D(pool_size: (2, 2)).Apply(x);
        x = layers.Flatten().Apply(x);
        x = layers.BatchNormalization().Apply(x);
        x = layers.Dense(10, activation: "tanh").Apply(x);
        var embedding_network = keras.Model(input, x);
        var (input_1, input_2) = (keras.Input((28, 28, 1)), keras.Input((28, 28, 1)));
        var (tower_1, tower_2) = (embedding_network.Apply(input_1), embedding_network.Apply(input_2));
        var merge_layer = layers.Lambda(euclidean_distance).Apply([tower_1, tower_2]);
        var normal_layer = layers.BatchNormalization().Apply(merge_layer);
        var output_layer = layers.Dense(1, activation: "sigmoid").Apply(normal_layer);
        var siamese = keras.Model(inputs: [input_1, input_2], outputs: output_layer);
        siamese.compile(loss: loss(margin: 1), optimizer: "RMSprop", metrics: ["accuracy"]);
        Fill(siamese);
        var (x_train_1, x_train_2) = (Pictures((12, 28, 28, 1)), tf.square(Pictures((12, 28, 28, 1), first: 2)));
        var labels_train = Column(12, i => i * 5 % 3 > 0);
        Same("siamese", siamese.fit([x_train_1, x_train_2], labels_train,
            validation_data: ([x_train_1[..4], x_train_2[..4]], labels_train[..4]), batch_size: 6, epochs: 2, shuffle: false, verbose: 0),
            siamese);
    }

    // Guide: transfer learning and fine-tuning; the base is that of image classification from scratch, narrower.
    [Fact]
    public void A_new_head_on_a_frozen_base_of_convolutions_and_then_both()
    {
        var inputs = keras.Input((24, 24, 3));
        var x = layers.Conv2D(8, 3, strides: 2, padding: "same").Apply(inputs);
        x = layers.BatchNormalization().Apply(x);
        x = layers.Activation("relu").Apply(x);
        var previous_block_activation = x;
        foreach (var size in (int[])[12, 16])
        {
            x = layers.Activation("relu").Apply(x);
            x = layers.SeparableConv2D(size, 3, padding: "same").Apply(x);
            x = layers.BatchNormalization().Apply(x);
            x = layers.Activation("relu").Apply(x);
            x = layers.SeparableConv2D(size, 3, padding: "same").Apply(x);
            x = layers.BatchNormalization().Apply(x);
            x = layers.MaxPooling2D(3, strides: 2, padding: "same").Apply(x);
            var residual = layers.Conv2D(size, 1, strides: 2, padding: "same").Apply(previous_block_activation);
            x = layers.add([x, residual]);
            previous_block_activation = x;
        }
        var base_model = keras.Model(inputs, x);
        base_model.trainable = false;
        inputs = keras.Input(shape: (24, 24, 3));
        var scale_layer = layers.Rescaling(scale: 1 / 127.5, offset: -1);
        x = scale_layer.Apply(inputs);
        x = base_model.Apply(x, training: false);
        x = layers.GlobalAveragePooling2D().Apply(x);
        x = layers.Dropout(0.2).Apply(x);
        var head = layers.Dense(1);
        var model = keras.Model(inputs, head.Apply(x));
        // Keras may have another order of layers that do not follow from each other.
        var open = base_model.layers.Where(l => l.weights.Count > 0).ToList();
        Layer[] parts = [.. Guide("transfer").GetProperty("layers").EnumerateArray().Select(name =>
        {
            var next = open.First(l => l.GetType().Name == name.GetString());
            open.Remove(next);
            return next;
        }), head];
        Fill(parts);
        var (x_train, y_train) = (255 * Pictures((12, 24, 24, 3)), Column(12, i => i * 5 % 3 > 0));
        model.compile(optimizer: optimizers.Adam(), loss: losses.BinaryCrossentropy(from_logits: true),
            metrics: [metrics.BinaryAccuracy()]);
        tf.random.set_seed(5);
        var first = model.fit(x_train, y_train, epochs: 2, batch_size: 4, shuffle: false, verbose: 0);
        base_model.trainable = true;
        model.compile(optimizer: optimizers.Adam(1e-5), loss: losses.BinaryCrossentropy(from_logits: true),
            metrics: [metrics.BinaryAccuracy()]);
        var second = model.fit(x_train, y_train, epochs: 1, batch_size: 4, shuffle: false, verbose: 0);
        Same("transfer", first.history.ToDictionary(h => h.Key, h => h.Value.Concat(second.history[h.Key]).ToList()), parts);
    }
}

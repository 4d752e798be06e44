using System.Text.Json;
using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Golden;

/// <summary>
/// Programs of Keras' guides and examples with convolutions, recurrent layers, attention and random numbers, layer by layer as written;
/// keras-guides.json is made by make_guides.py, which says what follows from formulas. What C# forces stands in docs/keras.md.
/// </summary>
[Trait("speed", "slow")]
public sealed partial class GuideTests : IDisposable
{
    // Keras keeps some constants in float32, also in float64.
    const double Near = 1e-6;

    static readonly JsonElement guides =
        JsonDocument.Parse(File.ReadAllText(Repository.File("tests/Workbook.Tests/Keras/Data/keras-guides.json"))).RootElement
            .GetProperty("guides");

    public GuideTests() => keras.config.set_floatx(tf.float64);

    public void Dispose() => keras.config.set_floatx(tf.float32);

    // Guide: the functional API, models with multiple inputs and outputs.
    [Fact]
    public void Many_inputs_and_outputs_by_name()
    {
        var (num_tags, num_words, num_departments) = (12, 10000, 4);
        var title_input = keras.Input(shape: -1, name: "title");
        var body_input = keras.Input(shape: -1, name: "body");
        var tags_input = keras.Input(shape: num_tags, name: "tags");
        var (title_embedding, body_embedding) = (layers.Embedding(num_words, 64), layers.Embedding(num_words, 64));
        var (title_lstm, body_lstm) = (layers.LSTM(128), layers.LSTM(32));
        var title_features = title_lstm.Apply(title_embedding.Apply(title_input));
        var body_features = body_lstm.Apply(body_embedding.Apply(body_input));
        var x = layers.concatenate([title_features, body_features, tags_input]);
        var (priority, department) = (layers.Dense(1, name: "priority"), layers.Dense(num_departments, name: "department"));
        var model = keras.Model(inputs: [title_input, body_input, tags_input], outputs: [priority.Apply(x), department.Apply(x)]);
        model.compile(
            optimizer: optimizers.RMSprop(1e-3),
            loss: new()
            {
                ["priority"] = losses.BinaryCrossentropy(from_logits: true),
                ["department"] = losses.CategoricalCrossentropy(from_logits: true)
            },
            loss_weights: new() { ["priority"] = 1.0, ["department"] = 0.2 });
        Layer[] parts = [title_embedding, body_embedding, title_lstm, body_lstm, priority, department];
        Fill(parts);
        var departments = tf.one_hot(tf.range(0, 16) % 4, num_departments, dtype: tf.float64);
        var history = model.fit(
            new()
            {
                ["title"] = Texts(16, 12, num_words),
                ["body"] = Texts(16, 20, num_words),
                ["tags"] = tf.cast(Wave((16, num_tags)) > 0.0, tf.float64)
            },
            new() { ["priority"] = Pictures((16, 1)), ["department"] = departments },
            epochs: 2, batch_size: 8, shuffle: false, verbose: 0);
        Same("functional", history, parts);
    }

    // Guide: making new layers and models via subclassing, putting it all together.
    sealed class Sampling : Merge
    {
        public SeedGenerator seed_generator = keras.random.SeedGenerator(1337);

        public override Tensor call(Tensor[] inputs, bool training)
        {
            var (z_mean, z_log_var) = (inputs[0], inputs[1]);
            var batch = z_mean.shape[0];
            var dim = z_mean.shape[1];
            var epsilon = keras.random.normal(shape: (batch, dim), seed: seed_generator);
            return z_mean + tf.exp(0.5 * z_log_var) * epsilon;
        }
    }

    sealed class Encoder(int latent_dim = 32, int intermediate_dim = 64, string name = "encoder") : Layer(name)
    {
        readonly Dense dense_proj = layers.Dense(intermediate_dim, activation: "relu");
        readonly Dense dense_mean = layers.Dense(latent_dim);
        readonly Dense dense_log_var = layers.Dense(latent_dim);
        public readonly Sampling sampling = new();

        public override Tensor[] call(Tensor[] inputs, bool training)
        {
            var x = dense_proj.Apply(inputs);
            var z_mean = dense_mean.Apply(x);
            var z_log_var = dense_log_var.Apply(x);
            var z = sampling.Apply([z_mean, z_log_var]);
            return [z_mean, z_log_var, z];
        }
    }

    sealed class Decoder(int original_dim, int intermediate_dim = 64, string name = "decoder") : Layer(name)
    {
        readonly Dense dense_proj = layers.Dense(intermediate_dim, activation: "relu");
        readonly Dense dense_output = layers.Dense(original_dim, activation: "sigmoid");

        public override Tensor call(Tensor inputs, bool training)
        {
            var x = dense_proj.Apply(inputs);
            return dense_output.Apply(x);
        }
    }

    sealed class VariationalAutoEncoder(int original_dim, int intermediate_dim = 64, int latent_dim = 32) : Model("autoencoder")
    {
        public readonly Encoder encoder = new(latent_dim: latent_dim, intermediate_dim: intermediate_dim);
        public readonly Decoder decoder = new(original_dim, intermediate_dim: intermediate_dim);

        public override Tensor call(Tensor inputs, bool training)
        {
            var (z_mean, z_log_var, z) = encoder.ApplyMany([inputs]) is [var m, var v, var s] ? (m, v, s) : default;
            var reconstructed = decoder.Apply(z);
            var kl_loss = -0.5 * tf.reduce_mean(z_log_var - tf.square(z_mean) - tf.exp(z_log_var) + 1);
            add_loss(kl_loss);
            return reconstructed;
        }
    }

    [Fact]
    public void A_variational_autoencoder_with_a_source_of_random_numbers_of_its_own()
    {
        var x_train = Pictures((128, 784));
        var vae = new VariationalAutoEncoder(784, 64, 32);
        vae.Apply(x_train[..1]);
        Fill(vae.encoder, vae.decoder);
        vae.encoder.sampling.seed_generator = keras.random.SeedGenerator(1337);
        vae.compile(optimizers.Adam(learning_rate: 1e-3), loss: losses.MeanSquaredError());
        Same("vae", vae.fit(x_train, x_train, epochs: 2, batch_size: 64, shuffle: false, verbose: 0), vae.encoder, vae.decoder);
    }

    // Example: bidirectional LSTM on IMDB.
    [Fact]
    public void Recurrent_layers_in_both_directions()
    {
        var max_features = 20000;
        var inputs = keras.Input(shape: -1, dtype: tf.int32);
        var x = layers.Embedding(max_features, 128).Apply(inputs);
        x = layers.Bidirectional(layers.LSTM(64, return_sequences: true)).Apply(x);
        x = layers.Bidirectional(layers.LSTM(64)).Apply(x);
        var outputs = layers.Dense(1, activation: "sigmoid").Apply(x);
        var model = keras.Model(inputs, outputs);
        Fill(model);
        model.compile(optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"]);
        var (x_train, y_train) = (Texts(8, 20, max_features), Column(8, i => i % 3 > 0));
        Same("recurrent", model.fit(x_train, y_train, batch_size: 4, epochs: 2, validation_data: (x_train[..3], y_train[..3]),
            shuffle: false, verbose: 0), model);
    }

    // Example: text classification from scratch.
    [Fact]
    public void Convolutions_of_texts()
    {
        var (max_features, embedding_dim) = (20000, 128);
        var inputs = keras.Input(shape: -1, dtype: tf.int64);
        var x = layers.Embedding(max_features, embedding_dim).Apply(inputs);
        x = layers.Dropout(0.5).Apply(x);
        x = layers.Conv1D(128, 7, padding: "valid", activation: "relu", strides: 3).Apply(x);
        x = layers.Conv1D(128, 7, padding: "valid", activation: "relu", strides: 3).Apply(x);
        x = layers.GlobalMaxPooling1D().Apply(x);
        x = layers.Dense(128, activation: "relu").Apply(x);
        x = layers.Dropout(0.5).Apply(x);
        var predictions = layers.Dense(1, activation: "sigmoid", name: "predictions").Apply(x);
        var model = keras.Model(inputs, predictions);
        Fill(model);
        model.compile(loss: "binary_crossentropy", optimizer: "adam", metrics: ["accuracy"]);
        tf.random.set_seed(5);
        Same("convolution of texts", model.fit(Texts(8, 60, max_features), Column(8, i => i % 3 > 0), batch_size: 4, epochs: 2,
            shuffle: false, verbose: 0), model);
    }

    // Example: text classification with a transformer.
    sealed class TransformerBlock(int embed_dim, int num_heads, int ff_dim, double rate = 0.1) : Layer
    {
        public readonly MultiHeadAttention att = layers.MultiHeadAttention(num_heads: num_heads, key_dim: embed_dim);
        public readonly Sequential ffn = keras.Sequential([layers.Dense(ff_dim, activation: "relu"), layers.Dense(embed_dim)]);
        public readonly LayerNormalization layernorm1 = layers.LayerNormalization(epsilon: 1e-6);
        public readonly LayerNormalization layernorm2 = layers.LayerNormalization(epsilon: 1e-6);
        readonly Dropout dropout1 = layers.Dropout(rate), dropout2 = layers.Dropout(rate);

        public override Tensor call(Tensor inputs, bool training)
        {
            var attn_output = att.Apply([inputs, inputs]);
            attn_output = dropout1.Apply(attn_output, training: training);
            var out1 = layernorm1.Apply(inputs + attn_output);
            var ffn_output = ffn.Apply(out1);
            ffn_output = dropout2.Apply(ffn_output, training: training);
            return layernorm2.Apply(out1 + ffn_output);
        }
    }

    sealed class TokenAndPositionEmbedding(int maxlen, int vocab_size, int embed_dim) : Layer
    {
        public readonly Embedding token_emb = layers.Embedding(input_dim: vocab_size, output_dim: embed_dim);
        public readonly Embedding pos_emb = layers.Embedding(input_dim: maxlen, output_dim: embed_dim);

        public override Tensor call(Tensor x, bool training)
        {
            var maxlen = x.shape[^1];
            var positions = tf.range(0, maxlen, 1);
            positions = pos_emb.Apply(positions);
            x = token_emb.Apply(x);
            return x + positions;
        }
    }

    [Fact]
    public void A_block_of_a_transformer()
    {
        var (vocab_size, maxlen, embed_dim, num_heads, ff_dim) = (20000, 30, 32, 2, 32);
        var inputs = keras.Input(shape: maxlen);
        var embedding_layer = new TokenAndPositionEmbedding(maxlen, vocab_size, embed_dim);
        var x = embedding_layer.Apply(inputs);
        var transformer_block = new TransformerBlock(embed_dim, num_heads, ff_dim);
        x = transformer_block.Apply(x);
        x = layers.GlobalAveragePooling1D().Apply(x);
        x = layers.Dropout(0.1).Apply(x);
        var dense = layers.Dense(20, activation: "relu");
        x = dense.Apply(x);
        x = layers.Dropout(0.1).Apply(x);
        var last = layers.Dense(2, activation: "softmax");
        var model = keras.Model(inputs: inputs, outputs: last.Apply(x));
        var t = transformer_block;
        Layer[] parts = [embedding_layer.token_emb, embedding_layer.pos_emb, t.att, t.ffn, t.layernorm1, t.layernorm2, dense, last];
        Fill(parts);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        var (x_train, y_train) = (Texts(8, maxlen, vocab_size), tf.range(0, 8) % 3 % 2);
        tf.random.set_seed(5);
        Same("transformer", model.fit(x_train, y_train, batch_size: 4, epochs: 2, validation_data: (x_train[..3], y_train[..3]),
            shuffle: false, verbose: 0), parts);
    }
}

using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras;

/// <summary>
/// The article's three examples, line by line. In TensorFlow two raise and one learns to switch its own loss off; here all three train.
/// </summary>
public class ArticleTests
{
    static Model create_model(Shape input_shape, Variable reg_param1, Variable reg_param2)
    {
        var inputs = keras.Input(shape: input_shape);
        var x = layers.Dense(64, activation: "relu", kernel_regularizer: keras.regularizers.l2(reg_param1)).Apply(inputs);
        x = layers.Dense(32, activation: "relu", kernel_regularizer: keras.regularizers.l2(reg_param2)).Apply(x);
        var outputs = layers.Dense(10, activation: "softmax").Apply(x);
        return keras.Model(inputs: inputs, outputs: outputs);
    }

    [Fact]
    public void Example_1_a_variable_given_to_l2_is_owned_and_trains()
    {
        tf.random.set_seed(1);
        var reg_param1 = tf.Variable(initial_value: 0.01, dtype: tf.float32, trainable: true, name: "reg_param1");
        var reg_param2 = tf.Variable(initial_value: 0.01, dtype: tf.float32, trainable: true, name: "reg_param2");
        var model = create_model(20, reg_param1, reg_param2);
        model.compile(optimizer: "adam", loss: "categorical_crossentropy", metrics: ["accuracy"]);
        var x = tf.random.normal((96, 20));
        var y = tf.one_hot(tf.random.uniform(96, maxval: 10, dtype: tf.int32), depth: 10);

        var history = model.fit(x, y, epochs: 4, batch_size: 32, verbose: 0);

        Assert.Equal(8, model.trainable_variables.Count);
        Assert.Equal(["accuracy", "loss"], history.history.Keys);
        // Adam moves each strength by about its learning rate per step, downwards: after 11 steps it is below 0, as in TensorFlow.
        Assert.InRange((double)reg_param1, -0.01, -0.001);
        Assert.InRange((double)reg_param2, -0.01, -0.001);
    }

    static Model create_feature_transformer_model(Shape input_shape, Variable transformation_power)
    {
        var inputs = keras.Input(shape: input_shape);
        var transformed_features = tf.math.pow(inputs, transformation_power);
        var x = layers.Dense(64, activation: "relu").Apply(transformed_features);
        var outputs = layers.Dense(1, activation: "sigmoid").Apply(x);
        return keras.Model(inputs: inputs, outputs: outputs);
    }

    [Fact]
    public void Example_2_an_exponent_between_layers_is_adopted_and_trains()
    {
        tf.random.set_seed(2);
        var transformation_power = tf.Variable(initial_value: 1.0, dtype: tf.float32, trainable: true, name: "transformation_power");
        var model = create_feature_transformer_model(10, transformation_power);
        model.compile(optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"]);
        var X_train = tf.random.uniform((100, 10));
        var y_train = tf.cast(tf.random.uniform(100, maxval: 2, dtype: tf.int32), tf.float32);

        model.fit(X_train, y_train, epochs: 10, verbose: 0);

        Assert.Same(transformation_power, model.trainable_variables[0]);
        Assert.Equal([transformation_power], model.hyper_variables);
        Assert.NotEqual(1.0, (double)transformation_power);
        // Ten epochs of Adam(0.001) are 40 steps, so it cannot have moved further than about 0.04.
        Assert.InRange((double)transformation_power, 0.95, 1.05);
    }

    class CustomModel : Model
    {
        readonly Layer dense1 = keras.layers.Dense(64, activation: "relu");
        readonly Layer dense2;
        public readonly Variable loss_weight_1 = tf.Variable(initial_value: 1.0, dtype: tf.float32, trainable: true, name: "loss_weight_1");
        public readonly Variable loss_weight_2 = tf.Variable(initial_value: 1.0, dtype: tf.float32, trainable: true, name: "loss_weight_2");

        public CustomModel(int num_classes) => dense2 = keras.layers.Dense(num_classes, activation: "softmax");

        public override Tensor call(Tensor inputs, bool training)
        {
            var x = dense1.Apply(inputs);
            return dense2.Apply(x);
        }
    }

    static Tensor loss_fn(Tensor y_true, Tensor y_pred, Variable loss_weight_1, Variable loss_weight_2)
    {
        var loss1 = keras.losses.categorical_crossentropy(y_true, y_pred);
        var loss2 = keras.losses.mean_squared_error(y_true, y_pred);
        return (loss_weight_1 * loss1) + (loss_weight_2 * loss2);
    }

    static Tensor train_step(CustomModel model, Tensor inputs, Tensor labels, Optimizer optimizer)
    {
        using var tape = tf.GradientTape();
        var y_pred = model.Apply(inputs);
        var loss = loss_fn(labels, y_pred, model.loss_weight_1, model.loss_weight_2);
        var gradients = tape.gradient(loss, model.trainable_variables);
        optimizer.apply_gradients(gradients.Zip(model.trainable_variables));
        return loss;
    }

    [Fact]
    public void Example_3_loss_weights_in_fields_train_in_a_loop_of_ones_own()
    {
        tf.random.set_seed(3);
        var num_classes = 10;
        var model = new CustomModel(num_classes);
        var optimizer = keras.optimizers.Adam(0.001);
        var data_size = 100;
        Shape input_shape = 10;
        var X_train = tf.random.normal(shape: (data_size, input_shape[0]), dtype: tf.float32);
        var y_train = tf.one_hot(tf.random.uniform(shape: data_size, minval: 0, maxval: num_classes, dtype: tf.int32), depth: num_classes);

        for (var epoch = 0; epoch < 10; epoch++)
            for (var i = 0; i < data_size; i++)
                train_step(model, X_train[i..(i + 1), ..], y_train[i..(i + 1), ..], optimizer);

        Assert.Equal(6, model.trainable_variables.Count);
        // Adam takes steps of nearly its learning rate, so other data end near where TensorFlow's five runs do: .08 to .10 and .04 to .06.
        Assert.InRange((double)model.loss_weight_1, 0.06, 0.12);
        Assert.InRange((double)model.loss_weight_2, 0.03, 0.08);
    }
}

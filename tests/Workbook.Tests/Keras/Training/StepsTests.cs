using Workbook.Keras;
using Workbook.Tensors;
using Xunit;
using static Workbook.Keras.keras;

namespace Workbook.Tests.Keras.Training;

/// <summary>A number of steps: which batches are seen, as in Keras 3.15, and what is said when the data run out.</summary>
public class StepsTests
{
    readonly List<int> seen = [];

    /// <summary>A model whose loss notes the first target of each batch.</summary>
    Model Watching()
    {
        var model = keras.Sequential([keras.Input(1), layers.Dense(1)]);
        model.compile(optimizers.SGD(0.01), losses.Lambda((y, p) =>
        {
            seen.Add((int)(float)y[0, 0]);
            return tf.reduce_mean(tf.square(0.001 * y - p), -1);
        }));
        return model;
    }

    static IEnumerable<(Batch x, Batch y)> Batches(int count)
    {
        for (var i = 0; i < count; i++) yield return (tf.ones((2, 1)), tf.fill((2, 1), (float)i));
    }

    static readonly Tensor X = tf.ones((10, 1)), Y = tf.reshape(tf.cast(tf.range(10), tf.float32), (10, 1));

    [Fact]
    public void Epochs_of_steps_go_on_in_one_enumeration()
    {
        var said = ErrorStream.Anew(() => Watching().fit(Batches(1000), steps_per_epoch: 2, epochs: 3, verbose: 0));
        Assert.Equal([0, 1, 2, 3, 4, 5], seen);
        Assert.Equal("", said);
    }

    [Fact]
    public void Without_steps_each_epoch_goes_through_the_data_anew()
    {
        Watching().fit(Batches(3).ToList(), epochs: 2, verbose: 0);
        Assert.Equal([0, 1, 2, 0, 1, 2], seen);
    }

    [Fact]
    public void Data_that_run_out_end_the_fit_with_a_warning()
    {
        History? history = null;
        var said = ErrorStream.Anew(() => history = Watching().fit(Batches(3).ToList(), steps_per_epoch: 10, epochs: 3, verbose: 0));
        Assert.Equal([0, 1, 2], seen);
        Assert.Equal([0], history!.epoch);
        Assert.Contains("ran out of data: expected 10 batches in epoch 1. Received: 3.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5, new[] { 0, 1, 2 })]
    [InlineData(4, new[] { 0, 1 })]
    public void Data_that_run_out_later_leave_the_epochs_before_as_they_are(int batches, int[] epochs)
    {
        History? history = null;
        var said = ErrorStream.Anew(() => history = Watching().fit(Batches(batches), steps_per_epoch: 2, epochs: 4, verbose: 0));
        Assert.Equal(Enumerable.Range(0, batches), seen);
        Assert.Equal(epochs, history!.epoch);
        Assert.All(history.history.Values, v => Assert.Equal(epochs.Length, v.Count));
        Assert.Contains("ran out of data", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_arrays_go_on_too()
    {
        Watching().fit(X, Y, batch_size: 2, steps_per_epoch: 2, epochs: 2, shuffle: false, verbose: 0);
        Assert.Equal([0, 2, 4, 6], seen);
        seen.Clear();
        // One order for all epochs of steps: each sample once.
        Watching().fit(X, Y, batch_size: 1, steps_per_epoch: 5, epochs: 2, verbose: 0);
        Assert.Equal(Enumerable.Range(0, 10), seen.Order());
        seen.Clear();
        var said = ErrorStream.Anew(
            () => Watching().fit(X, Y, batch_size: 2, steps_per_epoch: 2, epochs: 4, shuffle: false, verbose: 0));
        Assert.Contains("ran out of data: expected 2 batches in epoch 3. Received: 1", said, StringComparison.Ordinal);
        Assert.Equal([0, 2, 4, 6, 8], seen);
    }

    [Fact]
    public void Validation_begins_anew_each_time()
    {
        Watching()
            .fit(X, Y, batch_size: 5, epochs: 2, shuffle: false, verbose: 0, validation_data: (X, Y + 100), validation_steps: 2,
                validation_batch_size: 2);
        Assert.Equal([0, 5, 100, 102, 0, 5, 100, 102], seen);
        seen.Clear();
        Watching().fit(Batches(9), steps_per_epoch: 1, epochs: 2, verbose: 0, validation_data: (X, Y + 100), validation_steps: 1);
        Assert.Equal([0, 100, 1, 100], seen);
        seen.Clear();
        Assert.Contains("expected 9 batches to evaluate. Received: 5",
            ErrorStream.Anew(() => Watching().evaluate(X, Y, batch_size: 2, steps: 9)), StringComparison.Ordinal);
        Assert.Equal([0, 2, 4, 6, 8], seen);
        seen.Clear();
        Watching().evaluate(X, Y, batch_size: 2, steps: 2);
        Assert.Equal([0, 2], seen);
    }

    [Fact]
    public void A_number_of_steps_below_one_is_refused()
    {
        Assert.Contains("steps_per_epoch",
            Assert.Throws<ArgumentOutOfRangeException>(() => Watching().fit(X, Y, steps_per_epoch: 0, verbose: 0)).Message);
        Assert.Contains("validation_steps",
            Assert.Throws<ArgumentOutOfRangeException>(
                () => Watching().fit(X, Y, validation_split: 0.5, validation_steps: -1, verbose: 0)).Message);
    }

    [Fact]
    public void A_sequence_is_closed_when_the_fit_ends()
    {
        var closed = false;
        IEnumerable<(Batch, Batch)> Endless()
        {
            try
            {
                while (true) yield return (X, Y);
            }
            finally
            {
                closed = true;
            }
        }

        Watching().fit(Endless(), steps_per_epoch: 2, epochs: 2, verbose: 0);
        Assert.True(closed);
    }
}

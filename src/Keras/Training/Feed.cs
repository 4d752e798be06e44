namespace Workbook.Keras;

/// <summary>Data cut into batches; the last one may be smaller.</summary>
sealed class Feed
{
    readonly Batch x;
    readonly Batch? y, weight;
    readonly int size;

    /// <exception cref="ArgumentException">No samples, a batch size below 1, or lengths that differ.</exception>
    public Feed(Batch x, Batch? y, Batch? weight, int? batch_size)
    {
        (this.x, this.y, this.weight, size) = (x, y, weight, batch_size ?? 32);
        if (x.Samples == 0) throw new ArgumentException("Expected at least one sample. Received: data with 0 samples.");
        if (size < 1) throw new ArgumentOutOfRangeException(nameof(batch_size), $"Expected a batch_size of at least 1. Received: {size}.");
        foreach (var (other, name) in new[] { (y, "y"), (weight, "sample_weight") })
            if (other is not null && other.Samples != x.Samples)
                throw new ArgumentException($"Expected as many samples in {name} as in x, {x.Samples}. Received: {other.Samples}.");
    }

    /// <summary>All of it.</summary>
    public Item Whole => new(x, y, weight);

    public int Steps => (x.Samples + size - 1) / size;

    /// <summary>The batches of an epoch.</summary>
    /// <param name="shuffle">Whether in a new random order.</param>
    public IEnumerable<Item> Epoch(bool shuffle)
    {
        var order = shuffle ? tf.random.generator.Permutation(x.Samples) : null;
        for (var start = 0; start < x.Samples; start += size)
        {
            var end = Math.Min(start + size, x.Samples);
            yield return order is null ? Part(b => b.Slice(start, end)) : Part(b => b.Gather(order[start..end]));
        }
    }

    /// <summary>The samples up to a share and those after it, for validation_split.</summary>
    /// <exception cref="ArgumentException">A part would be empty.</exception>
    public (Feed Train, Feed Validation) Split(double share, int? validation_batch_size)
    {
        var at = (int)Math.Floor(x.Samples * (1 - share));
        if (!(share > 0 && share < 1) || at == 0 || at == x.Samples)
            throw new ArgumentException(
                $"validation_split: expected a share that leaves samples on both sides. "
                    + $"Received: {share} of {x.Samples} samples, which leaves {Math.Clamp(at, 0, x.Samples)} to train "
                        + $"and {x.Samples - Math.Clamp(at, 0, x.Samples)} to validate.");
        return (Of(b => b.Slice(0, at), size), Of(b => b.Slice(at, x.Samples), validation_batch_size ?? size));
    }

    /// <summary>The same data, each sample with the weight of its class.</summary>
    /// <exception cref="ArgumentException">There are weights already, or not one output.</exception>
    public Feed Weighted(ClassWeight classes)
    {
        if (weight is not null)
            throw new ArgumentException(
                "fit: expected class_weight or sample_weight. Received: both. Multiply them into one sample_weight.");
        if (y is not { Count: 1 })
            throw new ArgumentException(
                "fit: expected one output for class_weight. Received: several targets, or none. Use sample_weight.");
        return new(x, y, ClassWeights.Of(y[0], classes), size);
    }

    Item Part(Func<Batch, Batch> take) => new(take(x), y is null ? null : take(y), weight is null ? null : take(weight));

    Feed Of(Func<Batch, Batch> take, int batch)
    {
        var (px, py, pw) = Part(take);
        return new(px, py, pw, batch);
    }
}

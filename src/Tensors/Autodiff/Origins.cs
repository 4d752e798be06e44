namespace Workbook.Tensors.Autodiff;

/// <summary>
/// What a framework that is built on tensors asks: which variables a tensor was computed from, who made a variable, and what a tape does
/// now.
/// </summary>
/// <remarks>
/// Layers and optimizers of one's own need none of this. Keras uses it to name variables that nobody moves; whoever writes another
/// framework brings it in by <c>using Workbook.Tensors.Autodiff</c>.
/// </remarks>
public static class Origins
{
    extension(Tensor tensor)
    {
        /// <summary>Whether a variable is behind this tensor, trainable or not, followed or not.</summary>
        public bool HasOrigin => tensor.Lineage is { Variables.Length: > 0 };

        /// <summary>Trainable variables that this tensor was computed from, each once, whether a tape follows or not.</summary>
        public Variable[] Sources => tensor.TrainableSources();

        /// <summary>
        /// Trainable variables whose value of the moment this tensor keeps, since the innermost recording tape does not lead back to
        /// them; none
        /// where no variable is behind it.
        /// </summary>
        public Variable[] Kept => tensor.NotFollowed();

        /// <summary>Trainable variables that this was computed from, and that the step of training that runs here has not read, nor one
        /// before it: it keeps their value of an earlier moment. None where no step runs; of what a tape follows only the
        /// beginning.</summary>
        public Variable[] Unread => tensor.Lineage is { } lineage ? VariableReads.Unread(lineage) : [];

        /// <summary>This gradient as an update of a variable takes it: one that scales or clips it and stands still is named.</summary>
        /// <param name="variable">The variable that the update moves.</param>
        public Tensor ForUpdateOf(Variable variable)
        {
            if (tensor.Lineage is null) return tensor;
            MixedUpdate.See(variable, tensor, isGradient: true);
            return tensor.Tapes is null ? tensor.View(tensor.shape) : tensor;
        }

        /// <summary>Which steps of a sequence count, as bool of its first axes, where a layer has said so; null: all. It is no part of the
        /// value: an op does not pass it on. Keras: _keras_mask.</summary>
        public Tensor? Mask
        {
            get => tensor.Mask;
            set => tensor.Mask = value;
        }

        /// <summary>The scores of which these are the probabilities; null where nobody said so.</summary>
        public Tensor? Logits
        {
            get => tensor.Scores;
            set => tensor.Scores = value;
        }
    }

    extension(Variable variable)
    {
        /// <summary>A variable that a layer makes as its weight.</summary>
        /// <param name="initial_value">The first value.</param>
        /// <param name="trainable">Whether it trains when its layer is not frozen.</param>
        /// <param name="name">The name.</param>
        /// <param name="frozen">Whether its layer is frozen now.</param>
        public static Variable Weight(Tensor initial_value, bool trainable, string name, bool frozen) =>
            new(initial_value, trainable, name) { IsMade = true, IsFrozen = frozen };

        /// <summary>Whether a layer made it as its weight.</summary>
        public bool MadeByLayer => variable.IsMade;

        /// <summary>Whether a layer that owns it is frozen: then it does not train.</summary>
        public bool Frozen
        {
            get => variable.IsFrozen;
            set => variable.IsFrozen = value;
        }

        /// <summary>Whether it trains when no layer that owns it is frozen.</summary>
        public bool WouldTrain => variable.TrainsUnfrozen;

        /// <summary>The value as a tensor, which open tapes follow as they follow any reading.</summary>
        public Tensor Reading => variable.Read();

        /// <summary>Replaces the value for a moment: no writing is counted, and whoever asks whether it moved sees nothing.</summary>
        /// <param name="value">The value of the moment.</param>
        public void Try(Tensor value) => variable.Put(value);

        /// <summary>Until the result is disposed, whoever reads the variable gets this tensor, and tapes follow it to what it was computed
        /// from: a layer runs on weights that are a function.</summary>
        /// <param name="value">Of the variable's shape and dtype.</param>
        /// <exception cref="ShapeException">The shape differs.</exception>
        /// <exception cref="DTypeException">The dtype differs.</exception>
        public StandIn ReadAs(Tensor value)
        {
            if (value.shape != variable.shape)
                throw new ShapeException(
                    $"ReadAs: expected shape {variable.shape} for variable '{variable.name}'. Received: {value.shape}.");
            if (value.dtype != variable.dtype)
                throw new DTypeException($"ReadAs: expected {variable.dtype.Name()} for variable '{variable.name}'. "
                    + $"Received: {value.dtype.Name()}. Cast it: tf.cast(value, tf.{variable.dtype.Name()}).");
            return new(variable, value);
        }

        /// <summary>Says that its first value is the value of the moment of others, which it does not follow.</summary>
        /// <param name="value">The value that it began with.</param>
        public void BeganWith(Operand value) => variable.CopiedFrom(value.Read());

        /// <summary>It was assigned numbers that were computed from this value: if nothing else moves what is behind it, that is
        /// named.</summary>
        /// <param name="value">What its new value was computed from.</param>
        public void Became(Operand value) => variable.Became(value.Read());

        /// <summary>Whether an optimizer has been given it: that names what it does not move.</summary>
        public bool HasOptimizer
        {
            get => variable.InOptimizer;
            set => variable.InOptimizer = value;
        }

        /// <summary>How often the value was replaced.</summary>
        public long Written => variable.Writes;
    }
}

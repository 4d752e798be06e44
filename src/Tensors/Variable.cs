using Workbook.Tensors.Autodiff;

namespace Workbook.Tensors;

/// <summary>A named value that can be replaced, and that open tapes follow when it is read. TensorFlow: tf.Variable.</summary>
/// <remarks>
/// Shape and dtype are fixed by the initial value. A tensor read earlier keeps the value it was read with: an optimizer writes
/// into the elements in place only while nobody else can see them, and into a copy otherwise.
/// </remarks>
public sealed class Variable : Operand
{
    readonly Lineage lineage;
    Tensor current;
    Tensor? leaf, instead;
    bool shared, trains, frozen;
    (Variable Source, long Writes)[]? copied;

    /// <summary>The tape session that saw this variable last: one comparison instead of a look-up at each reading.</summary>
    internal GradientTape.Session? SeenBy;

    /// <summary>The scope of reads that has noted this variable last.</summary>
    internal VariableReads? NotedBy;

    /// <summary>A variable with an initial value; usually written <c>tf.Variable(0.01, name: "strength")</c>.</summary>
    /// <param name="initial_value">The first value; a fractional C# number gives float32.</param>
    /// <param name="trainable">Whether tapes watch it by themselves and optimizers may move it.</param>
    /// <param name="name">The name in messages, records and charts; default "Variable".</param>
    /// <param name="dtype">The element type; default that of the initial value.</param>
    public Variable(Tensor initial_value, bool trainable = true, string? name = null, DType? dtype = null)
    {
        lineage = new([this]);
        if (TapeSet.InnermostRecording is { } session) BornUnder = session.Number;
        this.trainable = trainable;
        this.name = name ?? "Variable";
        CopiedFrom(initial_value);
        current = Own(
            dtype is { } d ? initial_value.IsWeak ? initial_value.Strengthen(d, "tf.Variable") : tf.cast(initial_value, d) : initial_value);
    }

    /// <summary>The name in messages, records and charts.</summary>
    public string name { get; }

    /// <summary>Whether tapes watch it by themselves and optimizers may move it. False while a layer that owns it is frozen.</summary>
    public bool trainable
    {
        get => trains && !frozen;
        set => (trains, frozen) = (value, false);
    }

    /// <summary>Whether it trains when no layer that owns it is frozen.</summary>
    internal bool TrainsUnfrozen => trains;

    /// <summary>Whether a layer that owns it is frozen.</summary>
    internal bool IsFrozen
    {
        get => frozen;
        set => frozen = value;
    }

    /// <summary>Whether a layer made it as a weight.</summary>
    internal bool IsMade { get; init; }

    /// <summary>Whether it is a weight, as far as one can see: a layer made it, or it is a matrix.</summary>
    internal bool IsWeight => IsMade || shape.Rank >= 2;

    /// <summary>What is known of it besides its value: its constraint, its domain, who judges it.</summary>
    public VariableNotes Notes => field ??= new();

    /// <summary>How often the value was replaced.</summary>
    internal long Writes { get; private set; }

    /// <summary>Which of all writings of all variables its last one was; 0: it was never written.</summary>
    internal long LastWritten { get; private set; }

    /// <summary>How often any variable has been written.</summary>
    internal static long AllWrites => Interlocked.Read(ref allWrites);

    static long allWrites;

    /// <summary>Whether it is a number that somebody brought in, and no weight.</summary>
    internal bool IsNumber => trainable && !IsWeight && dtype.IsFloating();

    /// <summary>A number that joined an update of this one, and that nothing has moved since.</summary>
    internal Snapshot.Join? Joined { get; set; }

    /// <summary>The number of the tape under which it was made; 0: none.</summary>
    internal long BornUnder { get; }

    /// <summary>Whether it was named as one that nothing moves.</summary>
    internal bool IsNamedStill { get; set; }

    /// <summary>What is known of it where loops ask for the gradients of others.</summary>
    internal Unasked? Unasked { get; set; }

    /// <summary>The op that it went into last and that no gradient comes back from, where it is a number that was never moved.</summary>
    internal Unasked.LossOfWay? Lost { get; set; }

    /// <summary>Whether an optimizer has been given it.</summary>
    internal bool InOptimizer { get; set; }

    /// <summary>Whether a loop that asked for its gradient has got one that is not rounding.</summary>
    internal bool HasSlope { get; set; }

    /// <summary>The value, read by nobody: to compare it later.</summary>
    internal Tensor Now
    {
        get
        {
            shared = true;
            return current;
        }
    }

    /// <summary>What is known of it where a loop asks for its gradient and there is none.</summary>
    internal Slope? Slope { get; set; }

    /// <summary>What is known of a value of a moment that somebody uses.</summary>
    internal Snapshot? Snapshot { get; set; }

    /// <summary>The variables with whose values it began, and that have not moved since: neither has it.</summary>
    internal IEnumerable<Variable> Beginnings =>
        (copied ?? []).Where(c => c.Source.trainable && c.Source.Writes == c.Writes).Select(c => c.Source);

    /// <summary>The variables from whose values of the moment this one got its own, and that it does not follow.</summary>
    internal void CopiedFrom(Tensor value) =>
        copied = trainable && value.TrainableSources() is { Length: > 0 } sources ? Array.ConvertAll(sources, s => (s, s.Writes)) : null;

    /// <inheritdoc/>
    public override Shape shape => current.shape;

    /// <inheritdoc/>
    public override DType dtype => current.dtype;

    /// <summary>The current value as a tensor. Open tapes that watch this variable follow the tensor.</summary>
    public override Tensor value()
    {
        shared = true;
        return Read();
    }

    internal override Tensor Read()
    {
        if (instead is not null) return instead;
        VariableReads.Note(this);
        if (TapeSet.Innermost is not { } tape)
            return TapeSet.OpenAnywhere ? new Tensor(current, shape) { Source = this, Lineage = new([this], TapeSet.Opened) } : current;
        var tapes = TapeSet.Reading(this, tape);
        // Read now, and not followed on purpose: no value of an earlier moment.
        if (tapes is null) return trainable ? new Tensor(current, shape) { Source = this } : current;
        // One leaf per value and set of tapes, so that gradients meet in one place.
        if (leaf is not null && ReferenceEquals(leaf.Tapes, tapes)) return leaf;
        return leaf = new Tensor(current, shape) { Source = this, Tapes = tapes, Lineage = lineage };
    }

    /// <summary>The current value as a tensor; the same as <see cref="value"/>.</summary>
    public Tensor read_value() => value();

    /// <summary>The elements as a C# array; see <see cref="Tensor.numpy"/>.</summary>
    public Array numpy() => current.numpy();

    /// <summary>Replaces the value. No gradient flows through an assignment.</summary>
    /// <param name="value">The new value, of the same shape and dtype.</param>
    /// <returns>This variable.</returns>
    /// <exception cref="ShapeException">The shape differs.</exception>
    /// <exception cref="DTypeException">The dtype differs.</exception>
    public Variable assign(Tensor value)
    {
        if (value.IsWeak) value = value.Strengthen(dtype, "assign");
        if (value.shape != shape)
            throw new ShapeException($"assign: expected shape {shape} for variable '{name}'. Received: {value.shape}.");
        if (value.dtype != dtype)
            throw new DTypeException(
                $"assign: expected {dtype.Name()} for variable '{name}'. Received: {value.dtype.Name()}. "
                    + $"Cast it: tf.cast(value, tf.{dtype.Name()}).");
        Put(value);
        Wrote();
        MixedUpdate.See(this, value);
        if (!trainable && value.Lineage is { } lineage && VariableReads.Unread(lineage) is { Length: > 0 } unread)
            Snapshot.SayNumbers($"a value of the variable '{name}'", unread);
        Became(value);
        return this;
    }

    /// <summary>It was given this value. Computed from others, and neither an update of itself nor another's value as it is, which is how
    /// values are kept and put back: then it does not follow them.</summary>
    internal void Became(Tensor value)
    {
        if (value.Source is null && value.Lineage is { Variables.Length: > 0 } from && Array.IndexOf(from.Variables, this) < 0)
            CopiedFrom(value);
    }

    /// <summary>What whoever reads gets instead of the value; null: the value.</summary>
    internal Tensor? Instead { get => instead; set => instead = value; }

    /// <summary>Replaces the value for a moment: nothing is counted.</summary>
    internal void Put(Tensor value)
    {
        VariableUndo.Before(this);
        current = Own(value);
        leaf = null;
    }

    /// <summary>All that is known of its value, kept as it is now.</summary>
    /// <returns>Puts it back.</returns>
    internal Action Kept()
    {
        // Nobody writes into elements that somebody holds.
        shared = true;
        var (value, followed, count, noted, begins) = (current, leaf, Writes, Snapshot, copied);
        var (sloping, slope) = (HasSlope, Slope);
        return () => (current, leaf, Writes, Snapshot, copied, shared, HasSlope, Slope) =
            (value, followed, count, noted, begins, true, sloping, slope);
    }

    void Wrote()
    {
        Writes++;
        LastWritten = Interlocked.Increment(ref allWrites);
        if (Joined?.IsOpen(this) == false) Joined = null;
        if (copied is null) return;
        // One that has moved meanwhile trains too.
        copied = Array.FindAll(copied, c => c.Source.Writes == c.Writes);
        foreach (var (source, _) in copied) Snapshot.Note(source, this, $"a value of the variable '{name}'");
    }

    /// <summary>Remembers that somebody may hold the elements.</summary>
    internal void Share() => shared = true;

    /// <summary>
    /// The elements, to be written in place: copied first if a tensor that somebody holds, a tape that may still be asked, or a foreign
    /// backend sees them.
    /// </summary>
    internal Array Writable()
    {
        VariableUndo.Before(this);
        if (shared || current.Storage is not null || leaf?.Tapes is { AllSpent: false })
        {
            current = new((Array)current.Data.Clone(), shape, dtype) { Source = this, Lineage = lineage };
            shared = false;
        }
        leaf = null;
        Wrote();
        return current.Data;
    }

    /// <summary>Adds to the value.</summary>
    /// <param name="delta">What to add; broadcasts to the shape of the variable.</param>
    public Variable assign_add(Tensor delta) => assign(Unrecorded(() => tf.add(current, Seen(delta))));

    /// <summary>Subtracts from the value.</summary>
    /// <param name="delta">What to subtract; broadcasts to the shape of the variable.</param>
    public Variable assign_sub(Tensor delta) => assign(Unrecorded(() => tf.subtract(current, Seen(delta))));

    /// <summary>A change that a tape follows is looked at before it meets the value, where nobody follows it.</summary>
    Tensor Seen(Tensor delta)
    {
        if (delta.Node is not null) MixedUpdate.See(this, delta);
        return delta;
    }

    /// <summary>The name, shape, dtype and rounded value.</summary>
    public override string ToString() => $"tf.Variable('{name}', shape={shape}, dtype={dtype.Name()}, value={current.Elements()})";

    Tensor Own(Tensor t)
    {
        shared = true;
        t.Source?.Share();
        return new(t, t.shape) { Source = this, Lineage = lineage };
    }

    static Tensor Unrecorded(Func<Tensor> compute)
    {
        using (TapeSet.Suspend()) return compute();
    }
}

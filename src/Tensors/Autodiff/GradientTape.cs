#nullable disable annotations
using System.Runtime.CompilerServices;
using Workbook.Tensors.Autodiff;

namespace Workbook.Tensors;

/// <summary>Follows a computation so that it can be differentiated. TensorFlow: tf.GradientTape.</summary>
/// <remarks>
/// Open it with <c>using (var tape = tf.GradientTape()) { … }</c>; ask for gradients inside or after the block. Trainable variables
/// are watched when they are read; watch other tensors yourself, before they are used. A tape that is not persistent answers once.
/// Nest tapes for higher orders. A tape follows whoever opened it across an await, into tasks and Parallel.For; a thread that takes its
/// work from elsewhere it does not follow.
/// </remarks>
public sealed class GradientTape : IDisposable
{
    readonly bool persistent;
    readonly bool watchAccessed;
    HashSet<Variable> explicitly;
    bool open = true;
    bool answered;

    /// <summary>Opens a tape; usually written <c>tf.GradientTape()</c>.</summary>
    /// <param name="persistent">Whether it answers more than once; it then keeps its graph until it is let go.</param>
    /// <param name="watch_accessed_variables">Whether trainable variables are watched when they are read.</param>
    public GradientTape(bool persistent = false, bool watch_accessed_variables = true)
    {
        this.persistent = persistent;
        watchAccessed = watch_accessed_variables;
        Outer = TapeSet.Innermost;
        TapeSet.Innermost = this;
        TapeSet.Count(1);
        Current = new();
    }

    internal GradientTape Outer { get; set; }

    internal bool IsOpen => open;

    /// <summary>What tensors refer to; a reset starts another one.</summary>
    internal Session Current { get; private set; }

    /// <summary>Follows a tensor from here on. Watching twice is the same as once.</summary>
    /// <param name="x">A floating-point tensor or a variable; integers are followed by nobody, as in TensorFlow.</param>
    /// <exception cref="TapeException">The tape is closed.</exception>
    public void watch(Operand x)
    {
        if (!open)
            throw new TapeException(
                "watch: expected an open tape. Received: one that is closed. Watch inside its using block, before x is used.");
        if (x is Variable v)
        {
            (explicitly ??= []).Add(v);
            Remember(v);
        }
        else if (x is Tensor t && t.dtype.IsFloating()) t.Tapes = TapeSet.With(t.Tapes, Current);
    }

    /// <summary>Follows several tensors or variables from here on.</summary>
    [OverloadResolutionPriority(1)]
    public void watch(IEnumerable<Operand> xs)
    {
        foreach (var x in xs) watch(x);
    }

    /// <summary>The variables read under this tape so far, or watched explicitly.</summary>
    public IReadOnlyList<Variable> watched_variables() => Current.Watched;

    /// <summary>Records nothing until the result is disposed.</summary>
    public IDisposable stop_recording() => new Pause(Current);

    /// <summary>Forgets everything recorded and watched so far.</summary>
    public void reset()
    {
        Current.IsRecording = false;
        Current = new() { IsRecording = open };
        explicitly = null;
        answered = false;
    }

    /// <summary>The gradient of the sum of a target's elements with respect to one source.</summary>
    /// <param name="target">What to differentiate; of any shape.</param>
    /// <param name="source">A variable, or a tensor that is watched or was computed under this tape.</param>
    /// <param name="output_gradients">Weights of the target's elements; default ones; broadcast to its shape.</param>
    /// <param name="unconnected_gradients">What stands for a source that the target does not depend on.</param>
    /// <returns>A tensor of the source's shape; null when the target does not depend on the source (or zeros, if asked).</returns>
    /// <exception cref="TapeException">The tape has answered already and is not persistent.</exception>
    public Tensor gradient(Operand target, Operand source, Operand output_gradients = null,
        UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE) =>
        gradient([target], [source], output_gradients is null ? null : [output_gradients], unconnected_gradients)[0];

    /// <summary>The gradients of a target with respect to several sources, in their order.</summary>
    /// <inheritdoc cref="gradient(Operand, Operand, Operand, UnconnectedGradients)"/>
    [OverloadResolutionPriority(1)]
    public Tensor[] gradient(Operand target, IEnumerable<Operand> sources, Operand output_gradients = null,
        UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE) =>
        gradient([target], sources, output_gradients is null ? null : [output_gradients], unconnected_gradients);

    /// <summary>The gradient of the sum of several targets with respect to one source.</summary>
    /// <inheritdoc cref="gradient(Operand, Operand, Operand, UnconnectedGradients)"/>
    [OverloadResolutionPriority(1)]
    public Tensor gradient(IEnumerable<Operand> targets, Operand source, IEnumerable<Operand> output_gradients = null,
        UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE) =>
        gradient(targets, [source], output_gradients, unconnected_gradients)[0];

    /// <summary>The gradients of the sum of several targets with respect to several sources, in their order.</summary>
    /// <inheritdoc cref="gradient(Operand, Operand, Operand, UnconnectedGradients)"/>
    [OverloadResolutionPriority(2)]
    public Tensor[] gradient(IEnumerable<Operand> targets, IEnumerable<Operand> sources, IEnumerable<Operand> output_gradients = null,
        UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE)
    {
        if (answered)
            throw new TapeException(
                "A tape that is not persistent answers once. Expected: one call of gradient or jacobian. "
                    + "Ask for all sources in one call, or open tf.GradientTape(persistent: true).");
        answered = !persistent;
        var all = sources.ToArray();
        var seeds = output_gradients?.ToArray();
        var gradients = Differentiate([.. targets], all, seeds, release: !persistent);
        Slope.See(gradients, all);
        MixedUpdate.Mark(gradients, all, seeds);
        if (unconnected_gradients == UnconnectedGradients.ZERO)
            for (var i = 0; i < all.Length; i++) gradients[i] ??= tf.zeros(all[i].shape, all[i].dtype);
        return gradients;
    }

    Tensor[] Differentiate(Operand[] targets, Operand[] sources, Operand[] seeds, bool release)
    {
        if (seeds is not null && seeds.Length != targets.Length)
            throw new TapeException($"Expected one output gradient per target ({targets.Length}). Received: {seeds.Length}.");
        foreach (var s in sources)
            if (s is null or Tensor { IsWeak: true })
                throw new TapeException(
                    $"Expected variables or followed tensors as sources. Received: {(s is null ? "null" : $"the number {s}")}.");
        if (seeds is not null && Array.Exists(seeds, s => s is null))
            throw new TapeException(
                "Expected an output gradient for every target. Received: null. Pass zeros for a target that should not count.");
        // A persistent tape that is still open records its own gradients, as TensorFlow's does.
        var wasRecording = Current.IsRecording;
        if (!persistent) Current.IsRecording = false;
        // What nobody records, nobody can hold: intermediate results may come from the pool.
        var pooled = !TapeSet.AnyRecording && Backends.Pool.Open();
        Tensor[] gradients = null;
        try
        {
            return gradients = Backward.Gradients(Current, targets, sources, seeds, release);
        }
        finally
        {
            if (pooled) Backends.Pool.Close(gradients);
            Current.IsRecording = wasRecording;
            Current.IsSpent = release;
            // As in TensorFlow: a tape that has given its only answer follows nothing any more.
            if (release) Dispose();
        }
    }

    /// <summary>The derivatives of every element of a target: shape target.shape + source.shape; null when unconnected.</summary>
    /// <param name="target">What to differentiate.</param>
    /// <param name="source">A variable or a followed tensor.</param>
    /// <param name="unconnected_gradients">What stands for a source that the target does not depend on.</param>
    public Tensor jacobian(Operand target, Operand source, UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE) =>
        jacobian(target, [source], unconnected_gradients)[0];

    /// <summary>The derivatives of every element of a target with respect to several sources, in their order.</summary>
    /// <inheritdoc cref="jacobian(Operand, Operand, UnconnectedGradients)"/>
    [OverloadResolutionPriority(1)]
    public Tensor[] jacobian(Operand target, IEnumerable<Operand> sources,
        UnconnectedGradients unconnected_gradients = UnconnectedGradients.NONE)
    {
        if (answered)
            throw new TapeException(
                "A tape that is not persistent answers once. Expected: one call of gradient or jacobian. "
                    + "Ask for all sources in one call, or open tf.GradientTape(persistent: true).");
        answered = !persistent;
        var all = sources.ToArray();
        var y = target.value();
        var rows = new List<Tensor>[all.Length];
        for (var i = 0; i < all.Length; i++) rows[i] = [];
        for (var k = 0; k < y.size; k++)
        {
            var seed = tf.reshape(tf.one_hot(k, y.size, dtype: y.dtype), y.shape);
            var gradients = Differentiate([target], all, [seed], release: false);
            MixedUpdate.Mark(gradients, all);
            for (var i = 0; i < all.Length; i++)
                if (gradients[i] is not null) rows[i].Add(gradients[i]);
        }
        return [.. all.Select((s, i) => rows[i].Count == y.size && y.size > 0
            ? tf.reshape(tf.stack(rows[i]), new Shape([.. y.shape, .. s.shape]))
            : rows[i].Count > 0
                ? throw new TapeException("Expected every element of the target to depend on the source, or none.")
                : unconnected_gradients == UnconnectedGradients.ZERO ? tf.zeros(new Shape([.. y.shape, .. s.shape]), s.dtype) : null)];
    }

    /// <summary>Per row of a batch, the derivatives of the target's row by the source's row: shape (batch, target…, source…).</summary>
    /// <param name="target">Shape (batch, …); row i may depend on row i of the source only.</param>
    /// <param name="source">Shape (batch, …).</param>
    public Tensor batch_jacobian(Operand target, Operand source)
    {
        if (target.shape.Rank == 0 || source.shape.Rank == 0 || target.shape[0] != source.shape[0])
            throw new ShapeException(
                $"batch_jacobian: expected target and source with the same first axis. Received: {target.shape} and {source.shape}.");
        var full = jacobian(target, source);
        if (full is null) return null;
        // Row i of the target against row i of the source: the diagonal of the two batch axes.
        int batch = target.shape[0], m = target.shape.Size / Math.Max(batch, 1), n = source.shape.Size / Math.Max(batch, 1);
        var rows = tf.reshape(full, (batch, m, batch, n));
        var diagonal = Enumerable.Range(0, batch).Select(i => rows[i, .., i]).ToList();
        return tf.reshape(tf.stack(diagonal), new Shape([batch, .. target.shape.Skip(1), .. source.shape.Skip(1)]));
    }

    /// <summary>Stops recording. Gradients can still be asked for.</summary>
    public void Dispose()
    {
        if (!open) return;
        open = false;
        TapeSet.Count(-1);
        Current.IsRecording = false;
        TapeSet.Close(this);
    }

    internal bool WatchesOnReading(Variable v)
    {
        if (!v.dtype.IsFloating()) return false;
        if (!(watchAccessed && v.trainable && !VariableReads.Closed) && explicitly?.Contains(v) != true) return false;
        Remember(v);
        return true;
    }

    void Remember(Variable v)
    {
        if (ReferenceEquals(v.SeenBy, Current)) return;
        lock (Current)
        {
            if (Current.Watched.Contains(v)) return;
            v.SeenBy = Current;
            Current.Watched.Add(v);
        }
    }

    /// <summary>One stretch of recording between opening or reset and the next reset: what tensors refer to.</summary>
    internal sealed class Session
    {
        Joint joined;

        sealed record Joint(TapeSet With, TapeSet Both);

        public Session() => Only = new(this);

        /// <summary>How many sessions had begun with this one.</summary>
        public long Number { get; } = TapeSet.Begin();

        public bool IsRecording { get; set; } = true;

        /// <summary>The variables that were read, or watched explicitly.</summary>
        public List<Variable> Watched { get; } = [];

        /// <summary>Whether the tape has given its only answer and let its graph go.</summary>
        public bool IsSpent { get; set; }

        /// <summary>The set of this session alone.</summary>
        public TapeSet Only { get; }

        /// <summary>The other set and this session; the last answer is remembered, so nested tapes share one set.</summary>
        public TapeSet Joined(TapeSet other)
        {
            if (joined is { } known && ReferenceEquals(known.With, other)) return known.Both;
            var both = TapeSet.With(other, this);
            joined = new(other, both);
            return both;
        }
    }

    sealed class Pause : IDisposable
    {
        readonly Session session;
        readonly bool was;

        public Pause(Session session)
        {
            this.session = session;
            was = session.IsRecording;
            session.IsRecording = false;
        }

        public void Dispose() => session.IsRecording = was;
    }
}

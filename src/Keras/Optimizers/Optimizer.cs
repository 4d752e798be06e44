using System.Diagnostics.CodeAnalysis;
using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>Moves variables against their gradients. Keras: keras.optimizers.Optimizer. A name such as "adam" converts to one.</summary>
/// <remarks>
/// The order of work in each update: unscale, clip, weight decay (w −= w·decay·rate, for every optimizer), the rule, moving average,
/// constraint, count. Where gradients are accumulated, schedules and averages count batches, updated or not, and everything else updates,
/// as in
/// Keras. State is made when a variable is first seen, so variables may join later.
/// </remarks>
[OnlyAs("jit_compile", "true", "false")]
[OnlyAs("is_legacy_optimizer", "false")]
public abstract partial class Optimizer
{
    readonly Dictionary<Variable, Slots> slots = [];
    readonly HashSet<Variable> undecayed = [];
    [Argument("learning_rate")]
    LearningRate rate;
    long batches;

    /// <summary>For an optimizer of your own: give a class fields for its numbers, and override <see cref="Rule"/>.</summary>
    /// <param name="learning_rate">A number, a variable or a schedule.</param>
    protected Optimizer(LearningRate learning_rate) => (rate, isOurs) = (learning_rate, GetType().Assembly == typeof(Optimizer).Assembly);

    /// <summary>Decoupled weight decay: before the rule, w −= w · weight_decay · rate. Default none; 0.004 in AdamW.</summary>
    public Hyperparameter? weight_decay { get; init => field = (value ?? UsualDecay)?.Within("weight_decay", low: 0); }

    /// <summary>The greatest norm of the gradient of one variable: g·c / max(‖g‖, c). Default none.</summary>
    public Hyperparameter? clipnorm { get; init => field = value?.Within("clipnorm", low: 0); }

    /// <summary>The greatest size of an element of a gradient. Default none.</summary>
    public Hyperparameter? clipvalue { get; init => field = value?.Within("clipvalue", low: 0); }

    /// <summary>The greatest norm of all gradients together. Default none.</summary>
    public Hyperparameter? global_clipnorm { get; init => field = value?.Within("global_clipnorm", low: 0); }

    /// <summary>Whether a moving average of each variable is kept, and written to the variable at the end of a fit.</summary>
    public bool use_ema { get; init; }

    /// <summary>The share of the old average that is kept in each step. Default 0.99.</summary>
    [AllowNull]
    public Hyperparameter ema_momentum { get; init => field = (value ?? 0.99).Within("ema_momentum", low: 0, high: 1); } = 0.99;

    /// <summary>After how many steps the average overwrites the variable; default: at the end of a fit only.</summary>
    public int? ema_overwrite_frequency { get; init; }

    /// <summary>What the loss was multiplied by, to be taken out of the gradients. Default none.</summary>
    public Hyperparameter? loss_scale_factor { get; init => field = value?.Within("loss_scale_factor"); }

    /// <summary>How many gradients are averaged before an update. Default: each is applied.</summary>
    public int? gradient_accumulation_steps { get; init; }

    /// <summary>The number of updates made.</summary>
    public long iterations { get; private set; }

    /// <summary>The current learning rate. Setting it is refused while a schedule rules.</summary>
    /// <exception cref="ModelException">There is a schedule.</exception>
    public double learning_rate
    {
        get => rate.At(batches);
        set
        {
            if (rate.Schedule is not null)
                throw new ModelException(
                    "learning_rate: expected an optimizer without a schedule, since a schedule would overwrite the value. "
                        + "Make the optimizer with a number.");
            LearningRate given = value;
            if (rate.Number?.Bare is { } variable) variable.assign(tf.constant(value, variable.dtype));
            else
            {
                if (rate.trainable_variables is { Count: > 0 } learned)
                    Warnings.Once("rate",
                        $"{GetType().Name}: the learning rate was a function of the "
                            + $"variable {string.Join(", ", learned.Select(v => $"'{v.name}'"))}; now it is the number {value}, which was "
                                + "set, and the variable has no effect on it any more. "
                        + "To set and to learn it, make the optimizer with the variable itself, which setting assigns.", this);
                rate = given;
            }
        }
    }

    /// <summary>The state of all variables seen so far.</summary>
    public IReadOnlyList<Variable> variables => [.. slots.Values.SelectMany(s => s.Variables)];

    /// <summary>The optimizer of that name, with its defaults.</summary>
    /// <exception cref="ArgumentException">No such name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Optimizer?(string? name) =>
        name is null ? null : Registry<Optimizer>.Get("optimizer", name.ToLowerInvariant());

    /// <summary>Leaves these variables out of weight decay. Keras: exclude_from_weight_decay.</summary>
    public void exclude_from_weight_decay(IEnumerable<Variable> var_list) => undecayed.UnionWith(var_list);

    /// <summary>Told of each update on this thread before it is made, while somebody examines a training step.</summary>
    [field: ThreadStatic]
    internal static Action<Optimizer, IReadOnlyList<(Tensor? Gradient, Variable Variable)>>? Heard { get; set; }

    /// <summary>One update. Python: optimizer.apply_gradients(zip(gradients, variables)); here <c>gradients.Zip(variables)</c>.</summary>
    /// <param name="grads_and_vars">A null gradient leaves its variable alone, with a warning.</param>
    /// <exception cref="ModelException">No variable has a gradient.</exception>
#nullable disable annotations // Gradients may be null, and a sequence of those that are not must fit too.
    public void apply_gradients(IEnumerable<(Tensor gradient, Variable variable)> grads_and_vars)
#nullable restore annotations
    {
        (Tensor Gradient, Variable Variable)[] all = [.. grads_and_vars];
        given = all;
        AskNumbers();
        foreach (var (_, variable) in all) variable.HasOptimizer = true;
        Heard?.Invoke(this, all!);
        var pairs = Array.FindAll(all, p => p.Gradient is not null && p.Variable.trainable);
        Complain(all, pairs.Length);
        pairs = Array.ConvertAll(pairs, p => (p.Gradient.ForUpdateOf(p.Variable), p.Variable));
        if (loss_scale_factor is { } scale) pairs = Array.ConvertAll(pairs, p => (p.Gradient / (double)scale, p.Variable));
        if (gradient_accumulation_steps is not { } k || Accumulated(k, pairs))
        {
            Clip(pairs);
            var lr = rate.Schedule is null ? learning_rate : Watched("its schedule", () => learning_rate);
            if (lr == 0) restingUpdates++;
            foreach (var (gradient, variable) in pairs) Move(variable, gradient, lr);
            iterations++;
            if (still > 0) NameStill(Patience, slots.Keys);
        }
        else
        {
            foreach (var (_, variable) in pairs) Rest(variable);
        }
        batches++;
        given = [];
    }

    /// <summary>Computes a loss and its gradients, and makes one update. Keras 2: minimize.</summary>
    /// <param name="loss">Gives a scalar; called once, under a tape.</param>
    /// <param name="var_list">What to move.</param>
    /// <returns>The loss before the update.</returns>
    public Tensor minimize(Func<Tensor> loss, IEnumerable<Variable> var_list)
    {
        var targets = var_list.ToList();
        using var tape = tf.GradientTape();
        var value = loss();
        apply_gradients(tape.gradient(value, targets).Zip(targets));
        return value;
    }

    /// <summary>One update. Keras 3: optimizer.apply(grads, trainable_variables).</summary>
    /// <param name="grads">In the order of the variables; a null gradient leaves its variable alone, with a warning.</param>
    /// <param name="trainable_variables">Default: those of <see cref="build"/>.</param>
    /// <exception cref="ArgumentException">Not as many gradients as variables.</exception>
    /// <exception cref="ModelException">No variables were given, here or before.</exception>
#nullable disable annotations // As in apply_gradients.
    public void apply(IEnumerable<Tensor> grads, IEnumerable<Variable> trainable_variables = null)
#nullable restore annotations
    {
        var targets =
            (trainable_variables ?? builtFor
                ?? throw new ModelException(
                    "Optimizer.apply: expected variables. Received: gradients alone, and no build before. "
                        + "Write apply(grads, variables).")).ToList();
        var gradients = grads.ToList();
        if (gradients.Count != targets.Count)
            throw new ArgumentException(
                $"Optimizer.apply: expected a gradient for each of {targets.Count} variables. Received: {gradients.Count}.");
        apply_gradients(gradients.Zip(targets));
    }

    /// <summary>
    /// Makes the state of variables now rather than at the first update, and remembers them for <see cref="apply"/>. Keras:
    /// optimizer.build.
    /// </summary>
    /// <param name="variables">What <see cref="apply"/> moves when it is given gradients alone.</param>
    public void build(IEnumerable<Variable> variables)
    {
        builtFor = [.. variables];
        foreach (var variable in builtFor) StateOf(variable);
    }

    Variable[]? builtFor;

    /// <summary>Writes the moving averages to the variables, if they are kept. A fit does so at its end.</summary>
    public void finalize_variable_values(IEnumerable<Variable> var_list)
    {
        if (!use_ema) return;
        foreach (var variable in var_list)
            if (slots.TryGetValue(variable, out var state) && state.Average is { } average) variable.assign(average);
    }

    /// <summary>The weight decay where none is stated.</summary>
    private protected virtual double? UsualDecay => null;

    /// <summary>The names of the state that the rule keeps for each variable; none unless said otherwise.</summary>
    protected virtual string[] SlotNames => [];

    /// <summary>The first value of a piece of state; zeros unless said otherwise.</summary>
    /// <param name="slot">Its place in <see cref="SlotNames"/>.</param>
    /// <param name="w">The variable's value.</param>
    protected virtual Tensor FirstSlot(int slot, Tensor w) => tf.zeros_like(w);

    /// <summary>
    /// The rule: the new value of a variable. What all optimizers do, such as decay, clipping and averages, is done around it. Keras:
    /// update_step.
    /// </summary>
    /// <param name="w">Its value, after decay.</param>
    /// <param name="g">Its gradient, after clipping, of the same shape and dtype.</param>
    /// <param name="s">Its state, to be read and replaced: <c>s[0] = 0.9 * s[0] + g</c>.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="t">The number of this update, from 1.</param>
    protected abstract Tensor Rule(Tensor w, Tensor g, Slots s, double lr, long t);

    /// <summary>The whole update in one pass over the elements, where the engine has one for this rule; false: it has none.</summary>
    private protected virtual bool TryUpdateInPlace(Variable variable, Tensor g, Slots s, double lr, long t) => false;

    void Move(Variable variable, Tensor gradient, double lr)
    {
        if (gradient.dtype != variable.dtype) gradient = tf.cast(gradient, variable.dtype);
        var state = StateOf(variable);
        var before = ValueToCompare(state, variable);
        Update(variable, gradient, state, lr);
        if (before is not null) Look(state, gradient, variable, before, lr);
    }

    void Update(Variable variable, Tensor gradient, Slots state, double lr)
    {
        var constraint = Constraint.Of(variable);
        if (weight_decay is null && !use_ema && constraint is null && TryUpdateInPlace(variable, gradient, state, lr, iterations + 1))
            return;
        var w = variable.value();
        if (weight_decay is { } decay && !undecayed.Contains(variable)) w -= w * ((double)decay * lr);
        w = isOurs ? Rule(w, gradient, state, lr, iterations + 1)
            : Watched("its rule", () => Rule(tf.stop_gradient(w), tf.stop_gradient(gradient), state, lr, iterations + 1));
        Settle(variable, w);
    }

    /// <summary>A batch whose gradient waits: the average goes on, and the constraint holds.</summary>
    void Rest(Variable variable)
    {
        if (use_ema || Constraint.Of(variable) is not null) Settle(variable, variable.value());
    }

    /// <summary>Takes a new value into the moving average, and gives the variable what the constraint allows.</summary>
    void Settle(Variable variable, Tensor w)
    {
        if (use_ema)
        {
            var state = StateOf(variable);
            state.Average = state.Average is { } average && iterations > 0
                ? (double)ema_momentum * average + (1 - (double)ema_momentum) * w : w;
            if (ema_overwrite_frequency is { } every && (iterations + 1) % every == 0) w = state.Average;
        }
        variable.assign(
            Constraint.Of(variable) is { } constraint ? Watched("a constraint", () => constraint.Apply(tf.stop_gradient(w))) : w);
    }

    Slots StateOf(Variable variable)
    {
        if (!slots.TryGetValue(variable, out var state))
            slots.Add(variable,
                state = new(
                    [.. SlotNames.Select(
                        (n, i) => new Variable(FirstSlot(i, tf.stop_gradient(variable.value())), false, $"{variable.name}/{n}"))]));
        return state;
    }

    bool Accumulated(int k, (Tensor Gradient, Variable Variable)[] pairs)
    {
        foreach (var (gradient, variable) in pairs) StateOf(variable).Gather(gradient);
        if (++gathered < k) return false;
        gathered = 0;
        for (var i = 0; i < pairs.Length; i++) pairs[i].Gradient = StateOf(pairs[i].Variable).TakeGathered() / (double)k;
        return true;
    }

    int gathered;

    /// <summary>The variables that it has state for.</summary>
    internal IEnumerable<Variable> Seen => slots.Keys;

    /// <summary>How many batches have been gathered since the last update.</summary>
    internal int Waiting => gathered;

    void Clip((Tensor Gradient, Variable Variable)[] pairs)
    {
        if (clipnorm is null && clipvalue is null && global_clipnorm is null) return;
        if (new[] { clipnorm, clipvalue, global_clipnorm }.Count(c => c is not null) > 1)
            throw new ModelException("Optimizer: expected at most one of clipnorm, clipvalue and global_clipnorm. Received: several.");
        if (global_clipnorm is { } g)
        {
            var (norm, limit) = (Math.Sqrt(pairs.Sum(p => (double)tf.reduce_sum(tf.square(p.Gradient)))), (double)g);
            // A NaN norm must stay visible, so the comparison is written so that it clips.
            if (!(norm <= limit))
                for (var i = 0; i < pairs.Length; i++) pairs[i].Gradient *= limit / norm;
        }
        for (var i = 0; i < pairs.Length; i++)
        {
            if (clipnorm is { } n)
            {
                var (norm, limit) = (Math.Sqrt((double)tf.reduce_sum(tf.square(pairs[i].Gradient))), (double)n);
                if (!(norm <= limit)) pairs[i].Gradient *= limit / norm;
            }
            if (clipvalue is { } v) pairs[i].Gradient = tf.clip_by_value(pairs[i].Gradient, -(double)v, (double)v);
        }
    }

    void Complain((Tensor Gradient, Variable Variable)[] all, int moving)
    {
        if (moving == 0)
            throw new ModelException(
                $"No gradients provided for any variable. Expected a loss that depends on a trainable variable. "
                    + $"Received: {(all.Length == 0 ? "no variables" : string.Join(", ", all.Select(p => $"'{p.Variable.name}'")))}.");
        if (moving < all.Length) Complain(all);
    }

    /// <summary>Names those that do not move.</summary>
    internal void Complain((Tensor Gradient, Variable Variable)[] all)
    {
        static string Names(IEnumerable<(Tensor Gradient, Variable Variable)> pairs) =>
            string.Join(", ", pairs.Select(p => $"'{p.Variable.name}'"));
        if (Names(all.Where(p => !p.Variable.trainable)) is { Length: > 0 } frozen)
            Warnings.Once("frozen:" + frozen,
                $"The variables {frozen} have trainable: false, so an optimizer that gets them does not move them. "
                    + "Set trainable, or leave them out.", this);
        Named.UnionWith(all.Where(p => p.Gradient is null || !p.Variable.trainable).Select(p => p.Variable));
        if (Names(all.Where(p => p.Gradient is null && p.Variable.trainable)) is { Length: > 0 } names)
            Warnings.Once("gradient:" + names,
                $"Gradients do not exist for the variables {names}, so nothing moves them. "
                    + "The loss does not depend on them, or only through something without a gradient.", this);
    }
}

using System.Diagnostics;
using Workbook.Keras;
using Workbook.Tensors;
using Workbook.Tensors.Autodiff;

namespace Workbook.Helpers;

/// <summary>One examination: what was measured, and how to measure more. Nothing of it is left in the patient.</summary>
sealed class Examination
{
    readonly Memento memento;
    readonly Dictionary<(Subject, double, bool), double> answers = [];

    Examination(Patient patient, DoctorOptions options, Memento memento) =>
        (Patient, Options, this.memento) = (patient, options, memento);

    public Patient Patient { get; }

    public DoctorOptions Options { get; }

    public List<Subject> Subjects { get; } = [];

    /// <summary>What holds for the whole report: the seed is held, a check was skipped.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>The loss, before anything was moved.</summary>
    public double Loss { get; private set; }

    /// <summary>How exact a loss is: its rounding.</summary>
    public double Noise { get; private set; }

    /// <summary>How long a training step takes, in seconds.</summary>
    public double StepSeconds { get; private set; }

    /// <summary>The gradients of the first training step, those of weights among them.</summary>
    public Dictionary<Variable, Tensor?> FirstGiven { get; } = [];

    /// <summary>Why no step could be made; null: it could, or none was tried.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Examines a patient.</summary>
    public static DoctorReport Of(Patient patient, DoctorOptions options)
    {
        using var muted = Warnings.Hear(static _ => true);
        using var aside = RandomOps.Aside();
        using var untold = new LostGradients();
        using var undo = new VariableUndo();
        var memento = new Memento(patient.Roots);
        try
        {
            using var begun = patient.Begin();
            return new Examination(patient, options, begun is null ? memento : new(patient.Roots)).Run();
        }
        finally
        {
            memento.Restore();
        }
    }

    DoctorReport Run()
    {
        List<Finding> findings = [];
        if (Patient.Rows == 1)
            Remarks.Add("The batch has one row: what its gradients say may not hold for another, and statistics of one row are none.");
        try
        {
            Look();
            if (Subjects.Count == 0) Remarks.Add(Patient.Nothing);
            else if (double.IsFinite(Loss)) Steps();
        }
        catch (Exception refusal)
            when (refusal is ArgumentException or InvalidOperationException or ArithmeticException or NotSupportedException)
        {
            Refusal = refusal.Message;
            if (Subjects.Count == 0)
                Subjects.AddRange(Or([], () =>
                    Patient.Candidates([], []).Select(c => new Subject(c.Variable) { Start = Now(c.Variable) }).ToList()));
        }
        if (Refusal is null && Subjects.Count > 0 && !double.IsFinite(Loss))
            findings.Add(new("", "", Certainty.Proof, null, $"The loss is {Numbers.Show(Loss)} before anything was moved{FirstBroken()}.",
                "Examine a batch on which it is finite; nothing can be said of variables here.",
                "docs/doctor.md#a-loss-that-is-not-finite"));
        else if (Refusal is { } message)
            findings.Add(new("", "", Certainty.Proof, Fate.Refused, $"A step throws: {message}", "Mend that first.",
                "docs/doctor.md#what-the-fates-mean"));
        else
        {
            foreach (var check in Doctor.Checks.Where(c => Options.Checks?.Contains(c.Id) != false)) findings.AddRange(check.Of(this));
        }
        return new(Patient.Name, Loss, StepSeconds, Subjects, findings, Remarks,
            Refusal is not null ? Fate.Refused : double.IsFinite(Loss) ? Fate.Learned : null);
    }

    string FirstBroken() =>
        Subjects.Select(s => s.Variable).Concat(FirstGiven.Keys).FirstOrDefault(v => !Derivatives.AreFinite(v.value())) is { } broken
            ? $"; '{broken.name}' is not finite" : "";

    /// <summary>The first look: what the loss reads, where gradients are lost, and what they are.</summary>
    void Look()
    {
        List<Variable> read;
        IReadOnlyDictionary<Variable, IReadOnlyList<string>> lostAt;
        IReadOnlyList<(Variable Variable, string Where)> kept;
        Paths? paths = null;
        Tensor loss;
        using var tape = tf.GradientTape(persistent: true);
        using (var lost = new LostGradients())
        using (var reads = new VariableReads())
        using (RandomOps.Aside())
        {
            loss = Patient.Loss(training: true);
            if (Patient.HasTape) paths = new(loss);
            read = [.. reads.Variables];
            (lostAt, kept) = (lost.ByVariable(), lost.Snapshots);
        }
        Loss = (double)tf.reduce_sum(loss);
        var candidates = Patient.Candidates(read, [.. kept.Select(k => k.Variable).Distinct()]).ToList();
        Noise = 8 * (Patient.HasTape && loss.dtype == DType.Float64 ? 2.3e-16 : 1.2e-7) * Math.Max(Math.Abs(Loss), 1e-30);
        if (!double.IsFinite(Loss) || candidates.Count == 0)
        {
            Subjects.AddRange(candidates.Select(c => new Subject(c.Variable) { Asked = c.Asked, Start = Now(c.Variable) }));
            return;
        }
        Variable[] variables = [.. candidates.Select(c => c.Variable)];
        var gradients = Patient.HasTape ? tape.gradient(loss, variables) : Scratch(() => Patient.Gradients(variables).Gradients);
        tape.Dispose();
        for (var i = 0; i < variables.Length; i++)
        {
            var v = variables[i];
            Subjects.Add(new(v)
            {
                Asked = candidates[i].Asked,
                Owner = Patient.OwnerOf(v),
                CouldBeOwned = Patient.HasOwners,
                IsRead = read.Contains(v),
                KeptAt = Patient.InData(v) ?? kept.FirstOrDefault(k => k.Variable == v).Where,
                LostAt = lostAt.GetValueOrDefault(v) ?? [],
                Way = paths?.Between(v),
                Terms = paths is null ? (0, 0) : (paths.Terms, paths.TermsFrom(v)),
                Judge = Patient.JudgeOf(v),
                Range = Options.Domains.TryGetValue(v, out var domain) ? ("the domain that you state", domain.Low, domain.High)
                    : Patient.RangeOf(v),
                Start = Now(v),
                Gradient = gradients[i],
            });
        }
        LookTwice();
    }

    /// <summary>A loss that draws random numbers is looked at with the same ones each time, and that is said.</summary>
    void LookTwice()
    {
        var (same, other) = (LossNow(), LossNow(others: true));
        if (Differs(same, Loss))
        {
            Noise = Math.Max(Noise, 4 * Math.Abs(same - Loss));
            Remarks.Add($"The loss differs from look to look ({Numbers.Show(Loss, 5)}, {Numbers.Show(same, 5)}) although the seed is held: "
                + "it draws random numbers of its own. Changes below four times that are not seen.");
        }
        else if (Differs(other, Loss))
        {
            Remarks.Add("The loss is random (dropout, noise). The seed is held: each look draws the same numbers.");
        }
    }

    bool Differs(double a, double b) => Math.Abs(a - b) > Noise / 8;

    static Tensor Now(Variable variable)
    {
        // To look is not to use.
        using var unseen = VariableReads.Unseen();
        return tf.stop_gradient(variable.value());
    }

    /// <summary>A few training steps, and the same ones again from what a file of weights would hold.</summary>
    void Steps()
    {
        if (!Patient.HasStep) return;
        var watch = Stopwatch.StartNew();
        var count = Math.Max(1, Options.Steps);
        Scratch(() =>
        {
            // Both walks draw the same numbers, also from generators of layers.
            memento.RewindGenerators();
            Walk(count, (s, now) => s.Path.Add(now), listen: true);
            StepSeconds = watch.Elapsed.TotalSeconds / count;
            if (Patient.Saved is not { } saved) return 0;
            // What a file of weights brings back, and nothing else.
            foreach (var s in Subjects.Where(s => saved.Contains(s.Variable))) s.Variable.Try(s.Start);
            foreach (var (variable, start) in starts)
                if (saved.Contains(variable) || Subjects.TrueForAll(s => s.Variable != variable)) variable.Try(start);
            memento.Restore();
            Walk(Math.Min(count, 2), (s, now) => s.PathAgain.Add(now), listen: false);
            return 0;
        });
        Plan();
    }

    readonly Dictionary<Variable, Tensor> starts = [];

    void Walk(int count, Action<Subject, Tensor> visit, bool listen)
    {
        var mover = new Dictionary<Variable, Optimizer>();
        Dictionary<Variable, Tensor?> given = [];
        if (listen)
            foreach (var v in Patient.Saved ?? []) starts[v] = Now(v);
        using var random = RandomOps.Aside();
        using var reads = new VariableReads();
        using var ear = Rehearsal.Hear((optimizer, pairs) =>
        {
            foreach (var (gradient, variable) in pairs) (given[variable], mover[variable]) = (gradient, optimizer);
        });
        Patient.Steps(count, step =>
        {
            foreach (var s in Subjects)
            {
                visit(s, Now(s.Variable));
                if (listen && given.TryGetValue(s.Variable, out var gradient)) s.Given.Add(gradient);
            }
            if (listen && step == 0)
                foreach (var (variable, gradient) in given) FirstGiven[variable] = gradient;
            given.Clear();
        });
        if (!listen) return;
        foreach (var s in Subjects) (s.Mover, s.IsReadBeside) = (mover.GetValueOrDefault(s.Variable), reads.Variables.Contains(s.Variable));
    }

    /// <summary>The first step that each optimizer would make from zero, where nothing is rounded away and nothing holds it.</summary>
    void Plan()
    {
        var groups = Subjects.Where(s => s.HasSlope).Select(s => (Subject: s, Mover: s.Mover ?? Patient.MoverOf(s.Variable)))
            .Where(p => p.Mover is not null && p.Subject.Judge is null or Judge.Train || p.Subject.Mover is not null)
            .Where(p => p.Mover is not null).GroupBy(p => p.Mover!, p => p.Subject);
        foreach (var group in groups)
        {
            Subject[] subjects = [.. group];
            var plain = Planned(group.Key, subjects, 1);
            var tenfold = Options.Checks?.Contains("D7") == false ? plain : Planned(group.Key, subjects, 10);
            for (var i = 0; i < subjects.Length; i++) (subjects[i].Planned, subjects[i].PlannedOfTenfold) = (plain[i], tenfold[i]);
        }
    }

    /// <summary>The first step of variables that stand at zero.</summary>
    /// <param name="optimizer">What moves them.</param>
    /// <param name="subjects">Whose gradients.</param>
    /// <param name="factor">What the gradients are multiplied by.</param>
    public static Tensor[] Planned(Optimizer optimizer, IReadOnlyList<Subject> subjects, double factor) =>
        Planned(optimizer, [.. subjects.Select(s => s.Gradient! * factor)]);

    /// <summary>The first step of variables that stand at zero and have these gradients.</summary>
    public static Tensor[] Planned(Optimizer optimizer, IReadOnlyList<Tensor> gradients)
    {
        using var undo = new VariableUndo();
        var before = new Memento(optimizer);
        try
        {
            Variable[] shadows = [.. gradients.Select(g => new Variable(tf.zeros(g.shape, g.dtype), name: "planned"))];
            for (var i = 0; i < (optimizer.gradient_accumulation_steps ?? 1); i++)
                optimizer.apply_gradients(gradients.Zip(shadows, (g, v) => (g, v)));
            return Array.ConvertAll(shadows, Now);
        }
        finally
        {
            before.Restore();
        }
    }

    /// <summary>Does something and takes it back.</summary>
    public T Scratch<T>(Func<T> act)
    {
        using var random = RandomOps.Aside();
        using var undo = new VariableUndo();
        try
        {
            return act();
        }
        finally
        {
            memento.Restore();
        }
    }

    /// <summary>The loss while variables stand elsewhere; NaN where it refuses the values.</summary>
    public double LossAt(bool training, params IReadOnlyList<(Variable Variable, Tensor Value)> moved)
    {
        using var random = RandomOps.Aside();
        using var undo = new VariableUndo();
        using var probe = Rehearsal.Aside();
        memento.RewindGenerators();
        foreach (var (variable, value) in moved) variable.Try(tf.cast(value, variable.dtype));
        return OrNaN(() => (double)tf.reduce_sum(Patient.Loss(training)));
    }

    double LossNow(bool others = false)
    {
        if (!others) return LossAt(training: true);
        using var random = RandomOps.Aside();
        RandomOps.generator.NextUInt64();
        foreach (var generator in memento.Generators) generator.NextUInt64();
        using var undo = new VariableUndo();
        using var probe = Rehearsal.Aside();
        return OrNaN(() => (double)tf.reduce_sum(Patient.Loss(training: true)));
    }

    /// <summary>The loss and a gradient while the variable stands elsewhere; NaN and null where that is refused.</summary>
    public (double Loss, Tensor? Gradient) GradientAt(Subject subject, Tensor value)
    {
        using var random = RandomOps.Aside();
        using var undo = new VariableUndo();
        using var probe = Rehearsal.Aside();
        memento.RewindGenerators();
        subject.Variable.Try(tf.cast(value, subject.Variable.dtype));
        Tensor? gradient = null;
        var loss = OrNaN(() =>
        {
            var (found, gradients) = Patient.Gradients([subject.Variable]);
            gradient = gradients[0];
            return found;
        });
        return (loss, gradient);
    }

    /// <summary>A value may lie where a loss refuses it: that is the end of its domain.</summary>
    static double OrNaN(Func<double> loss) => Or(double.NaN, loss);

    /// <summary>What a function gives, or something else where it refuses the values on which it is tried.</summary>
    public static T Or<T>(T otherwise, Func<T> function)
    {
        try
        {
            return function();
        }
        catch (Exception refusal) when (refusal is ArgumentException or ArithmeticException or InvalidOperationException)
        {
            return otherwise;
        }
    }

    /// <summary>The loss after a subject was moved along its direction.</summary>
    /// <param name="subject">What is moved.</param>
    /// <param name="distance">How far, in the units of the variable.</param>
    /// <param name="training">Whether the loss is that of training.</param>
    public double Answer(Subject subject, double distance, bool training = true)
    {
        if (answers.TryGetValue((subject, distance, training), out var known)) return known;
        return answers[(subject, distance, training)] =
            LossAt(training, (subject.Variable, Moved(subject, distance)));
    }

    /// <summary>The value after a move along the direction of a subject.</summary>
    public static Tensor Moved(Subject subject, double distance) =>
        tf.cast(tf.cast(subject.Start, tf.float64) + distance * Direction(subject), subject.Variable.dtype);

    /// <summary>Up its gradient, of length 1; where there is none, a direction that favours no symmetry.</summary>
    public static Tensor Direction(Subject subject)
    {
        if (subject.HasSlope) return tf.cast(subject.Gradient!, tf.float64) / subject.Slope;
        var random = new SplitMix64(1);
        var drawn = Enumerable.Range(0, subject.Start.size).Select(_ => subject.Start.size == 1 ? 1 : random.NextNormal()).ToArray();
        return tf.reshape(Tensor.FromSpan<double>(drawn, new Shape([drawn.Length])), subject.Start.shape)
            / Math.Sqrt(drawn.Sum(d => d * d));
    }

    /// <summary>The slope of the loss along the direction of a subject, by a finite difference; NaN where it is not finite.</summary>
    public double Difference(Subject subject, double distance) =>
        (Answer(subject, distance) - Answer(subject, -distance)) / (2 * distance);

    /// <summary>The smallest move at which the loss changes visibly; null: none does.</summary>
    public double? FirstMoveThatCounts(Subject subject, bool training = true)
    {
        foreach (var width in new[] { 0.01, 0.1, 1, 5, 20 })
            foreach (var sign in new[] { 1, -1 })
            {
                var there = Answer(subject, sign * width * subject.Scale, training);
                var here = training ? Loss : Answer(subject, 0, training);
                if (double.IsFinite(there) && Math.Abs(there - here) > Noise) return sign * width * subject.Scale;
            }
        return null;
    }

    /// <summary>Whether there is time for so many training steps; if not, that is said by name.</summary>
    public bool HasTimeFor(DoctorCheck check, double steps, string what)
    {
        var seconds = steps * StepSeconds;
        if (seconds <= Options.Seconds) return true;
        Remarks.Add($"{check.Id} ({check.Name}) is skipped for {what}: {steps:F0} training steps would take {Numbers.Show(seconds, 2)} s, and "
            + $"{Numbers.Show(Options.Seconds, 3)} s are allowed. State Seconds in the options, or a smaller batch.");
        return false;
    }
}

using System.Text;
using Workbook.Tensors.Backends;
using Workbook.Tensors.TensorFlow.Native;
using static Workbook.Tensors.TensorFlow.Native.TensorFlowApi;

namespace Workbook.Tensors.TensorFlow.Eager;

/// <summary>
/// One call of an op: inputs and attributes are added, then it runs. Dtypes and lengths TensorFlow infers from the inputs.
/// </summary>
readonly unsafe ref struct EagerOp
{
    /// <summary>
    /// Calls to use again on this thread, as Python's TensorFlow does: a new one for each op would be an eighth of its time.
    /// </summary>
    [ThreadStatic] static Stack<OpHandle>? idle;

    readonly ContextHandle context;
    readonly ReadOnlySpan<byte> name;
    readonly OpHandle call;
    readonly nint op;
    readonly Status status;

    /// <summary>A call to fill in.</summary>
    /// <param name="context">The runtime.</param>
    /// <param name="name">TensorFlow's name of the op, followed by a zero, as UTF-8 literals are.</param>
    /// <exception cref="EngineException">This TensorFlow has no such op.</exception>
    public EagerOp(ContextHandle context, ReadOnlySpan<byte> name)
    {
        this.context = context;
        this.name = name;
        status = Status.Here;
        idle ??= new();
        fixed (byte* text = name)
            if (idle.TryPop(out call!)) TFE_OpReset(call.DangerousGetHandle(), text, null, status.Raw);
            else call = TFE_NewOp(context, text, status.Raw);
        op = call.DangerousGetHandle();
        if (!status.Failed) return;
        Dispose();
        throw status.Take(Name);
    }

    string Name => Encoding.UTF8.GetString(name.TrimEnd((byte)0));

    /// <summary>The next input.</summary>
    public EagerOp Add(Tensor x) => Add(Kept(x));

    /// <inheritdoc cref="Add(Tensor)"/>
    public EagerOp Add(EagerTensor x)
    {
        TFE_OpAddInput(op, x.Handle, status.Raw);
        return status.Failed ? throw status.Take(Name) : this;
    }

    /// <summary>Several tensors as one input.</summary>
    public EagerOp Add(Tensor[] xs)
    {
        var kept = new EagerTensor[xs.Length];
        for (var i = 0; i < xs.Length; i++) kept[i] = Kept(xs[i]);
        var handles = Array.ConvertAll(kept, k => k.Handle.DangerousGetHandle());
        fixed (nint* inputs = handles) TFE_OpAddInputList(op, inputs, handles.Length, status.Raw);
        GC.KeepAlive(kept);
        return status.Failed ? throw status.Take(Name) : this;
    }

    /// <summary>An int32 vector as the next input: axes, a shape, positions.</summary>
    public EagerOp Add(ReadOnlySpan<int> values) => Add(Constants.Here.Vector(values));

    /// <summary>A truth-valued attribute.</summary>
    public EagerOp Set(ReadOnlySpan<byte> attribute, bool value)
    {
        fixed (byte* text = attribute) TFE_OpSetAttrBool(op, text, value ? (byte)1 : (byte)0);
        return this;
    }

    /// <summary>A dtype attribute.</summary>
    public EagerOp Set(ReadOnlySpan<byte> attribute, DType value)
    {
        fixed (byte* text = attribute) TFE_OpSetAttrType(op, text, value.Code());
        return this;
    }

    /// <summary>A whole-number attribute.</summary>
    public EagerOp Set(ReadOnlySpan<byte> attribute, long value)
    {
        fixed (byte* text = attribute) TFE_OpSetAttrInt(op, text, value);
        return this;
    }

    /// <summary>An attribute of several whole numbers.</summary>
    public EagerOp Set(ReadOnlySpan<byte> attribute, long[] values)
    {
        fixed (byte* text = attribute)
        fixed (long* numbers = values) TFE_OpSetAttrIntList(op, text, numbers, values.Length);
        return this;
    }

    /// <summary>A word as an attribute.</summary>
    public EagerOp Set(ReadOnlySpan<byte> attribute, ReadOnlySpan<byte> value)
    {
        fixed (byte* text = attribute, word = value) TFE_OpSetAttrString(op, text, word, (nuint)value.Length);
        return this;
    }

    /// <summary>Runs it.</summary>
    /// <exception cref="EngineException">TensorFlow refuses, or fails.</exception>
    /// <exception cref="OutOfMemoryException">TensorFlow has no memory left.</exception>
    public Tensor Run(Shape shape, DType dtype)
    {
        nint result;
        Execute(&result, 1);
        return status.Failed ? throw status.Take(Name) : Made(result, shape, dtype);
    }

    /// <summary>
    /// Runs it; null when TensorFlow refuses the inputs: a division by zero, a singular matrix, more axes than its kernel takes.
    /// </summary>
    public Tensor? RunUnlessRefused(Shape shape, DType dtype)
    {
        nint result;
        Execute(&result, 1);
        if (!status.Failed) return Made(result, shape, dtype);
        return status.Refused() ? null : throw status.Take(Name);
    }

    /// <summary>Runs an op of two results.</summary>
    public (Tensor First, Tensor Second) Run(Shape first, DType firstType, Shape second, DType secondType)
    {
        var results = stackalloc nint[2];
        Execute(results, 2);
        return status.Failed ? throw status.Take(Name) : (Made(results[0], first, firstType), Made(results[1], second, secondType));
    }

    void Execute(nint* results, int count) => TFE_Execute(op, results, &count, status.Raw);

    /// <summary>Gives the call back. Until it is used again it holds its inputs.</summary>
    public void Dispose()
    {
        if (!call.IsInvalid) idle!.Push(call);
    }

    static Tensor Made(nint handle, Shape shape, DType dtype) => Tensor.Over(new EagerTensor(handle, shape, dtype), shape, dtype);

    /// <summary>The elements in TensorFlow's memory and in the tensor's shape; brought there once, unless they are there.</summary>
    EagerTensor Kept(Tensor x)
    {
        var known = x.Storage as EagerTensor;
        if (known is not null && known.Shape == x.shape) return known;
        var kept = known is not null ? Reshaped(known, x.shape)
            : x.ndim == 0 ? Constants.Here.Scalar(x.Data, x.dtype)
            : EagerTensor.From(x.Data, x.shape, x.dtype);
        x.Storage = kept;
        return kept;
    }

    /// <summary>
    /// The same memory under another shape. It belongs to a tensor that may outlive a backward pass, so the pass does not free it.
    /// </summary>
    EagerTensor Reshaped(EagerTensor x, Shape shape)
    {
        using var reshape = new EagerOp(context, "Reshape"u8);
        nint result;
        reshape.Add(x).Add(shape.Dims).Execute(&result, 1);
        return status.Failed ? throw status.Take("Reshape") : new(result, shape, x.DType);
    }
}

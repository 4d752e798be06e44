using Workbook.Tensors;

namespace Workbook.Keras;

/// <summary>While it lasts, layers are made in a type of their own.</summary>
sealed class FloatScope : IDisposable
{
    readonly DType before = keras.config.floatx();

    public FloatScope(DType type) => keras.config.set_floatx(type);

    public void Dispose() => keras.config.set_floatx(before);
}

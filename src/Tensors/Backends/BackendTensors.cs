namespace Workbook.Tensors.Backends;

/// <summary>What a backend sees of a tensor and a variable that nobody else does: where the elements lie.</summary>
/// <remarks>
/// Whoever writes a backend in another assembly brings this in by <c>using Workbook.Tensors.Backends</c>. Elements are never changed once a
/// tensor holds them; only <see cref="Backend.Update"/> changes a variable in place.
/// </remarks>
public static class BackendTensors
{
    extension(Tensor x)
    {
        /// <summary>The elements, row by row: an array of the dtype's C# type. They are copied from foreign memory when first asked
        /// for.</summary>
        public Array Data => x.Data;

        /// <summary>The elements in a backend's own memory; null where they lie in an array. A backend may leave its copy here.</summary>
        public Storage? Storage
        {
            get => x.Storage;
            set => x.Storage = value;
        }

        /// <summary>The same elements under another shape of the same size.</summary>
        /// <param name="shape">The shape.</param>
        public Tensor View(Shape shape) => x.View(shape);

        /// <summary>A tensor without a graph over elements in an array, which is not copied.</summary>
        /// <param name="elements">As many elements as the shape has, of the dtype's C# type.</param>
        /// <param name="shape">The shape.</param>
        /// <param name="dtype">The element type.</param>
        public static Tensor Over(Array elements, Shape shape, DType dtype) => new(elements, shape, dtype);

        /// <summary>A tensor without a graph over elements in a backend's own memory, which are freed at the end of a backward pass that
        /// nobody
        /// takes them from.</summary>
        /// <param name="storage">As many elements as the shape has.</param>
        /// <param name="shape">The shape.</param>
        /// <param name="dtype">The element type.</param>
        public static Tensor Over(Storage storage, Shape shape, DType dtype)
        {
            Pool.Lend(storage);
            return new(storage, shape, dtype);
        }
    }

    extension(Variable variable)
    {
        /// <summary>The value as a tensor, which no tape follows.</summary>
        public Tensor Contents => variable.Read();
    }
}

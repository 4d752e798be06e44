namespace Workbook.Tensors.Backends;

/// <summary>A row-major matrix over a span.</summary>
public readonly ref struct Matrix<T>(Span<T> elements, int rows, int columns) where T : unmanaged
{
    /// <summary>All elements, row by row.</summary>
    public readonly Span<T> Elements = elements;

    /// <summary>The number of rows.</summary>
    public readonly int Rows = rows;

    /// <summary>The number of columns.</summary>
    public readonly int Columns = columns;

    /// <summary>One element.</summary>
    public ref T this[int row, int column] => ref Elements[row * Columns + column];

    /// <summary>One row.</summary>
    public Span<T> Row(int row) => Elements.Slice(row * Columns, Columns);
}

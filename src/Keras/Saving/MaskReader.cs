using Workbook.Tensors.Autodiff;

namespace Workbook.Keras;

/// <summary>The masks of a functional model of Keras 3: operations in its graph there, along with the values here.</summary>
/// <remarks>
/// <c>Embedding(mask_zero=True)</c> and <c>Masking</c> give a <c>NotEqual</c> of their input, from which layers that join steps make
/// others. Such a mask the layer here gets anyway, so the operations are left out; any other one is refused.
/// </remarks>
sealed class MaskReader(ConfigReader reader, IReadOnlyDictionary<string, JsonObject> entries, Func<string, IEnumerable<Inbound>> calls)
{
    const string Expected = "a mask that follows from an Embedding with mask_zero or a Masking layer", Todo =
        "A mask of one's own is not read: mask by one of these layers.";

    /// <summary>The operations that make masks.</summary>
    public HashSet<string> Operations { get; } = [];

    /// <summary>Follows a mask to the layers that it comes from.</summary>
    /// <exception cref="FormatException">It comes from anything else.</exception>
    public void Follow(List<object?> mask)
    {
        var open = new Stack<List<object?>>([mask]);
        while (open.TryPop(out var place))
        {
            var name = (string)place[0]!;
            if (!entries.TryGetValue(name, out var entry)) throw reader.Wrong("the name of a layer of this model", $"'{name}'");
            if (entry["class_name"] is not ("NotEqual" or "Any" or "LogicalOr" or "ExpandDims" or "ZerosLike" or "Concatenate"))
                throw reader.Wrong(Expected, $"'{name}' ({entry["class_name"]})", Todo);
            if (!Operations.Add(name)) continue;
            foreach (var call in calls(name))
                if (entry["class_name"] is "NotEqual" && !IsOfLayer(call)) throw reader.Wrong(Expected, $"'{name}' of {call}", Todo);
                else if (entry["class_name"] is not ("NotEqual" or "ZerosLike"))
                    foreach (var before in call.Places) open.Push(before);
        }
    }

    /// <summary>Whether a layer takes the masks that the file gives it from its inputs.</summary>
    /// <exception cref="FormatException">It has more or fewer inputs with a mask.</exception>
    public void Check(Inbound inbound, KerasTensor[] inputs, string place)
    {
        var here = inputs.Count(i => i.Sample.Mask is not null);
        if (inbound.Masks.Count > 0 && here < inbound.Masks.Count)
            throw reader.Wrong($"{inbound.Masks.Count} inputs with a mask for {place}", $"{here}", Todo);
    }

    /// <summary>Whether the comparison is the one that a layer makes of the same input.</summary>
    bool IsOfLayer(Inbound compared) => compared.Values is [List<object?> x, var value] && entries.Any(e =>
        Masks(e.Value, value) && calls(e.Key).Any(c => c.Values is [List<object?> input, ..] && input.SequenceEqual(x)));

    static bool Masks(JsonObject entry, object? value)
    {
        var config = entry["config"] as JsonObject;
        return entry["class_name"] switch
        {
            "Embedding" => config?["mask_zero"] is true && Number(value) == 0,
            "Masking" => Number(config?["mask_value"]) == Number(value),
            "Functional" or "Sequential" => true,
            _ => false,
        };
    }

    static double Number(object? json) => json switch
    {
        long whole => whole,
        double number => number,
        _ => double.NaN,
    };
}

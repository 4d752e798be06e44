using System.Text.Json;
using Workbook.Helpers;
using Workbook.Tensors;

namespace Workbook.Tests.Helpers.Techniques;

/// <summary>What scipy, scikit-learn and R say of transforms: transforms.json, made by make_transforms.py.</summary>
static class TransformGoldens
{
    static readonly JsonElement root = JsonDocument.Parse(
        File.ReadAllText(Repository.File("tests/Workbook.Tests/Helpers/Techniques/transforms.json"))).RootElement;

    public static IEnumerable<JsonElement> All(string what) => root.GetProperty(what).EnumerateArray();

    public static LearnedTransform Kind(JsonElement golden, double lambda) => golden.GetProperty("kind").GetString() == "box-cox"
        ? new BoxCox(lambda, dtype: tf.float64) : new YeoJohnson(lambda, dtype: tf.float64);

    public static Tensor Numbers(JsonElement golden, string name) => tf.constant(golden.GetProperty(name).Deserialize<double[]>()!);

    /// <summary>The column that a golden exponent belongs to.</summary>
    public static Tensor Column(JsonElement golden)
    {
        var data = golden.GetProperty("data").GetString() == "diabetes" ? DataSets.Diabetes() : DataSets.BreastCancer();
        var name = golden.GetProperty("column").GetString()!;
        if (name == "progression") return data.y;
        var column = data.X[.., data.Features.ToList().IndexOf(name.Split(',')[0])];
        return name.Contains("standardised", StringComparison.Ordinal) ? Scaling.Standardize(column) : column;
    }
}

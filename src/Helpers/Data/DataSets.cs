using Workbook.Tensors;

namespace Workbook.Helpers;

/// <summary>
/// The real data of the notebooks: the repository's folder <c>data</c>, which this assembly carries too; its README names origins, terms
/// and units.
/// </summary>
/// <remarks>Each loading checks the number of rows, the sum of all features and the sum of the target.</remarks>
/// <exception cref="InvalidDataException">The file is not the one that the notebooks were written for.</exception>
public static class DataSets
{
    // A sum of n doubles differs by about n · 1e-16 with the order of its terms.
    const double Rounding = 1e-9;

    /// <summary>
    /// 442 patients with diabetes: age, sex, body-mass index, blood pressure, six blood serum measures; target: progression after one year.
    /// </summary>
    public static DataSet Diabetes() => Load("diabetes.csv", "Patients with diabetes", "progression", 442, 276404.2336, 67243);

    /// <summary>1797 handwritten digits of 8×8 grey pixels (0–16), row by row; target: the digit.</summary>
    public static DataSet Digits() => Load("digits.csv", "Handwritten digits", "digit", 1797, 561718, 8070);

    /// <summary>569 breast tumours, 30 measures of their cell nuclei; target: benign (1) or not (0).</summary>
    public static DataSet BreastCancer() => Load("breast-cancer.csv", "Breast tumours", "benign", 569, 1056474.4596356, 357);

    /// <summary>31 black cherry trees: girth (in) and height (ft); target: volume (ft³). Geometry says volume ∝ girth² · height.</summary>
    public static DataSet Trees() => Load("trees.csv", "Black cherry trees", "volume_ft3", 31, 2766.7, 935.3);

    /// <summary>50 cars of the 1920s: speed (mph); target: stopping distance (ft).</summary>
    public static DataSet Cars() => Load("cars.csv", "Cars", "stopping_distance_ft", 50, 770, 2149);

    /// <summary>28 animals, three of them dinosaurs: body (kg); target: brain (g).</summary>
    public static DataSet Animals() => Load("animals.csv", "Animals", "brain_g", 28, 119796.285, 16086.6, names: "animal");

    /// <summary>8 planets: semi-major axis (au); target: period (years). Kepler: period = axis^1.5.</summary>
    public static DataSet Planets() => Load("planets.csv", "Planets", "period_years", 8, 67.634753, 293.855187, names: "planet");

    /// <summary>6 planets as Kepler had them in 1619: mean distance from the sun (au); target: period (days).</summary>
    public static DataSet Kepler() => Load("kepler.csv", "Planets of 1619", "period_days", 6, 18.347, 16456.7167, names: "planet");

    /// <summary>48 animals given one of three poisons and one of four treatments (A–D as 1–4); target: survival (10 h).</summary>
    public static DataSet Poisons() => Load("poisons.csv", "Poisoned animals", "survival_10h", 48, 216, 23.01, letters: "treatment");

    /// <summary>27 tests of worsted yarn: length, amplitude and load, each −1, 0 or 1; target: cycles to failure.</summary>
    public static DataSet Wool() => Load("wool.csv", "Tests of worsted yarn", "cycles", 27, 0, 23256);

    /// <summary>133 moments of simulated motorcycle accidents: time after impact (ms); target: head acceleration (g).</summary>
    public static DataSet Mcycle() => Load("mcycle.csv", "Motorcycle accidents", "acceleration_g", 133, 3348.8, -3397.6);

    /// <summary>Lynx trapped at the Mackenzie River, 1821–1934; the only feature is the year.</summary>
    public static DataSet Lynx() => Load("lynx.csv", "Years of the lynx series", "trapped", 114, 214035, 175334);

    /// <summary>Yearly mean sunspot numbers, 1700–1988; the only feature is the year.</summary>
    public static DataSet Sunspots() => Load("sunspots.csv", "Years of the sunspot series", "number", 289, 532916, 14049.3);

    /// <summary>Yearly flow of the Nile at Aswan (10⁸ m³), 1871–1970; the only feature is the year.</summary>
    public static DataSet Nile() => Load("nile.csv", "Years of the Nile series", "flow", 100, 192050, 91935);

    /// <summary>1200 remarks of our own making, such as "the meal was not good": up to 13 words as numbers from 1, then zeros, and the
    /// score from which the label was drawn, P(positive) = sigmoid(score); target: positive (1) or not (0).</summary>
    public static DataSet Remarks() => Load("remarks.csv", "Remarks", "positive", 1200, 154574.9, 621, names: "remark");

    /// <summary>Monthly airline passengers (thousands), 1949–1960; the features are year and month.</summary>
    public static DataSet AirPassengers() => Load("air-passengers.csv", "Months of the airline series", "thousands", 144, 282384, 40363);

    static DataSet Load(string file, string name, string target, int rows, double sumX, double sumY, string? names = null,
        string? letters = null)
    {
        var csv = Csv.Parse(DataFolder.Read(file), file);
        string[] features = [.. csv.Columns.Where(c => c != target && c != names)];
        var columns = features.Select(f => f == letters ? csv.Text(f).Select(t => t[0] - 'A' + 1.0).ToArray() : csv.Numbers(f)).ToArray();
        var y = csv.Numbers(target);
        Verify(file, "rows", csv.Rows, rows);
        Verify(file, "sum of the features", columns.Sum(c => c.Sum()), sumX);
        Verify(file, $"sum of {target}", y.Sum(), sumY);
        var x = new double[rows, features.Length];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < features.Length; j++) x[i, j] = columns[j][i];
        return new(name, features, tf.constant(x), target, tf.constant(y), names is null ? null : csv.Text(names));
    }

    static void Verify(string file, string what, double received, double expected)
    {
        if (Math.Abs(received - expected) > Rounding * Math.Max(1, Math.Abs(expected)))
            throw new InvalidDataException(
                $"{file}: expected {what} {Numbers.Show(expected, 12)}. Received: {Numbers.Show(received, 12)}. "
                    + "Restore the file from the repository.");
    }
}

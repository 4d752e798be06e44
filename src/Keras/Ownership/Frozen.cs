namespace Workbook.Keras;

/// <summary>Names a variable of which a model only has the value of one moment.</summary>
static class Frozen
{
    /// <summary>Says once per place that a number was computed from a variable and does not follow it.</summary>
    /// <param name="place">Where the number stands; empty where nobody knows.</param>
    /// <param name="kept">The variable; null: nothing is said.</param>
    public static void Say(string place, Variable? kept)
    {
        if (kept is null) return;
        Warnings.Once($"kept:{place}", $"{(place.Length > 0 ? place : "A number of the model")}: expected a variable, or a function of variables that is evaluated anew. Received: a tensor that was computed from the variable '{kept.name}' "
            + "and keeps its value of that moment, so this place does not move the variable. Pass the variable itself, or a function of it (Hyperparameter.Of(() => tf.exp(v)), x.Then(t => t * tf.exp(v))); tf.stop_gradient(tensor) says that the constant is meant.", kept);
    }
}

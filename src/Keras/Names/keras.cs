namespace Workbook.Keras;

/// <summary>Keras' names: <c>keras.Input</c>, <c>keras.layers.Dense</c>, <c>keras.losses.mean_squared_error</c>.</summary>
/// <remarks>
/// With <c>using static Workbook.Keras.keras;</c> one writes <c>layers.Dense(64)</c>, as Python does after <c>from keras import layers</c>.
/// </remarks>
public static partial class keras;

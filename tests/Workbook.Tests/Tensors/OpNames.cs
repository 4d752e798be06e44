using System.Reflection;
using Workbook.Tensors;

namespace Workbook.Tests.Tensors;

/// <summary>The public ops as a user sees them: methods of tf, tf.math, tf.nn and tf.linalg.</summary>
static class OpNames
{
    const BindingFlags Ops = BindingFlags.Public | BindingFlags.Static | BindingFlags.FlattenHierarchy;

    /// <summary>Each method once, though it may be reached under tf and under tf.math; grouped by name because of overloads.</summary>
    public static ILookup<string, MethodInfo> Methods { get; } =
        new[] { typeof(tf), typeof(tf.math), typeof(tf.nn), typeof(tf.linalg) }
            .SelectMany(home => home.GetMethods(Ops))
            .Where(m => m.DeclaringType != typeof(object))
            .DistinctBy(m => (m.Module, m.MetadataToken))
            .ToLookup(m => m.Name);
}

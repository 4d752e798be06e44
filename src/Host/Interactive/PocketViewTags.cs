using System.Runtime.CompilerServices;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The elements of HTML by their names, for <c>using static</c>; any other is a member of <see cref="_"/>.</summary>
public static class PocketViewTags
{
    /// <summary>Elements by any name: <c>_.blink("text")</c>.</summary>
    public static dynamic _ => new PocketView();

#pragma warning disable CS1591 // Each is the element of its name; eighty times the same sentence would say no more.
    public static dynamic a => Tag();

    public static dynamic abbr => Tag();

    public static dynamic article => Tag();

    public static dynamic aside => Tag();

    public static dynamic audio => Tag();

    public static dynamic b => Tag();

    public static dynamic blockquote => Tag();

    public static dynamic br => Tag();

    public static dynamic button => Tag();

    public static dynamic caption => Tag();

    public static dynamic cite => Tag();

    public static dynamic code => Tag();

    public static dynamic col => Tag();

    public static dynamic colgroup => Tag();

    public static dynamic dd => Tag();

    public static dynamic del => Tag();

    public static dynamic details => Tag();

    public static dynamic dfn => Tag();

    public static dynamic div => Tag();

    public static dynamic dl => Tag();

    public static dynamic dt => Tag();

    public static dynamic em => Tag();

    public static dynamic figcaption => Tag();

    public static dynamic figure => Tag();

    public static dynamic footer => Tag();

    public static dynamic form => Tag();

    public static dynamic h1 => Tag();

    public static dynamic h2 => Tag();

    public static dynamic h3 => Tag();

    public static dynamic h4 => Tag();

    public static dynamic h5 => Tag();

    public static dynamic h6 => Tag();

    public static dynamic head => Tag();

    public static dynamic header => Tag();

    public static dynamic hr => Tag();

    public static dynamic html => Tag();

    public static dynamic i => Tag();

    public static dynamic iframe => Tag();

    public static dynamic img => Tag();

    public static dynamic input => Tag();

    public static dynamic ins => Tag();

    public static dynamic kbd => Tag();

    public static dynamic label => Tag();

    public static dynamic legend => Tag();

    public static dynamic li => Tag();

    public static dynamic link => Tag();

    public static dynamic main => Tag();

    public static dynamic mark => Tag();

    public static dynamic math => Tag();

    public static dynamic meter => Tag();

    public static dynamic nav => Tag();

    public static dynamic ol => Tag();

    public static dynamic option => Tag();

    public static dynamic p => Tag();

    public static dynamic pre => Tag();

    public static dynamic progress => Tag();

    public static dynamic q => Tag();

    public static dynamic s => Tag();

    public static dynamic samp => Tag();

    public static dynamic script => Tag();

    public static dynamic section => Tag();

    public static dynamic select => Tag();

    public static dynamic small => Tag();

    public static dynamic source => Tag();

    public static dynamic span => Tag();

    public static dynamic strong => Tag();

    public static dynamic style => Tag();

    public static dynamic sub => Tag();

    public static dynamic summary => Tag();

    public static dynamic sup => Tag();

    public static dynamic svg => Tag();

    public static dynamic table => Tag();

    public static dynamic tbody => Tag();

    public static dynamic td => Tag();

    public static dynamic textarea => Tag();

    public static dynamic tfoot => Tag();

    public static dynamic th => Tag();

    public static dynamic thead => Tag();

    public static dynamic time => Tag();

    public static dynamic title => Tag();

    public static dynamic tr => Tag();

    public static dynamic u => Tag();

    public static dynamic ul => Tag();

    public static dynamic video => Tag();
#pragma warning restore CS1591

    static PocketView Tag([CallerMemberName] string name = "") => new(name);
}

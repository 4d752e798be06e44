using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.DotNet.Interactive.Formatting;
using Workbook.Host.Sessions;

namespace Workbook.Host.Lint;

/// <summary>The names of .NET Interactive that this host has too, as a cell there sees them.</summary>
static class InteractiveNames
{
    const string Source = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading.Tasks;

        namespace Microsoft.DotNet.Interactive.Formatting
        {
            public interface IHtmlContent;

            public static class DisplayExtensions
            {
                public static DisplayedValue Display<T>(this T value, params string[] mimeTypes) => new();
                public static DisplayedValue DisplayAs(this string value, string mimeType) => new();
                public static DisplayedValue DisplayTable<T>(this IEnumerable<T> source) => new();
                public static IEnumerable<T> ToTabularDataResource<T>(this IEnumerable<T> source) => source;
                public static string ToDisplayString(this object value, string mimeType = "text/plain") => "";
            }

            public static class Formatter
            {
                public static void Register<T>(Func<T, string> formatter, string mimeType = "text/plain") { }
                public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = "text/plain", bool addToDefaults = false) { }
                public static void Register<T>(Func<T, FormatContext, bool> formatter, string mimeType = "text/plain") { }
                public static void Register(Type type, Func<object, string> formatter, string mimeType = "text/plain") { }
                public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = "text/plain") { }
                public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes) { }
                public static void ResetToDefault() { }
                public static string ToDisplayString(object value, string mimeType = "text/plain") => "";
                public static int ListExpansionLimit { get; set; }
                public static int RecursionLimit { get; set; }
                public static string DefaultMimeType { get; set; }
            }

            public sealed class FormatContext
            {
                public TextWriter Writer => null;
            }

            public static class HtmlFormatter { public const string MimeType = "text/html"; }
            public static class PlainTextFormatter { public const string MimeType = "text/plain"; }
            public static class JsonFormatter { public const string MimeType = "application/json"; }
            public static class CsvFormatter { public const string MimeType = "text/csv"; }

            public sealed class TypeFormatterSourceAttribute : Attribute
            {
                public TypeFormatterSourceAttribute(Type formatterSourceType) { }
                public Type FormatterSourceType => null;
            }

            public sealed class PocketView : System.Dynamic.DynamicObject, IHtmlContent
            {
                public PocketView(string tagName = "") { }
                public string Name => "";
                public void SetContent(object[] args) { }
            }

            public static class PocketViewTags
            {
                $tags$
            }
        }

        namespace Microsoft.DotNet.Interactive
        {
            using Formatting;

            public sealed class DisplayedValue
            {
                public string DisplayId => "";
                public void Update(object updatedValue) { }
            }

            public sealed class PasswordString
            {
                public string GetClearTextPassword() => "";
            }

            public static class Kernel
            {
                public static DisplayedValue display(object value, params string[] mimeTypes) => new();
                public static IHtmlContent HTML(string content) => null;
                public static void Javascript(string scriptContent) { }
                public static void CSS(string content) { }
                public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => null;
                public static Task<PasswordString> GetPasswordAsync(string prompt = "") => null;
                public static object Root => null;
                public static object Current => null;
            }

            public sealed class KernelInvocationContext
            {
                public static KernelInvocationContext Current => null;
                public DisplayedValue Display(object value, params string[] mimeTypes) => null;
                public DisplayedValue DisplayAs(string value, string mimeType) => null;
                public void DisplayStandardOut(string output) { }
                public void DisplayStandardError(string error) { }
                public object HandlingKernel => null;
                public object Command => null;
                public void Publish(object kernelEvent) { }
            }
        }
        """;

    static readonly Lazy<CSharpCompilation> Compiled = new(() => CSharpCompilation.Create(
        "Microsoft.DotNet.Interactive",
        [CSharpSyntaxTree.ParseText(
            Source.Replace("$tags$",
                string.Concat(typeof(PocketViewTags).GetProperties().Select(p => $"public static dynamic {p.Name} => null;"))))],
        new[] { "System.Private.CoreLib", "System.Runtime", "System.Linq.Expressions", "System.Collections" }.Select(Framework.Reference),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    /// <summary>The names, to be referred to and not run.</summary>
    public static MetadataReference Reference => Compiled.Value.ToMetadataReference();

    /// <summary>The same as an assembly of symbols.</summary>
    public static IAssemblySymbol Assembly => Compiled.Value.Assembly;
}

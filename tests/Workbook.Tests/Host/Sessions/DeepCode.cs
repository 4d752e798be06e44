using Xunit;

namespace Workbook.Tests.Host.Sessions;

/// <summary>Code of many equal parts, in each other or behind each other, as no one writes it.</summary>
static class DeepCode
{
    static readonly Dictionary<string, Func<int, string>> Kinds = new()
    {
        ["parentheses"] = n => $"var x = {Times("(", n)}1{Times(")", n)};",
        ["open parentheses"] = n => $"var x = {Times("(", n)}",
        ["interpolations"] = n => $"var s = {Times("$\"{", n)}1{Times("}\"", n)};",
        ["open interpolations"] = n => Times("$\"{", n),
        ["raw interpolations"] = n => $"var s = {Times("$\"\"\"{", n)}1{Times("}\"\"\"", n)};",
        ["choices in interpolations"] = n => $"var s = {Times("$\"{(true ? ", n)}1{Times(" : 2)}\"", n)};",
        ["generics"] = n => $"{Times("List<", n)}int{Times(">", n)} x = null;",
        ["open generics"] = n => Times("List<", n),
        ["less"] = n => $"var a = 1; var b = {Times("a<", n)}a;",
        ["lambdas"] = n => $"var f = {Times("() => ", n)}1;",
        ["lambdas with blocks"] = n => $"Action f = () => {{ {Times("Action g = () => { ", n)}{Times("};", n)}}};",
        ["overloaded lambdas"] = n => $"var t = {Times("Task.Run(() => ", n)}1{Times(")", n)};",
        ["choices"] = n => $"var x = {Times("true ? 1 : ", n)}2;",
        ["choices in the middle"] = n => $"var x = {Times("true ? ", n)}1{Times(" : 2", n)};",
        ["calls of calls"] = n => $"var x = 1{Times(".ToString().GetHashCode()", n)};",
        ["queries behind queries"] = n => $"var x = new int[0]{Times(".Select(y => y)", n)};",
        ["conditional calls"] = n => $"var x = \"\"{Times("?.ToString()", n)};",
        ["indexes"] = n => $"dynamic d = null; var x = d{Times("[0]", n)};",
        ["sums"] = n => $"var x = 1{Times("+1", n)};",
        ["coalescing"] = n => $"string q = null; var x = {Times("q??", n)}q;",
        ["casts"] = n => $"var x = {Times("(int)", n)}1;",
        ["awaits"] = n => $"var x = {Times("await ", n)}1;",
        ["tests of tests"] = n => $"object q = 1; var x = q{Times(" is bool", n)};",
        ["arrays in arrays"] = n => $"object x = {Times("new object[] { ", n)}1{Times(" }", n)};",
        ["collections"] = n => $"object[] x = {Times("[", n)}1{Times("]", n)};",
        ["function pointers"] = n => $"unsafe {{ {Times("delegate*<", n)}int{Times(">", n)} x = null; }}",
        ["tuples"] = n => $"var x = {Times("(1, ", n)}1{Times(")", n)};",
        ["types of tuples"] = n => $"{Times("(int, ", n)}int{Times(")", n)} x = default;",
        ["patterns"] = n => $"var x = 1 is {Times("not ", n)}1;",
        ["property patterns"] = n => $"record P(P Q); P o = null; var x = o is {Times("{ Q: ", n)}null{Times(" }", n)};",
        ["switches"] = n => $"var x = {Times("1 switch { _ => ", n)}1{Times(" }", n)};",
        ["conditions of the preprocessor"] = n => $"{Times("#if true\n", n)}var x = 1;\n{Times("#endif\n", n)}",
        ["quotes of a raw string"] = n => $"var s = {Times("\"", n + 3)}\nx\n{Times("\"", n + 3)};",
        ["dollars of a raw string"] = n => $"var s = {Times("$", n)}\"\"\"{Times("{", n)}1{Times("}", n)}\"\"\";",
        ["attributes"] = n => $"{Times("[Obsolete] ", n)}void F() {{}}",
        ["usings"] = n => string.Concat(Enumerable.Range(0, n).Select(i => $"using A{i} = System.String;\n")),
        ["blocks"] = n => $"{Times("{", n)}{Times("}", n)}",
        ["loops"] = n => $"{Times("for (;false;) ", n)};",
        ["locks"] = n => $"{Times("lock (\"\") ", n)};",
        ["cases"] = n => $"int q = 1; switch (q) {{ {string.Concat(Enumerable.Range(0, n).Select(i => $"case {i}: break;"))} }}",
        ["withs"] = n => $"record R(int A); var x = new R(1){Times(" with {{ A = 1 }}", n)};",
        ["throws"] = n => $"string q = null; var x = {Times("q ?? throw ", n)}null;",
        ["variables of variables"] = n => $"{string.Concat(Enumerable.Range(0, n).Select(i => $"var c{i} = c{i + 1};"))}int c{n} = 1;",
        ["variables of earlier variables"] = n => $"var c0 = 1;{Many(n, i => $"var c{i + 1} = c{i};")}",
        ["constants of constants"] = n => $"{Many(n, i => $"const int k{i} = k{i + 1} + 1;")}const int k{n} = 1;",
        ["values of an enum"] = n => $"enum E {{ {Many(n, i => $"A{i} = A{i + 1} + 1, ")}A{n} = 1 }}",
        ["bases of bases"] = n => $"{Many(n, i => $"class B{i} : B{i + 1} {{ }}\n")}class B{n} {{ }}",
        ["interfaces of interfaces"] = n => $"{Many(n, i => $"interface I{i} : I{i + 1} {{ }}\n")}interface I{n} {{ }}",
        ["structs in structs"] = n => $"{Many(n, i => $"struct S{i} {{ S{i + 1} a; }}\n")}struct S{n} {{ }}",
        ["bounds of type parameters"] = n => $"void F<{Many(n, i => $"T{i}, ")}T{n}>() {Many(n, i => $"where T{i} : T{i + 1} ")}{{ }}",
        ["types in types"] = n => $"{Many(n, i => $"class C{i} {{ ")}{Times("}", n)}",
        ["lets"] = n => $"int[] a = []; var x = from y in a {string.Concat(Enumerable.Range(0, n).Select(i => $"let z{i} = y "))}select y;",
        ["froms"] = n => $"int[] a = []; var x = from y in a "
            + $"{string.Concat(Enumerable.Range(0, n).Select(i => $"from z{i} in a "))}select y;",
        ["constraints"] = n => $"void F<T>() {Times("where T : class ", n)}{{}}",
        ["references"] = n => $"int q = 1; void F() {{ {Times("ref ", n)}int y = ref q; }}",
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    public static string Of(string kind, int size) => Kinds[kind](size);

    static string Many(int n, Func<int, string> part) => string.Concat(Enumerable.Range(0, n).Select(part));

    static string Times(string part, int n) => string.Concat(Enumerable.Repeat(part, n));
}

using System.Text;

namespace Workbook.Keras;

/// <summary>The value of an attribute: texts, or nothing but a count of numbers.</summary>
/// <param name="Texts">The texts; none where it holds numbers.</param>
/// <param name="IsScalar">Whether it is one text rather than a list.</param>
readonly record struct Hdf5Value(string[] Texts, bool IsScalar);

/// <summary>Attributes of objects.</summary>
static class Hdf5Attribute
{
    /// <summary>The attribute of a message if it has this name.</summary>
    public static Hdf5Value? Read(Hdf5File file, Hdf5Bytes from, string name, string path)
    {
        file.Look();
        int version = from.Byte(), flags = from.Byte();
        if (version is < 1 or > 3) throw file.Other($"an attribute of version {version} at '{path}'", "version 1 to 3");
        int nameSize = from.Short(), typeSize = from.Short(), spaceSize = from.Short();
        if (version == 3) from.Skip(1);
        int Padded(int size) => version == 1 ? (size + 7) / 8 * 8 : size;
        var found = from;
        from.Skip(Padded(nameSize));
        if (found.Text(nameSize) != name) return null;
        if (version > 1 && flags != 0) throw file.Other($"an attribute '{name}' of '{path}' with a type that it shares", "one of its own");
        var typeAt = from.At;
        from.Skip(Padded(typeSize));
        var spaceAt = from.At;
        from.Skip(Padded(spaceSize));
        var type = Hdf5Type.Read(file, new(file, typeAt, typeAt + typeSize), path);
        var shape = Hdf5Space.Read(file, new(file, spaceAt, spaceAt + spaceSize), path) ?? [0];
        var count = Hdf5Space.Size(shape);
        if (count > from.Left / type.Size) throw file.Damaged($"an attribute '{name}' of '{path}' longer than itself");
        if (type.Kind is not (Hdf5Kind.Text or Hdf5Kind.SharedText)) return new([], shape.Length == 0);
        var texts = new string[count];
        var shared = new Dictionary<(ulong, int), string>();
        for (var i = 0; i < texts.Length; i++) texts[i] = type.Kind == Hdf5Kind.Text ? from.Text(type.Size).TrimEnd(' ') : Shared(ref from);
        return new(texts, shape.Length == 0);

        // Many places may name one text: it is made once.
        string Shared(ref Hdf5Bytes at)
        {
            var length = (int)Math.Min(at.Int(), int.MaxValue);
            var key = (at.Long(), (int)at.Int());
            if (length == 0) return "";
            if (shared.TryGetValue(key, out var known)) return known;
            var bytes = file.Shared(key.Item1, key.Item2);
            if (length > bytes.Length) throw file.Damaged($"a text of '{name}' of '{path}' longer than itself");
            return shared[key] = Encoding.UTF8.GetString(bytes[..length]);
        }
    }
}

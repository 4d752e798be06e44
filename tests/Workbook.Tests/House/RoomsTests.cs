using Xunit;

namespace Workbook.Tests.House;

/// <summary>A folder uses only what stands above it in docs/architecture.md.</summary>
public class RoomsTests
{
    static readonly (string Path, string Text)[] twoRooms =
    [
        ("Cellar/Wine.cs", "namespace House; class Wine { public static int Bottles => 3; }"),
        ("Attic/Trunk.cs", "namespace House; class Trunk { int wine = Wine.Bottles; }"),
    ];

    public static TheoryData<string> Projects => [.. RoomsPage.Projects];

    [Fact]
    public void Every_project_in_src_has_its_rooms_on_the_page() =>
        Assert.Equal(Directory.EnumerateDirectories(Repository.File("src")).Select(Path.GetFileName).Order(), RoomsPage.Projects.Order());

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_page_names_every_folder_of_a_project_once(string project) =>
        Assert.Equal(FolderUses.FoldersOf(project), RoomsPage.Of(project).Select(r => r.Folder).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    [Trait("speed", "slow")]
    public void A_folder_uses_only_those_above_it(string project)
    {
        var (rooms, uses) = (RoomsPage.Of(project), FolderUses.Of(project));
        // Where there is one folder there is nothing to use; elsewhere a reader that finds nothing is broken.
        Assert.Equal(rooms.Count > 1, uses.Count > 0);
        Assert.Empty(Upward(rooms, uses));
        Assert.Empty(
            rooms.SelectMany(
                r => r.Excused.Where(e => !uses.Any(u => u.From == r.Folder && u.To == e))
                    .Select(e => $"{r.Folder} is excused for using {e}, and does not.")));
    }

    [Fact]
    public void A_use_of_a_folder_below_is_found()
    {
        var uses = FolderUses.Of("House", twoRooms);
        Assert.Equal(["Attic uses Bottles of Cellar (Attic/Trunk.cs:1)", "Attic uses Wine of Cellar (Attic/Trunk.cs:1)"],
            uses.Select(u => u.ToString()));
        Assert.Empty(Upward([new("Cellar", []), new("Attic", [])], uses));
        Assert.Equal(uses, Upward([new("Attic", []), new("Cellar", [])], uses));
        Assert.Empty(Upward([new("Attic", ["Cellar"]), new("Cellar", [])], uses));
    }

    [Fact]
    public void A_name_that_two_folders_declare_is_told_apart_by_what_it_means()
    {
        (string, string)[] files =
        [
            ("Cellar/Key.cs", "namespace House.Cellar; class Key;"),
            ("Attic/Key.cs", "namespace House.Attic; class Key; class Door { Key key = new(); int Cellar(Key key) => 1; }"),
            ("Attic/Spread.cs", "namespace House; static partial class Names { public static int Attic => 1; }"),
            ("Cellar/Spread.cs", "namespace House; static partial class Names { public static int Cellar => Names.Attic; }"),
        ];
        Assert.Equal(["Cellar uses Attic of Attic (Cellar/Spread.cs:1)"], FolderUses.Of("House", files).Select(u => u.ToString()));
    }

    static IEnumerable<FolderUse> Upward(IReadOnlyList<Room> rooms, IEnumerable<FolderUse> uses)
    {
        var places = rooms.Select((r, i) => (r, i)).ToDictionary(r => r.r.Folder, r => (Place: r.i, r.r.Excused));
        return uses.Where(u => places.ContainsKey(u.To) && places.ContainsKey(u.From))
            .Where(u => places[u.To].Place > places[u.From].Place && !places[u.From].Excused.Contains(u.To));
    }
}

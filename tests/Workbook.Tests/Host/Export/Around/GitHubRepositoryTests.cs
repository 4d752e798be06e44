using Workbook.Host.Export.Around;
using Xunit;

namespace Workbook.Tests.Host.Export.Around;

public sealed class GitHubRepositoryTests : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("workbook-repository-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData("owner/name", "owner/name")]
    [InlineData("https://github.com/owner/name", "owner/name")]
    [InlineData("https://github.com/owner/name.git", "owner/name")]
    [InlineData("git@github.com:owner/na.me.git", "owner/na.me")]
    [InlineData("ssh://git@github.com/owner/name/", "owner/name")]
    [InlineData("https://user:secret@github.com/owner/name.git", "owner/name")]
    public void An_address_on_GitHub_is_owner_and_name_and_nothing_of_a_login(string address, string expected)
    {
        Assert.Equal(expected, GitHubRepository.Find(folder.FullName, address)!.Name);
        Origin(address);
        // What git itself keeps is an address.
        if (address.Contains(':')) Assert.Equal(expected, GitHubRepository.Find(folder.FullName, null)!.Name);
    }

    [Theory]
    [InlineData("https://example.org/owner/name")]
    [InlineData("https://github.com.example.org/owner/name")]
    [InlineData("https://github.com/owner")]
    [InlineData("/somewhere/on/a/disk")]
    [InlineData("owner/name/more")]
    public void Another_address_is_refused_where_it_is_named_and_passed_over_where_git_has_it(string address)
    {
        Assert.Contains("Write owner/name", Assert.Throws<FormatException>(() => GitHubRepository.Find(folder.FullName, address)).Message);
        Origin(address);
        Assert.Null(GitHubRepository.Find(folder.FullName, null));
    }

    [Fact]
    public void A_folder_without_git_has_none() => Assert.Null(GitHubRepository.Find(folder.FullName, null));

    [Fact]
    public void A_file_has_its_place_and_one_outside_has_none()
    {
        Origin("git@github.com:owner/name.git");
        var inner = folder.CreateSubdirectory("note books").FullName;
        File.WriteAllText(Path.Combine(inner, "a b.dib"), "");
        var repository = GitHubRepository.Find(inner, null)!;
        Assert.Equal("https://github.com/owner/name/blob/HEAD/note%20books/a%20b.dib",
            repository.AddressOf(Path.Combine(inner, "a b.dib")));
        Assert.Equal("https://github.com/owner/name/tree/HEAD/note%20books", repository.AddressOf(inner));
        Assert.Null(repository.AddressOf(Path.GetTempPath()));
        Assert.Equal("https://codespaces.new/owner/name?quickstart=1", repository.CodespaceAddress);
    }

    [Fact]
    public void A_second_work_tree_has_the_repository_of_the_first()
    {
        Origin("git@github.com:owner/name.git");
        Directory.CreateDirectory(Path.Combine(folder.FullName, ".git", "worktrees", "second"));
        var second = folder.CreateSubdirectory("second");
        File.WriteAllText(Path.Combine(second.FullName, ".git"),
            $"gitdir: {Path.Combine(folder.FullName, ".git", "worktrees", "second")}\n");
        Assert.Equal("owner/name", GitHubRepository.Find(second.FullName, null)!.Name);
    }

    void Origin(string address)
    {
        var git = folder.CreateSubdirectory(".git");
        File.WriteAllText(Path.Combine(git.FullName, "config"),
            $"[remote \"fork\"]\n\turl = https://github.com/other/fork\n[remote \"origin\"]\n\turl = {address}\n");
    }
}

using TinT.Tests.Common;

namespace TinT.Architecture.Tests;

/// <summary>Dependencies point one way, between projects and between the folders of each. <c>src/README.md</c> has the picture.</summary>
public sealed class ArchitectureTests
{
    private static readonly Lazy<IReadOnlyList<Rooms>> folders = new(() => Rooms.Of(SourceFile.All, Uses.Of(SourceFile.All)));

    /// <summary>Folders whose rooms still use each other; nothing is added here.</summary>
    private static readonly string[] open = [];

    [Fact]
    public void No_rooms_of_a_folder_use_each_other_in_a_circle()
    {
        Rooms[] circles = [.. folders.Value.Where(rooms => rooms.Circle().Count > 0)];

        Assert.Empty(circles.Where(rooms => !open.Contains(rooms.Folder)).Select(rooms => $"{rooms.Folder}: {string.Join(" → ", rooms.Circle())}"));
        Assert.Empty(open.Except(circles.Select(rooms => rooms.Folder)).Select(folder => $"{folder} has no circle any more; take it off the list."));
    }

    [Fact]
    public void No_projects_reference_each_other_in_a_circle() => Assert.Empty(ProjectReferences.All.Circle());

    [Fact]
    public void The_picture_of_rooms_and_arrows_is_this_one() =>
        Snapshot.MatchPart(RepositoryFiles.InRepository("src", "README.md"), "rooms", Picture.Of(ProjectReferences.All, folders.Value));

    [Fact]
    public void A_circle_is_named()
    {
        Rooms rooms = new("House", new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b"], ["b"] = ["c"], ["c"] = ["d", "b"], ["d"] = [] });

        Assert.Equal(["b", "c", "b"], rooms.Circle());
        Assert.Empty(new Rooms("House", new Dictionary<string, IReadOnlyList<string>> { ["a"] = ["b", "c"], ["b"] = ["c"], ["c"] = [] }).Circle());
    }
}

namespace TinT.Architecture.Tests;

/// <summary>The rooms of one folder, its subfolders and the files that lie in it directly, and which of them uses which.</summary>
/// <param name="Folder">The folder: its project, and folders below it.</param>
/// <param name="Uses">What each room uses of the others, all in order of their names.</param>
internal sealed record Rooms(string Folder, IReadOnlyDictionary<string, IReadOnlyList<string>> Uses)
{
    /// <summary>Stands for the files that lie in a folder directly.</summary>
    public const string Itself = ".";

    /// <summary>One of each project and of each folder that has several rooms.</summary>
    /// <param name="files">Sources.</param>
    /// <param name="uses">Which file uses which.</param>
    public static IReadOnlyList<Rooms> Of(IReadOnlyList<SourceFile> files, IReadOnlySet<(SourceFile User, SourceFile Used)> uses) =>
    [
        .. files.SelectMany(file => Enumerable.Range(0, file.Folders.Count + 1).Select(depth => FolderOf(file, depth))).Distinct().Order(StringComparer.Ordinal)
            .Select(folder => OfFolder(folder, files, uses)).Where(rooms => rooms.Uses.Count > 1),
    ];

    /// <summary>Rooms that use each other, each once, with the first again at the end; empty if there are none.</summary>
    public IReadOnlyList<string> Circle()
    {
        HashSet<string> done = [];
        List<string> path = [];
        return Uses.Keys.Select(Follow).FirstOrDefault(circle => circle.Count > 0) ?? [];

        IReadOnlyList<string> Follow(string room)
        {
            if (path.IndexOf(room) is >= 0 and int start)
                return [.. path[start..], room];
            if (!done.Add(room))
                return [];
            path.Add(room);
            IReadOnlyList<string> circle = Uses[room].Select(Follow).FirstOrDefault(found => found.Count > 0) ?? [];
            path.RemoveAt(path.Count - 1);
            return circle;
        }
    }

    private static Rooms OfFolder(string folder, IReadOnlyList<SourceFile> files, IReadOnlySet<(SourceFile User, SourceFile Used)> uses)
    {
        int depth = folder.Count(character => character == '/');
        string? RoomOf(SourceFile file) =>
            file.Folders.Count < depth || FolderOf(file, depth) != folder ? null : file.Folders.Count == depth ? Itself : file.Folders[depth];
        ILookup<string, string> arrows = uses
            .Select(use => (User: RoomOf(use.User), Used: RoomOf(use.Used)))
            .Where(use => use.User is not null && use.Used is not null && use.User != use.Used)
            .Distinct().ToLookup(use => use.User!, use => use.Used!);
        IEnumerable<string> rooms = files.Select(RoomOf).OfType<string>().Distinct().Order(StringComparer.Ordinal);
        return new Rooms(folder, rooms.ToDictionary(room => room, room => (IReadOnlyList<string>)[.. arrows[room].Order(StringComparer.Ordinal)]));
    }

    private static string FolderOf(SourceFile file, int depth) => string.Join('/', [file.Project, .. file.Folders.Take(depth)]);
}

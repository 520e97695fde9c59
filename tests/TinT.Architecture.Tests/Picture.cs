using System.Text;

namespace TinT.Architecture.Tests;

/// <summary>Rooms and arrows as a page shows them.</summary>
internal static class Picture
{
    /// <summary>A diagram of the projects, and for each project with several rooms a list of what each room uses, users above what they use.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="folders">The rooms of every folder.</param>
    public static string Of(Rooms projects, IReadOnlyList<Rooms> folders)
    {
        StringBuilder text = new("```mermaid\ngraph TD\n");
        foreach ((string project, IReadOnlyList<string> used) in projects.Uses)
        {
            foreach (string other in used.Where(other => !used.Any(between => between != other && Reaches(projects, between, other))))
                text.Append("  ").Append(project).Append(" --> ").Append(other).Append('\n');
        }

        text.Append("```\n");
        foreach (Rooms rooms in folders)
        {
            text.Append("\n    ").Append(rooms.Folder).Append('\n');
            int width = rooms.Uses.Keys.Max(room => room.Length);
            foreach (string room in FromTop(rooms))
                text.Append($"      {room.PadRight(width)} → {string.Join(", ", rooms.Uses[room])}".TrimEnd(' ', '→')).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Users first; of rooms that do not need each other the one by name.</summary>
    private static List<string> FromTop(Rooms rooms)
    {
        List<string> order = [];
        while (order.Count < rooms.Uses.Count)
        {
            string[] left = [.. rooms.Uses.Keys.Except(order)];
            order.Add(left.FirstOrDefault(room => !left.Any(other => rooms.Uses[other].Contains(room)), left[0]));
        }

        return order;
    }

    private static bool Reaches(Rooms rooms, string from, string to) =>
        rooms.Uses.TryGetValue(from, out IReadOnlyList<string>? used) && (used.Contains(to) || used.Any(next => Reaches(rooms, next, to)));
}

using System.Xml.Linq;

namespace TinT.Architecture.Tests;

/// <summary>Which project of the product references which.</summary>
internal static class ProjectReferences
{
    /// <summary>All of them.</summary>
    public static Rooms All { get; } = new("src and generators", Projects().ToDictionary(project => Path.GetFileNameWithoutExtension(project), References));

    private static IEnumerable<string> Projects() =>
        SourceFile.Rooms.SelectMany(Directory.GetDirectories).SelectMany(directory => Directory.GetFiles(directory, "*.csproj")).OrderBy(
            Path.GetFileName, StringComparer.Ordinal);

    private static IReadOnlyList<string> References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')))
            .Order(StringComparer.Ordinal),
    ];
}

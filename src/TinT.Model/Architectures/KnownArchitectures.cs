namespace TinT.Model.Architectures;

/// <summary>The architectures that there are; a new one is a file with its table and a line here.</summary>
public static class KnownArchitectures
{
    /// <summary>All; the first is the default of specs.</summary>
    public static IReadOnlyList<Architecture> All { get; } = [Gpt2.Architecture, Opt.Architecture];

    /// <summary>An architecture by its name.</summary>
    /// <param name="name">Its word in specs.</param>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public static Architecture Of(string name) => All.FirstOrDefault(architecture => architecture.Name == name)
        ?? throw new ArgumentException($"There are the architectures {string.Join(" and ", All)}, not '{name}'.", nameof(name));
}

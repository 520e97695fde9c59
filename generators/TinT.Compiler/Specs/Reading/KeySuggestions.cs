using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Says which key an unknown key was meant to be.</summary>
internal static class KeySuggestions
{
    /// <summary>
    /// A sentence: the key it is a synonym of, the key with nearly the same letters, the section it belongs in, or else all keys of
    /// the section.
    /// </summary>
    /// <param name="name">The unknown key.</param>
    /// <param name="section">Where it stands.</param>
    /// <param name="root">The whole format.</param>
    public static string For(string name, SectionKey section, SectionKey root)
    {
        if (FindSynonym(name, section) is { } synonym)
            return synonym;
        if (Suggestions.Nearest(name, section.Keys.Select(key => key.Name)) is { } nearest)
            return $"Did you mean '{nearest}'?";
        if (FindHome(name, root) is { } home)
            return home.Path.Length == 0 ? "It belongs at the top level." : $"It belongs in '{home.Path}'.";
        return $"Its keys are {Suggestions.List(section.Keys.Select(key => key.Name).ToArray(), "and")}.";
    }

    /// <summary>The key of the section that an unknown key was meant to be, if a synonym or the letters tell.</summary>
    public static KeyFormat? KeyMeant(string name, SectionKey section) =>
        section.Keys.FirstOrDefault(key => IsSynonym(name, key))
        ?? (Suggestions.Nearest(name, section.Keys.Select(key => key.Name)) is { } nearest ? section.Keys.First(key => key.Name == nearest) : null);

    private static string? FindSynonym(string name, SectionKey section)
    {
        if (section.Keys.FirstOrDefault(key => IsSynonym(name, key)) is { } key)
            return $"It is called '{key.Name}' here.";
        foreach (SectionKey inner in section.Keys.OfType<SectionKey>())
        {
            if (inner.Keys.FirstOrDefault(key => IsSynonym(name, key)) is { } nested)
                return $"It is called '{nested.Name}' in '{inner.Path}'.";
        }

        return null;
    }

    private static bool IsSynonym(string name, KeyFormat key) => key.Synonyms.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static SectionKey? FindHome(string name, SectionKey section)
    {
        if (section.Keys.Any(key => key.Name == name))
            return section;
        return section.Keys.OfType<SectionKey>().Select(inner => FindHome(name, inner)).FirstOrDefault(home => home is not null);
    }
}

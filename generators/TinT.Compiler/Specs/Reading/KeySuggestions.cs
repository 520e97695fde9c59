using TinT.Compiler.Specs.Format;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Says which key an unknown key was meant to be.</summary>
internal static class KeySuggestions
{
    /// <summary>
    /// A sentence: the key of that name in another section, the key it is a synonym of, the key with nearly the same letters, or
    /// else all keys of the section.
    /// </summary>
    public static string For(string name, SectionKey section)
    {
        KeyFormat? synonym = section.Keys.FirstOrDefault(key => key.Synonyms.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (synonym is not null)
            return $"It is called '{synonym.Name}' here.";
        if (Suggestions.Nearest(name, section.Keys.Select(key => key.Name)) is { } nearest)
            return $"Did you mean '{nearest}'?";
        if (FindHome(name, SpecFormat.Root) is { } home)
            return home.Path.Length == 0 ? "It belongs at the top level." : $"It belongs in '{home.Path}'.";
        return $"Its keys are {Suggestions.List(section.Keys.Select(key => key.Name).ToArray(), "and")}.";
    }

    private static SectionKey? FindHome(string name, SectionKey section)
    {
        if (section.Keys.Any(key => key.Name == name))
            return section;
        return section.Keys.OfType<SectionKey>().Select(inner => FindHome(name, inner)).FirstOrDefault(home => home is not null);
    }
}

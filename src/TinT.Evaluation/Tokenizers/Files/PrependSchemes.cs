namespace TinT.Evaluation.Tokenizers.Files;

/// <summary>The scheme that <c>Metaspace</c> objects name, of pre-tokenizers and of decoders.</summary>
internal static class PrependSchemes
{
    /// <summary>Reads <c>prepend_scheme</c> or, of older files, <c>add_prefix_space</c>.</summary>
    /// <param name="place">The object.</param>
    /// <exception cref="TokenizerFormatException">It names no scheme, or two.</exception>
    public static PrependScheme Read(JsonPlace place)
    {
        PrependScheme? named = place.Find("prepend_scheme") is { } scheme ? Parse(scheme) : null;
        if (place.Flag("add_prefix_space", otherwise: true))
            return named ?? PrependScheme.Always;
        if (named is not (null or PrependScheme.Never))
            throw place.Error("add_prefix_space is false, which contradicts prepend_scheme; remove one of them.");
        return PrependScheme.Never;
    }

    private static PrependScheme Parse(JsonPlace place) => place.Text() switch
    {
        "always" => PrependScheme.Always,
        "first" => PrependScheme.First,
        "never" => PrependScheme.Never,
        _ => throw place.Error($"must be always, first or never, not {place.Describe()}."),
    };
}

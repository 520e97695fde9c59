namespace TinT.Model.Architectures;

/// <summary>A size in <c>config.json</c>.</summary>
/// <param name="Key">The spec's key.</param>
/// <param name="Size">The size.</param>
/// <param name="Names">Names of the field; the first that is present counts.</param>
public sealed record ConfigurationSize(string Key, Func<ModelSizes, int> Size, params string[] Names)
{
    /// <summary>How many times the hidden size it is where it is absent; <see langword="null"/> if it must be there.</summary>
    public int? HiddenSizes { get; init; }
}

namespace TinT.Model.Norms;

/// <summary>The norms that there are; a new one is a line here, and its formula with a line in the runtime.</summary>
public static class KnownNorms
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Norm> All { get; } =
    [
        new("layer_norm", "LayerNorm", "1 / sqrt(ε + variance x)", "(x − mean x) r"),
        new("rms_norm", "RmsNorm", "1 / sqrt(ε + mean x²)", "x r"),
    ];

    /// <summary>A norm by its name.</summary>
    /// <param name="name">Its word in specs.</param>
    /// <exception cref="ArgumentException">There is no such norm.</exception>
    public static Norm Of(string name) => All.FirstOrDefault(norm => norm.Name == name)
        ?? throw new ArgumentException($"There are the norms {string.Join(", ", All)}, not '{name}'.", nameof(name));
}

namespace TinT.Model.Activations;

/// <summary>The activations that there are; a new one is a line here, and its formula with a line in the runtime.</summary>
public static class KnownActivations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Activation> All { get; } =
    [
        new("gelu_new", "GeluTanh", "z/2 (1 + tanh(sqrt(2/π) (z + 0.044715 z³)))"),
        new("gelu", "Gelu", "z Φ(z), Φ the normal distribution function"),
        new("relu", "Relu", "max(z, 0)"),
        new("silu", "Silu", "z / (1 + exp(−z))"),
    ];

    /// <summary>An activation by its name.</summary>
    /// <param name="name">Its word in specs.</param>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static Activation Of(string name) => All.FirstOrDefault(activation => activation.Name == name)
        ?? throw new ArgumentException($"There are the activations {string.Join(", ", All)}, not '{name}'.", nameof(name));
}

namespace TinT.Model.Activations;

/// <summary>The activations that there are; a new one is a line here, and its formula with a line in the runtime.</summary>
public static class KnownActivations
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Activation> All { get; } =
    [
        new("gelu_new", "GeluTanh", "z/2 (1 + tanh(sqrt(2/π) (z + 0.044715 z³)))", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_fast", "gelu_accurate"),
        new("gelu", "Gelu", "z Φ(z), Φ the normal distribution function", "gelu_python"),
        new("relu", "Relu", "max(z, 0)"),
        new("silu", "Silu", "z / (1 + exp(−z))", "swish"),
        new("quick_gelu", "QuickGelu", "z / (1 + exp(−1.702 z))"),
    ];

    /// <summary>An activation by one of its names.</summary>
    /// <param name="name">Its word in specs or in <c>config.json</c>.</param>
    /// <exception cref="ArgumentException">There is no such activation.</exception>
    public static Activation Of(string name) => Find(name)
        ?? throw new ArgumentException($"There are the activations {string.Join(", ", All)}, not '{name}'.", nameof(name));

    /// <summary>An activation by one of its names; <see langword="null"/> if there is none.</summary>
    /// <param name="name">Its word in specs or in <c>config.json</c>.</param>
    public static Activation? Find(string name) => All.FirstOrDefault(activation => activation.Words.Contains(name));
}

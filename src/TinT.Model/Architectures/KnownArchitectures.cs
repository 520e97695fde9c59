namespace TinT.Model.Architectures;

/// <summary>The architectures that there are; a new one is a file with its table and a line here.</summary>
public static class KnownArchitectures
{
    /// <summary>All; the first is the default of specs.</summary>
    public static IReadOnlyList<Architecture> All { get; } = 
    [
        Gpt2.Architecture, Opt.Architecture, Bloom.Architecture, GptJ.Architecture, GptNeoX.Architecture, GptNeo.Architecture, Llama.Architecture,
        Mistral.Architecture, Qwen2.Architecture, Qwen3.Architecture, Gemma.Architecture, Gemma2.Architecture, Phi.Architecture, Falcon.Architecture,
        StableLm.Architecture,
    ];

    /// <summary>The architecture of a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public static Architecture Family(this AuxiliaryDescription model) => Of((model ?? throw new ArgumentNullException(nameof(model))).Architecture);

    /// <summary>The tensors that checkpoints of a model have.</summary>
    /// <param name="model">The model.</param>
    public static IEnumerable<StoredTensor> Tensors(this AuxiliaryDescription model) => model.Family().Tensors.Where(tensor => tensor.IsOf(model));

    /// <summary>An architecture by its name.</summary>
    /// <param name="name">Its word in specs.</param>
    /// <exception cref="ArgumentException">There is no such architecture.</exception>
    public static Architecture Of(string name) => All.FirstOrDefault(architecture => architecture.Name == name)
        ?? throw new ArgumentException($"There are the architectures {string.Join(", ", All)}, not '{name}'.", nameof(name));
}

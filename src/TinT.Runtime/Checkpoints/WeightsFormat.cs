namespace TinT.Runtime.Checkpoints;

/// <summary>A format of weights in model directories.</summary>
/// <param name="WholeName">The file that holds a model whole.</param>
/// <param name="Open">Opens such a file, or a shard.</param>
internal sealed record WeightsFormat(string WholeName, Func<string, ICheckpointFile> Open)
{
    /// <summary>All formats; of those that a directory has the first is read.</summary>
    public static IReadOnlyList<WeightsFormat> All { get; } =
    [
        new("model.safetensors", SafetensorsFile.Open),
        new("pytorch_model.bin", PyTorchFile.Open),
        new(NanoGpt.FileName, PyTorchFile.Open),
    ];

    /// <summary>The file that says which shard holds what.</summary>
    public string IndexName => $"{WholeName}.index.json";
}

namespace TinT.Reference.Weights;

/// <summary>A tensor of a checkpoint and the parameter tensors it holds.</summary>
/// <param name="Name">Its name; <c>{0}</c> stands for the layer.</param>
/// <param name="Transposed">Whether its matrices are stored [inputs, outputs].</param>
/// <param name="Parts">The parameter tensors it holds, outputs after outputs.</param>
internal sealed record CheckpointTensor(string Name, bool Transposed, params ParameterKind[] Parts)
{
    /// <summary>Whether there is one in every layer.</summary>
    public bool IsInLayers => Name.Contains("{0}", StringComparison.Ordinal);
}

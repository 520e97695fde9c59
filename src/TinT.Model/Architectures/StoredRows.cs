namespace TinT.Model.Architectures;

/// <summary>Where the outputs of a parameter tensor are in the tensor of a checkpoint that holds several: stretches of them at even distances.</summary>
/// <param name="First">The first output.</param>
/// <param name="Run">Outputs that follow each other.</param>
/// <param name="Stride">Distance between the beginnings of stretches.</param>
public readonly record struct StoredRows(int First, int Run, int Stride)
{
    /// <summary>Where an output is.</summary>
    /// <param name="output">The output, from 0.</param>
    public int Of(int output) => First + (output / Run * Stride) + (output % Run);
}

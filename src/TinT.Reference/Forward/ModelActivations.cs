using System.Numerics;
using TinT.Reference.Matrices;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Forward;

/// <summary>What a forward pass computed.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class ModelActivations<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Creates the arrays.</summary>
    /// <param name="description">Shape of the model.</param>
    /// <param name="rows">Tokens T.</param>
    public ModelActivations(AuxiliaryDescription description, int rows)
    {
        Rows = rows;
        Embedded = new Matrix<T>(rows, description.HiddenSize);
        BlockActivations<T>[] blocks = new BlockActivations<T>[description.LayerCount];
        Matrix<T> input = Embedded;
        for (int layer = 0; layer < blocks.Length; layer++)
        {
            blocks[layer] = new BlockActivations<T>(description, rows, input);
            input = blocks[layer].Output;
        }

        Blocks = blocks;
        FinalInput = input;
        FinalNorm = new NormActivations<T>(rows, description.HiddenSize);
        Logits = new Matrix<T>(rows, description.VocabularySize);
    }

    /// <summary>Tokens T.</summary>
    public int Rows { get; }

    /// <summary>Token plus position embedding, [T, D].</summary>
    public Matrix<T> Embedded { get; }

    /// <summary>The blocks, bottom first; each one's input is the output of the one below.</summary>
    public IReadOnlyList<BlockActivations<T>> Blocks { get; }

    /// <summary>The last block's output, [T, D].</summary>
    public Matrix<T> FinalInput { get; }

    /// <summary>x̂ and o of the final layer norm.</summary>
    public NormActivations<T> FinalNorm { get; }

    /// <summary>o Eᵀ, [T, V].</summary>
    public Matrix<T> Logits { get; }
}

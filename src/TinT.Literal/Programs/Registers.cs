using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Literal.Programs;

/// <summary>The embeddings that a module's program works on, by name.</summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class Registers<T>
    where T : IFloatingPointIeee754<T>
{
    /// <summary>The embeddings that the module is given.</summary>
    public const string Input = "input";

    /// <summary>The embeddings that the module leaves.</summary>
    public const string Output = "output";

    private readonly Dictionary<string, Matrix<T>> embeddings = new(StringComparer.Ordinal);

    /// <summary>The embeddings of a register, [P + T, H].</summary>
    /// <param name="name">Its name.</param>
    public Matrix<T> this[string name]
    {
        get => embeddings[name];
        set => embeddings[name] = value;
    }
}

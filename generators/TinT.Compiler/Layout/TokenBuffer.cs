using TinT.Compiler.Construction;

namespace TinT.Compiler.Layout;

/// <summary>A buffer with one row per token, or per token from the first to the last training token.</summary>
/// <param name="Name">Name of the signal it holds.</param>
/// <param name="Columns">Floats per token.</param>
/// <param name="Kind">How long it keeps its values.</param>
/// <param name="TrainingRows">Whether it has rows for the training tokens only: only the backward pass writes it.</param>
/// <param name="Offset">Floats per token before it, from the arena's start or from the start of its slot.</param>
public sealed record TokenBuffer(string Name, int Columns, BufferKind Kind, bool TrainingRows, int Offset)
{
    /// <summary>Whether it is a vector with a number for each token. A row that happens to have one number is a row.</summary>
    public bool IsVector => Columns == 1 && Signals.IsInverseDeviation(Name);

    /// <summary>Whether each trained layer has its own, kept from its forward to its backward pass.</summary>
    public bool Memory => Kind == BufferKind.Memory;
}

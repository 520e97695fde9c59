using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Lowering;

/// <summary>One kernel: a computation on whole buffers with constant dimensions but for the number of tokens.</summary>
/// <param name="Kind">What it computes.</param>
/// <param name="Module">Auxiliary module it belongs to.</param>
/// <param name="Copy">Which D-wide block of a feed-forward module, from 0.</param>
/// <param name="Copies">Blocks of that module not yet fused; 1 afterwards.</param>
/// <param name="Inputs">Buffers read, in the order of the kind.</param>
/// <param name="Outputs">Buffers written, in the order of the kind.</param>
/// <param name="Parameters">Modules whose weights are read or updated, stacked by rows; empty if none.</param>
/// <param name="Residual">Buffer added to the output, if any.</param>
/// <param name="BiasShare">Share of the bias that the kernel adds (1/K in each of K blocks), 0 where there is none, or multiple of lr by which it moves it.</param>
/// <param name="Maps">What is left of the literal construction.</param>
/// <param name="Origin">Place in the spec that asked for it.</param>
public sealed record Kernel(
    KernelKind Kind,
    string Module,
    int Copy,
    int Copies,
    EquatableArray<Operand> Inputs,
    EquatableArray<Operand> Outputs,
    EquatableArray<string> Parameters,
    Operand? Residual,
    Share BiasShare,
    ConstructionMaps Maps,
    SourceSpan Origin)
{
    /// <summary>Form of the update in which the kernel runs; <see langword="null"/> for both.</summary>
    public UpdateForm? Form { get; init; }

    /// <summary>Whether it is linear attention that stands for an update in the backward pass.</summary>
    public bool Transposed { get; init; }

    /// <summary>Rows that each token has, of as many columns as its operands have for a token over this: more than 1 where a kernel works on each head.</summary>
    public int Heads { get; init; } = 1;

    /// <summary>Whether it works on heads, be it one; its rows then have another width than the hidden state.</summary>
    public bool OfHeads { get; init; }

    /// <summary>Operands read, the residual included.</summary>
    public IEnumerable<Operand> Reads => Residual is null ? Inputs : Inputs.Append(Residual);

    /// <summary>The same kernel with every operand mapped.</summary>
    public Kernel MapOperands(Func<Operand, Operand> map) => this with
    {
        Inputs = Inputs.Select(map).ToEquatableArray(),
        Outputs = Outputs.Select(map).ToEquatableArray(),
        Residual = Residual is null ? null : map(Residual),
    };
}

using TinT.Compiler.Construction;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Layout;

/// <summary>Everything that code is written from and that reports tell of: the outcome of all stages but the last for one spec.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="Graph">The layer graph.</param>
/// <param name="Program">The kernel program that is written: the processor's, or after <see cref="OnGpus"/> that of GPUs.</param>
/// <param name="GpuProgram">The kernel program of GPUs.</param>
/// <param name="Parameters">Where each parameter lies, on every target.</param>
/// <param name="Buffers">The arena of every target.</param>
public sealed record CompiledModel(
    ModelSpec Spec,
    LayerGraph Graph,
    KernelProgram Program,
    KernelProgram GpuProgram,
    ParameterLayout Parameters,
    BufferPlan Buffers)
{
    /// <summary>File name of the spec, without folders, fit for comments.</summary>
    public string FileName { get; init; } = string.Empty;

    /// <summary>SHA-256 of the spec's text, hexadecimal.</summary>
    public string ContentHash { get; init; } = string.Empty;

    /// <summary>Whether every call of a kernel is followed by a mark of a clock; without, nothing of it is in the code.</summary>
    public bool Timed { get; init; }

    /// <summary>Namespace of the classes that users load and run.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>Who sees them.</summary>
    public Access Access { get; init; }

    /// <summary>What is wrong with it, one sentence each: defects of the compiler.</summary>
    public EquatableArray<string> Violations { get; init; }

    /// <summary>The model as GPUs run it.</summary>
    public CompiledModel OnGpus => this with { Program = GpuProgram };

    /// <summary>Name of the model.</summary>
    public string Name => Spec.Model.Value;

    /// <summary>Namespace of everything else, in which there is nothing but generated code of this model.</summary>
    internal string CodeNamespace => $"{Namespace}.{Name}Code";
}

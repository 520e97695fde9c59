using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Layout;

/// <summary>Everything the writers print: the outcome of all stages for one spec.</summary>
/// <param name="Spec">The spec.</param>
/// <param name="FileName">File name of the spec, without folders, fit for comments.</param>
/// <param name="ContentHash">SHA-256 of the spec's text, hexadecimal.</param>
/// <param name="Graph">The layer graph.</param>
/// <param name="Program">The kernel program.</param>
/// <param name="Parameters">Where each parameter lies.</param>
/// <param name="Buffers">The arena.</param>
public sealed record CompiledModel(
    ModelSpec Spec,
    string FileName,
    string ContentHash,
    LayerGraph Graph,
    KernelProgram Program,
    ParameterLayout Parameters,
    BufferPlan Buffers)
{
    /// <summary>Whether every call of a kernel is followed by a mark of a clock; without, nothing of it is in the code.</summary>
    public bool Timed { get; init; }

    /// <summary>Namespace of the classes that users load and run.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>Who sees them.</summary>
    public Access Access { get; init; }

    /// <summary>Name of the model.</summary>
    public string Name => Spec.Model.Value;

    /// <summary>Namespace of everything else, in which there is nothing but generated code of this model.</summary>
    internal string CodeNamespace => $"{Namespace}.{Name}Code";
}

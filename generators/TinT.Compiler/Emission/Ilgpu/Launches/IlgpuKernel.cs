using TinT.Compiler.Diagnostics;

namespace TinT.Compiler.Emission.Ilgpu.Launches;

/// <summary>A GPU kernel: a call of a body of <c>TinT.Runtime.Ilgpu.Kernels</c> with the constants of the spec.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Formula">What it computes.</param>
/// <param name="Construction">What it is in the literal construction.</param>
/// <param name="Origin">Place in the spec that asked for it.</param>
/// <param name="Parameters">Its parameters, views before numbers.</param>
/// <param name="Body">The expression that computes it.</param>
/// <param name="Grouped">Whether its threads work in groups; otherwise the first parameter is the element's index.</param>
internal sealed record IlgpuKernel(
    string Name,
    string Formula,
    string Construction,
    SourceSpan Origin,
    IReadOnlyList<IlgpuParameter> Parameters,
    string Body,
    bool Grouped = true)
{
    /// <summary>The kernel as a plain product, which a library may compute in its place, if it is one.</summary>
    public PlainProduct? Product { get; init; }

    /// <summary>The field of the simulator that keeps its launcher once it is compiled.</summary>
    public string Field => char.ToLowerInvariant(Name[0]) + Name.Substring(1);

    /// <summary>Type arguments of its loader and launcher.</summary>
    public string TypeArguments => string.Join(", ", Parameters.Select(parameter => parameter.Type));
}

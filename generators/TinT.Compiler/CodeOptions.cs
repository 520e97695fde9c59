
namespace TinT.Compiler;

/// <summary>What generated code is to be, besides what the spec says.</summary>
public sealed record CodeOptions
{
    /// <summary>Namespace of generated classes if neither spec nor project names one.</summary>
    public const string DefaultNamespace = "TinT.Generated";

    /// <summary>Namespace of the generated classes; the spec's own comes first.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>Who sees the generated classes; the spec's own choice comes first.</summary>
    public Access Access { get; init; }

    /// <summary>Whether the simulator tells the time of every kernel: it then is an <c>ITimedSimulator</c>.</summary>
    public bool Timed { get; init; }

    /// <summary>Whether GPU kernels and a GPU simulator are wanted as well; they need ILGPU.</summary>
    public bool Gpu { get; init; }
}

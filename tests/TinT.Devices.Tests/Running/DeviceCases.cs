using TinT.Tests.Common;

namespace TinT.Devices.Tests.Running;

/// <summary>
/// What runs on devices: few cases, which between them run every kind of kernel and read every input. The repository's golden cases have both forms
/// of the update, learned and given positions, masks of gradients and of attention, one step and two, GELU and ReLU; the authors' code has no more
/// options. What else a spec can ask for is compared with the equations in double. All are of the golden cases' sizes: a kernel that has no option
/// of its own is the same method in each, so that a case more costs no more than the kernels that only it has.
/// </summary>
public static class DeviceCases
{
    private static readonly SmallSpec Small = new("Small")
    {
        VocabularySize = 101, Context = 32, HiddenSize = 32, HeadCount = 4, LayerCount = 2, TrainedLayers = 2, LearningRate = 1e-3,
    };

    /// <summary>Golden cases, each in both forms of the update.</summary>
    public static TheoryData<string, string> Golden
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((GoldenCase golden, string form) in GoldenForms)
                data.Add(golden.Name, form);
            return data;
        }
    }

    /// <summary>The same, opened.</summary>
    internal static IEnumerable<(GoldenCase Golden, string Form)> GoldenForms =>
        ((IEnumerable<object[]>)GoldenCases.InRepository).SelectMany(row => SmallSpec.Updates.Select(form => (GoldenCases.Open((string)row[0]), form)));

    /// <summary>Specs with the options that no golden case has.</summary>
    internal static IReadOnlyList<SmallSpec> Options { get; } =
    [
        Small with { Model = "ExactFull", Attention = "exact", LayerNorm = "full", Loss = "quadratic", Activation = "gelu" },
        Small with { Model = "ExactDual", Attention = "exact", TrainedLayers = 1, Update = "dual" },
        Small with
        {
            Model = "NoneDual", Architecture = "opt", Attention = "none", LayerNorm = "none", Loss = "mean_embedding", Activation = "silu", LayerCount = 1,
            TrainedLayers = 1, Steps = 2, Update = "dual",
        },
        Small with
        {
            Model = "HeadNorms", Architecture = "qwen3", Activation = "silu", Attention = "exact", LayerNorm = "gain", LayerCount = 1, TrainedLayers = 1,
            Options = new() { KeyValueHeadCount = 2 },
        },
        Small with
        {
            Model = "Bounds", Architecture = "gemma2", Attention = "exact", LayerNorm = "gain", LayerCount = 1, TrainedLayers = 1, Loss = "mean_embedding",
            Options = new() { KeyValueHeadCount = 1, ScoreCap = 0.6, LogitCap = 0.9 },
        },
        Small with { Model = "Slopes", Architecture = "bloom", LayerCount = 1, TrainedLayers = 1 },
    ];

    /// <summary>Names of those specs.</summary>
    public static TheoryData<string> OptionNames => [.. Options.Select(spec => spec.Model)];
}

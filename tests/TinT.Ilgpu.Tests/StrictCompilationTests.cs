using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Code for GPUs as strictly as a user's project may compile it; which kernels ILGPU takes, ILGPU decides.</summary>
public sealed class StrictCompilationTests
{
    [Fact]
    public void Code_of_every_option_compiles_without_warnings()
    {
        // Consecutive seeds go through architectures, losses and norms; activations are drawn. What has no gain matrices has a dual form, and is given it here and there.
        SmallSpec[] specs =
        [
            .. SmallSpec.Activations.Select((activation, index) => new SmallSpec($"Activation{index}")
            {
                Activation = activation,
                Attention = SmallSpec.Attentions[index % 3],
                Update = SmallSpec.Updates[index % 2],
                Steps = 2,
            }),
            .. Enumerable.Range(0, 6).Select(RandomCases.Spec),
        ];

        GeneratedCode.AssertCompiles(specs.DistinctBy(spec => spec.Model).SelectMany(spec => GpuCode.Sources(spec.Text, spec.FileName)));
    }
}

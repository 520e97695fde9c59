using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Snapshots of generated GPU code; the kernels for wide groups differ from those for narrow ones in their sizes only.</summary>
public sealed class KernelSnapshotTests
{
    [Theory]
    [InlineData("gpt2_var_mask_all_ones")]
    public void Code_of_a_golden_case(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        Dictionary<string, string> sources = GpuCode.Sources(File.ReadAllText(golden.SpecPath), golden.SpecPath).ToDictionary(source => source.Name, source => source.Text);

        Snapshot.Match(sources[golden.Description.Model + ".GpuSimulator.g.cs"], "cs", "GpuSimulator");
        Snapshot.Match(sources[golden.Description.Model + ".NarrowIlgpuKernels.g.cs"], "cs", "NarrowKernels");
    }
}

using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>Snapshots of generated GPU code.</summary>
public sealed class KernelSnapshotTests
{
    [Theory]
    [InlineData("gpt2_var_mask_all_ones", "primal")]
    [InlineData("opt_2step_all_f70", "dual")]
    public void Code_of_a_golden_case(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        Dictionary<string, string> sources = GpuCode.Sources(GpuCode.WithForm(File.ReadAllText(golden.SpecPath), form), golden.SpecPath).ToDictionary(
            source => source.Name, source => source.Text);

        Snapshot.Match(sources[golden.Description.Model + ".GpuPasses.g.cs"], "cs", $"{form}_GpuPasses");
        Snapshot.Match(sources[golden.Description.Model + ".GpuSimulator.g.cs"], "cs", $"{form}_GpuSimulator");
        Snapshot.Match(sources[golden.Description.Model + ".IlgpuKernels.g.cs"], "cs", $"{form}_IlgpuKernels");
    }

    /// <summary>Root mean square norms whose gains move, rotary positions, heads that share keys and values, a gate, no biases and a head of its own.</summary>
    [Fact]
    public void Code_of_LLaMA()
    {
        SmallSpec spec = new("Llama")
        {
            Architecture = "llama", Activation = "silu", HeadCount = 4, LayerNorm = "gain", Options = new() { KeyValueHeadCount = 2 }, Update = "primal",
        };
        Dictionary<string, string> sources = GpuCode.Sources(spec.Text, spec.FileName).ToDictionary(source => source.Name, source => source.Text);

        Snapshot.Match(sources["Llama.GpuPasses.g.cs"], "cs", "GpuPasses");
        Snapshot.Match(sources["Llama.IlgpuKernels.g.cs"], "cs", "IlgpuKernels");
    }
}

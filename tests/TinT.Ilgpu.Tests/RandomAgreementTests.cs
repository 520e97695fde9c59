using System.Reflection;
using TinT.Agreement.Comparison;
using TinT.Compiler.Devices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>GPU and CPU simulators of 70 random small specs, every option among them. Most run with the groups of ILGPU's own CPU device, which show the most tiles.</summary>
public sealed class RandomAgreementTests
{
    [Fact]
    public void CPU_and_GPU_agree_on_random_specs_in_wide_groups() => AssertAgreement("Wide", GroupTiles.Wide, firstSeed: 80, count: 20);

    [Fact]
    public void CPU_and_GPU_agree_on_random_specs_in_narrow_groups() => AssertAgreement("Narrow", GroupTiles.Narrow, firstSeed: 0, count: 50);

    private static void AssertAgreement(string kernels, GroupTile tile, int firstSeed, int count)
    {
        SmallSpec[] specs = [.. Enumerable.Range(firstSeed, count).Select(Spec)];
        Assembly code = GpuCode.CompileBoth(specs);
        Parallel.For(
            0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i => AssertAgreement(code, specs[i], tile, firstSeed + i));
    }

    private static void AssertAgreement(Assembly code, SmallSpec spec, GroupTile tile, int seed)
    {
        using var folder = new TemporaryFolder();
        RandomCheckpoint.Write(folder.Path, spec.Description.Auxiliary, seed);
        SimulationBatch batch = RandomCases.Batch(seed, spec.Description.Auxiliary);
        using var device = new TestDevice(tile.Threads);
        using ISimulator gpu = GpuCode.Load(code, spec.Model, folder.Path, device.Accelerator);
        using ISimulator cpu = GeneratedCode.LoadSimulator(code, spec.Model, folder.Path, threads: 1);
        SimulationResult actual = gpu.Run(batch);
        SimulationResult expected = cpu.Run(batch);
        AssertClose(spec.Model, actual, expected);
        PlannedLaunches.AssertCounted(spec, tile, gpu, seed);
    }

    /// <summary>The forms of the update in turn – gain matrices have only one –, and true gradients in every fifth.</summary>
    private static SmallSpec Spec(int seed)
    {
        SmallSpec spec = RandomCases.Spec(seed) is { LayerNorm: not "full" } formed ? formed with { Update = SmallSpec.Updates[seed / 2 % 2] } : RandomCases.Spec(seed);
        return seed % 5 == 4 ? spec.Exact() : spec;
    }

    private static void AssertClose(string model, SimulationResult actual, SimulationResult expected)
    {
        double size = Norm(expected.LogitsAfter!, _ => 0);
        double update = Norm(expected.LogitsAfter!, index => expected.LogitsBefore![index]);
        double error = Norm(actual.LogitsAfter!, index => expected.LogitsAfter![index]);
        Assert.True(error <= (Rounding.OfGpus.Logits * size) + (Rounding.OfGpus.LogitUpdate * update), $"{model}: logits of size {size:E2} move by {update:E2} and are off by {error:E2}.");
        for (int token = 0; token < expected.TokenLossesBefore.Length; token++)
        {
            // Losses of a few nats, from sums of some ten exponentials in single precision.
            Assert.Equal(expected.TokenLossesBefore[token], actual.TokenLossesBefore[token], 1e-5f);
        }
    }

    private static double Norm(float[] values, Func<int, double> origin) =>
        Math.Sqrt(Enumerable.Range(0, values.Length).Sum(index => (values[index] - origin(index)) * (values[index] - origin(index))));
}

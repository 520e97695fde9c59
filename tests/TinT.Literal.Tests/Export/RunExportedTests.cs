using TinT.Reference;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Export;

/// <summary>An exported simulator, run in another framework from its files alone, computes what the literal simulator computes.</summary>
public sealed class RunExportedTests(ExportedRuns runs) : IClassFixture<ExportedRuns>
{
    // Both sides compute in double. Logits are of the order of 1: sums in another order leave 1e-15, and the Taylor differences with N = 1000
    // make 1e-12 of it in each step. The worst case is at 7e-12.
    private const double LogitTolerance = 1e-10;

    // In F32 the learning rate and 1 / N are rounded, each by at most 2⁻²⁴ = 6e-8 of its value, and every step's update is proportional to them;
    // the case is at 6e-8.
    private const double SingleTolerance = 1e-6;

    public static TheoryData<string> Names => [.. ExportCase.All.Keys];

    [TorchTheory, MemberData(nameof(Names))]
    public void The_exported_simulator_gives_the_same_logits_in_another_framework(string name)
    {
        (double[] before, double[] after, ReferenceResult<double> expected) = runs.Of(name);
        Assert.InRange(Difference.Largest(before, expected.LogitsBefore!), 0, LogitTolerance);
        if (ExportCase.All[name].Type == TensorType.F64)
            Assert.InRange(Difference.Largest(after, expected.LogitsAfter!), 0, LogitTolerance);
        else
            Assert.InRange(Difference.OfUpdate(after, expected.LogitsAfter!, expected.LogitsBefore!), 0, SingleTolerance);

        // The update is there to be seen: far above the tolerance.
        Assert.InRange(Difference.Largest(expected.LogitsAfter!, expected.LogitsBefore!), 1e-4, double.PositiveInfinity);
    }

    [TorchTheory, MemberData(nameof(Names))]
    public void The_run_uses_every_exported_tensor(string name)
    {
        string line = runs.Printed.Split('\n').Single(
            text => text.Contains($"{Path.DirectorySeparatorChar}{name}{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        Assert.EndsWith(" 0 of them not used by the run: []", line, StringComparison.Ordinal);
    }
}

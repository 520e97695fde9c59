using TinT.Accounting.Gpu;
using TinT.Compiler.Compilation;
using TinT.Compiler.Devices;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs.Reading;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests.Compiled;

/// <summary>The form of the update that the compiler chooses for GPUs, against the planned time of whole runs in either form.</summary>
public sealed class GpuUpdateTests
{
    /// <summary>What the rule leaves out, biases and copies of gradients, is below a hundredth of a run; where both forms cost nearly the same, it may decide otherwise.</summary>
    private const double Slack = 1.02;

    public static TheoryData<string> Shipped =>
        [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Shipped))]
    public void The_chosen_form_is_the_one_whose_run_is_planned_to_be_faster(string file)
    {
        string text = File.ReadAllText(RepositoryFiles.InRepository("specs", file));
        foreach (GpuProfile device in GpuProfile.All)
        {
            (CompiledModel chosen, CompiledModel primal, CompiledModel dual) = (Model(text, "auto", device), Model(text, "primal", device), Model(
                text, "dual", device));
            foreach (int tokens in new[] { 4, 64, 128, 256, 512, 1024, 2048 }.Where(tokens => tokens <= chosen.Spec.Auxiliary.MaxPositionEmbeddings))
            {
                double fastest = Math.Min(Seconds(primal, tokens, device), Seconds(dual, tokens, device));
                double seconds = Seconds(chosen, tokens, device);
                Assert.True(seconds <= Slack * fastest, FormattableString.Invariant(
                    $"{tokens} tokens on {device.Name}: {chosen.Program.FormOf(tokens)} takes {seconds}, the faster form {fastest} s."));
            }
        }
    }

    [Fact]
    public void A_large_device_writes_weights_where_a_small_one_attends()
    {
        string text = File.ReadAllText(RepositoryFiles.InRepository("specs", "gpt2.tint.yaml"));

        Assert.Equal(0, Model(text, "auto", GpuProfile.H100).Program.DualTokens);
        Assert.Equal(129, Model(text, "auto", GpuProfile.Laptop).Program.DualTokens);
    }

    private static CompiledModel Model(string text, string update, GpuProfile device) =>
        GpuAccount.ModelOf(
            SpecCompiler.Lower(SpecReader.Read(text.Replace("training:", $"training:\n  update: {update}", StringComparison.Ordinal)).Spec!), device.Processors);

    private static double Seconds(CompiledModel model, int tokens, GpuProfile device) =>
        GpuSchedule.Of(model, GroupTiles.Wide, PlannedRun.Of(model.Spec, tokens, tokens / 2, 1))
            .Sum(launch => device.Seconds(launch) * (launch.Kernel.EndsWith("Dual", StringComparison.Ordinal) ? ChooseGpuUpdate.LinearAttentionWeight : 1));
}

using TinT.Accounting.Accounts;
using TinT.Accounting.Gpu;
using TinT.Reports.Html;
using TinT.Runtime.Cpu.Memory;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>An account as a self-contained page that draws it.</summary>
public static class AccountPage
{
    /// <summary>What stands for the construction where gradients are exact.</summary>
    public const string NoConstruction = "With 'method: exact' there is no simulator to construct: true gradients are not in reach of the paper's modules, and only compiled code takes such steps.";

    /// <summary>The page.</summary>
    /// <param name="account">The account.</param>
    /// <param name="subject">What is accounted for, in one line.</param>
    public static HtmlPage Create(SimulatorAccount account, string subject)
    {
        ArgumentNullException.ThrowIfNull(account);
        HtmlPage page = new($"Plan of {account.Spec.Model}", subject);
        page.Paragraph(Run(account));
        if (account.Construction is null)
            page.Section("No construction").Paragraph(NoConstruction);
        else
            AddConstruction(page, account);
        page.Section("Operations and bytes")
            .Table(CompiledTables.Costs(account))
            .Table(CompiledTables.Kernels(account));
        page.Section("Memory of the compiled simulator")
            .Figure(AccountDrawings.Arena(account), "The arena: a buffer is drawn where it holds values that are still needed; what is never needed together shares floats.")
            .Table(CompiledTables.Memory(account))
            .Table(CompiledTables.Buffers(account));
        foreach (GpuAccount gpu in account.Gpus)
        {
            page.Section($"On the {gpu.Profile.Name}")
                .Table(GpuTables.Kernels(gpu))
                .Table(GpuTables.Memory(gpu))
                .Table(GpuTables.Fits(gpu));
        }

        return page;
    }

    private static void AddConstruction(HtmlPage page, SimulatorAccount account)
    {
        page.Section("Prefix embeddings")
            .Paragraph("A matrix of the auxiliary model lies in prefix embeddings at the front of the simulator's input, its rows one after another.")
            .Figure(AccountDrawings.Prefix(account.Constructed.Prefix))
            .Legend([("c0", "matrix rows, each in a colour"), (AccountDrawings.Bias, "bias"), (AccountDrawings.Nothing, "zeros")])
            .Table(ConstructionTables.Prefix(account))
            .Table(ConstructionTables.Matrices(account));
        page.Section("Memory of a token")
            .Paragraph("The first coordinates of a token carry the signal; forward modules leave at the top what their backward and descent modules read.")
            .Figure(AccountDrawings.Memory(account))
            .Table(ConstructionTables.Memory(account));
        page.Section("Layers of the literal simulator")
            .Figure(AccountDrawings.Layers(account), "One block of each stage, from top to bottom in order of execution; copies of a module side by side.")
            .Legend([(AccountDrawings.Attention, "attention layer"), (AccountDrawings.Mlp, "MLP layer")])
            .Table(ConstructionTables.Layers(account));
        page.Section("Parameters of the literal simulator").Table(ConstructionTables.Parameters(account));
    }

    /// <summary>The run in one line.</summary>
    /// <param name="account">The account.</param>
    public static string Run(SimulatorAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        PlannedRun run = account.Run;
        string Of(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";
        return $"Planned: {Of(run.BatchSize, "sequence")} of {Of(run.Tokens, "token")}, the first {Count(run.TrainingTokens)} train; {Of(run.Steps, "step")} on the top {Of(run.TrainedLayers, "layer")}; {Of(account.Threads, "thread")}{(run.Weights == WeightStorage.SinglePrecision ? "" : $"; weights in {run.Weights.TypeName()}")}.";
    }
}

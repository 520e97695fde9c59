using TinT.Accounting;
using TinT.Accounting.Accounts;
using TinT.Accounting.Gpu;
using TinT.Accounting.Reports;
using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Cli.Rendering;
using TinT.Compiler.Compilation;
using TinT.Compiler.Layout;
using TinT.Compiler.Specs;
using TinT.Models;
using TinT.Reports.Files;
using TinT.Reports.Tables;

namespace TinT.Cli.Jobs;

/// <summary>Accounts for a spec and shows the tables.</summary>
internal static class PlanJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The spec cannot be read.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="PlannedRunException">The model cannot make such a run.</exception>
    /// <exception cref="ReportException">A report cannot be written.</exception>
    public static int Run(CommandContext context, PlanRequest request)
    {
        SpecFile file = SpecFile.Read(request.Spec);
        CompiledModel model = file.Model;
        ModelSpec spec = model.Spec;
        PlannedRun run = PlannedRun.Of(spec, request.Tokens, request.TrainingTokens, request.BatchSize) with { Weights = request.Weights };
        context.CancellationToken.ThrowIfCancellationRequested();
        SimulatorAccount account = SimulatorAccount.Of(model, run, request.Threads) with
        {
            Gpus = [.. request.Devices.Select(device => GpuAccount.Of(model, run, device, ShippedModelsCompiled()))],
        };

        string subject = SpecSummary.Of(spec);
        context.WriteReport(request.JsonPath, stream => AccountJson.Write(stream, account));
        context.WriteReport(request.HtmlPath, stream => AccountPage.Create(account, subject).Write(stream));
        context.Console.WriteLine(subject);
        context.Console.WriteLine(AccountPage.Run(account));
        if (account.Construction is null)
            context.Console.WriteLine(AccountPage.NoConstruction);
        ReportTable[] tables =
        [
            .. account.Construction is null
                ? []
                : (ReportTable[])[ConstructionTables.Prefix(account), ConstructionTables.Memory(account), ConstructionTables.Layers(account), ConstructionTables.Parameters(account)],
            CompiledTables.Costs(account),
            CompiledTables.Routines(account),
            CompiledTables.Memory(account),
            .. account.Gpus.SelectMany(gpu => (ReportTable[])[GpuTables.Kernels(gpu), GpuTables.Memory(gpu), GpuTables.Fits(gpu)]),
        ];
        foreach (ReportTable table in tables)
        {
            context.Console.WriteLine();
            context.Console.Write(table);
        }

        return ExitCode.Done;
    }

    private static IEnumerable<CompiledModel> ShippedModelsCompiled() =>
        ShippedModels.All.Select(model => SpecCompiler.Compile(model.ReadSpec(), model.SpecName).Compiled!);
}

using TinT.Cli.Compilation;
using TinT.Cli.Context;
using TinT.Cli.Outcomes;
using TinT.Compiler.Construction;
using TinT.Literal;
using TinT.Literal.Export;
using TinT.Runtime.Checkpoints;

namespace TinT.Cli.Jobs;

/// <summary>Writes a literal simulator.</summary>
internal static class ExportJob
{
    /// <summary>Runs the job.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">The spec cannot be read.</exception>
    /// <exception cref="SpecException">The spec has mistakes.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec, or a file cannot be written.</exception>
    /// <exception cref="ExportException">The directory cannot be used, or the disk has too little space.</exception>
    public static int Run(CommandContext context, ExportRequest request)
    {
        SpecFile file = SpecFile.Read(request.Spec);
        LayerGraph graph = file.Construction;
        ExportOptions options = new()
        {
            Type = request.Type,
            ShardBytes = request.ShardBytes,
            Gates = request.GateScale is null ? GateFunction.Hard : GateFunction.Tanh,
            GateScale = request.GateScale ?? ConstructionSettings.AuthorsGateScale,
            Replace = request.Replace,
        };
        ExportSummary summary = context.Console.WithProgress(
            progress => LiteralExport.Write(graph, request.Checkpoint, request.Output, options, progress, context.CancellationToken));
        foreach (string name in summary.Files)
            context.Console.WriteLine(Path.Combine(request.Output, name));
        context.Console.WriteLine(FormattableString.Invariant(
            $"{summary.Parameters:N0} parameters in {summary.Tensors:N0} tensors, {summary.Bytes / 1e9:0.###} GB"));
        return ExitCode.Done;
    }
}

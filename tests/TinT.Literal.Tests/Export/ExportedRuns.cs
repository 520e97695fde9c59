using TinT.Reference;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Export;

/// <summary>Every export case, exported and run by the Python script in one process.</summary>
public sealed class ExportedRuns : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<string> printed;

    /// <summary>Prepares; nothing is run before it is asked for.</summary>
    public ExportedRuns() => printed = new Lazy<string>(RunAll);

    /// <summary>What the script printed: a line for each case.</summary>
    public string Printed => printed.Value;

    /// <summary>What the script computed and what the literal simulator computes.</summary>
    internal (double[] Before, double[] After, ReferenceResult<double> Expected) Of(string name)
    {
        Assert.NotEmpty(Printed);
        using SafetensorsFile output = SafetensorsFile.Open(folder.File(name, "output.safetensors"));
        return (
            output["logits_before"].ReadDoubles(), output["logits_after"].ReadDoubles(), ExportCase.All[name].Run(folder.File(name, "checkpoint")));
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private string RunAll()
    {
        List<string> arguments = [];
        foreach ((string name, ExportCase export) in ExportCase.All)
        {
            Directory.CreateDirectory(folder.File(name, "checkpoint"));
            export.WriteCheckpoint(folder.File(name, "checkpoint"));
            export.Export(folder.File(name, "checkpoint"), folder.File(name, "export"), shardBytes: 50_000);
            WriteBatch(export.Batch, folder.File(name, "input.safetensors"));
            arguments.AddRange([folder.File(name, "export"), folder.File(name, "input.safetensors"), folder.File(name, "output.safetensors")]);
        }

        return TorchPython.Run(RepositoryFiles.InRepository("tests", "TinT.Literal.Tests", "Export", "run_exported.py"), arguments);
    }

    private static void WriteBatch(SimulationBatch batch, string path)
    {
        int[] shape = [batch.BatchSize, batch.TokenCount];
        SafetensorsWriter.Write(
            path,
            [
                TensorData.FromInt64s("input_ids", [.. batch.InputIds.Select(id => (long)id)], shape),
                TensorData.FromSingles("training_mask", [.. batch.TrainingMask], shape),
                TensorData.FromSingles("gradient_mask", [.. batch.GradientMask!], shape),
                TensorData.FromSingles("icl_mask", [.. batch.IclMask!], [.. shape, batch.TokenCount]),
                TensorData.FromInt64s("position_ids", [.. batch.PositionIds!.Select(id => (long)id)], shape),
            ]);
    }
}

using System.Numerics;
using System.Text.Json;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal.Parameters;
using TinT.Literal.Simulator;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Runtime.Checkpoints;

namespace TinT.Literal.Export;

/// <summary>
/// Writes a literal simulator: every parameter as sharded safetensors, and a description of its graph from which it can be run. Memory does not grow
/// with the simulator: it holds one weight matrix of the checkpoint at a time.
/// </summary>
public static class LiteralExport
{
    /// <summary>Room for the files beside the shards and for the shards' headers.</summary>
    private const long DescriptionBytes = 64 << 20;

    /// <summary>Writes a simulator to a directory, whole or not at all.</summary>
    /// <param name="graph">The graph of the spec.</param>
    /// <param name="checkpointDirectory">Model directory of the auxiliary weights.</param>
    /// <param name="outputDirectory">Directory that does not exist, is empty or, if the options say so, holds an earlier export.</param>
    /// <param name="options">How to write; <see langword="null"/> for the defaults.</param>
    /// <param name="progress">Told how much is written.</param>
    /// <param name="cancellationToken">Ends the work; nothing is left behind.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint cannot be read or does not fit the spec, or a file cannot be written.</exception>
    /// <exception cref="ExportException">The directory cannot be used, or the disk has too little space.</exception>
    /// <exception cref="ArgumentException">The options ask for another type than F32 and F64, or for shards of no size.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExportSummary Write(
        LayerGraph graph,
        string checkpointDirectory,
        string outputDirectory,
        ExportOptions? options = null,
        IProgress<ExportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentException.ThrowIfNullOrEmpty(outputDirectory);
        options ??= new ExportOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ShardBytes, nameof(options));
        using HuggingFaceCheckpoint checkpoint = HuggingFaceCheckpoint.Open(checkpointDirectory, SimulatorDescriptions.Of(graph.Spec).Auxiliary);
        LiteralLayout layout = new(graph, gateScale: options.GateScale);
        return options.Type switch
        {
            TensorType.F32 => Write<float>(layout, checkpoint, outputDirectory, options, progress, cancellationToken),
            TensorType.F64 => Write<double>(layout, checkpoint, outputDirectory, options, progress, cancellationToken),
            _ => throw new ArgumentException($"Simulators are written as F32 or F64, not as {options.Type}.", nameof(options)),
        };
    }

    private static ExportSummary Write<T>(
        LiteralLayout layout,
        HuggingFaceCheckpoint checkpoint,
        string outputDirectory,
        ExportOptions options,
        IProgress<ExportProgress>? progress,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        long total = layout.CountParameters().Total * options.Type.SizeInBytes();
        long written = 0;
        ElementStream<T> elements = new(bytes => progress?.Report(new ExportProgress(written += bytes, total)), cancellationToken);
        ExportedTensor[] tensors = [.. Tensors(layout, new CheckpointPrefixes<T>(layout, checkpoint), elements, options.Type)];
        IReadOnlyList<IReadOnlyList<ExportedTensor>> shards = ShardPlan.Of(tensors, options.ShardBytes);

        using ExportDirectory directory = ExportDirectory.Create(outputDirectory, total + DescriptionBytes, options);
        List<string> files = [];
        foreach (IReadOnlyList<ExportedTensor> shard in shards)
        {
            string name = ExportFiles.Shard(files.Count + 1, shards.Count);
            SafetensorsWriter.Write(
                Path.Combine(directory.Path, name), [.. shard.Select(tensor => tensor.ToData())], new Dictionary<string, string> { ["format"] = "pt" });
            files.Add(name);
        }

        WriteJson(directory.Path, ExportFiles.Index, json => WriteIndex(json, shards, total));
        WriteJson(directory.Path, ExportFiles.Description, json => DescriptionWriter.Write(json, layout, options));
        cancellationToken.ThrowIfCancellationRequested();
        directory.Complete();
        return new ExportSummary(
            tensors.Length, tensors.Sum(tensor => tensor.Definition.Count), total, [.. files, ExportFiles.Index, ExportFiles.Description]);
    }

    /// <summary>Every tensor: what is fixed, prefixes, then the modules in the order in which they first run.</summary>
    private static IEnumerable<ExportedTensor> Tensors<T>(LiteralLayout layout, CheckpointPrefixes<T> weights, ElementStream<T> elements, TensorType type)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach ((ParameterKind kind, ParameterDefinition table) in FixedTensors.Of(layout.Construction.Auxiliary))
        {
            ElementStream<T>.ReadElements read = weights.ReadTable(kind);
            yield return new ExportedTensor(table, type, stream => elements.Write(stream, table.Count, read));
        }

        foreach (ParameterDefinition prefix in layout.PrefixParameters)
        {
            yield return new ExportedTensor(prefix, type, stream =>
            {
                if (!weights.Contains(prefix.Name))
                {
                    elements.Write(stream, prefix);
                    return;
                }

                Matrix<T> values = weights.ReadPrefix(prefix.Name);
                elements.Write(stream, values.AsSpan());
            });
        }

        foreach (ParameterDefinition parameter in layout.ModuleParameters)
            yield return new ExportedTensor(parameter, type, stream => elements.Write(stream, parameter));
    }

    private static void WriteIndex(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<ExportedTensor>> shards, long total)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata");
        json.WriteNumber("total_size", total);
        json.WriteEndObject();
        json.WriteStartObject("weight_map");
        for (int index = 0; index < shards.Count; index++)
        {
            foreach (ExportedTensor tensor in shards[index])
                json.WriteString(tensor.Definition.Name, ExportFiles.Shard(index + 1, shards.Count));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteJson(string directory, string name, Action<Utf8JsonWriter> write)
    {
        try
        {
            using FileStream stream = new(Path.Combine(directory, name), FileMode.CreateNew, FileAccess.Write);
            using (Utf8JsonWriter json = new(stream, DescriptionWriter.Format))
                write(json);
            stream.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new ExportException($"{name} cannot be written ({exception.Message}).", exception);
        }
    }
}

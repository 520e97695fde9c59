using System.Diagnostics.CodeAnalysis;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Checkpoints;

/// <summary>A model directory as the Hugging Face hub lays it out: <c>config.json</c> and safetensors weights, in one file or in shards.</summary>
public sealed class HuggingFaceCheckpoint : IDisposable
{
    private const string ConfigurationName = "config.json";
    private const string WeightsName = "model.safetensors";
    private const string IndexName = "model.safetensors.index.json";
    private const string HeadName = "lm_head.weight";

    /// <summary>Weights as PyTorch pickles, which this library does not read.</summary>
    private static readonly string[] PickledNames = ["pytorch_model.bin", "pytorch_model.bin.index.json"];

    /// <summary>Prefixes of the models with a head, which checkpoints of the bare models lack.</summary>
    private static readonly string[] OptionalPrefixes = ["transformer.", "model."];

    /// <summary>File named where a tensor is missing: the weights or the index.</summary>
    private readonly string weightsPath;
    private readonly List<SafetensorsFile> files = [];
    private readonly Dictionary<string, SafetensorsTensor> tensors = new(StringComparer.Ordinal);

    private HuggingFaceCheckpoint(string weightsPath)
    {
        this.weightsPath = weightsPath;
    }

    /// <summary>Opens a model directory and compares its configuration with the spec.</summary>
    /// <param name="directory">Directory with <c>config.json</c> and <c>model.safetensors</c> or <c>model.safetensors.index.json</c>.</param>
    /// <param name="expected">Auxiliary model of the spec.</param>
    /// <exception cref="CheckpointFormatException">
    /// A file is missing, unreadable or malformed; the configuration differs from the spec (the message lists every difference); the output
    /// head is a matrix of its own.
    /// </exception>
    public static HuggingFaceCheckpoint Open(string directory, AuxiliaryDescription expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(expected);
        CheckDirectory(directory);

        bool tied = HuggingFaceConfiguration.Check(Path.Combine(directory, ConfigurationName), expected);
        string weights = Path.Combine(directory, WeightsName);
        string index = Path.Combine(directory, IndexName);
        HuggingFaceCheckpoint checkpoint = new(File.Exists(weights) || !File.Exists(index) ? weights : index);
        try
        {
            if (File.Exists(weights))
                checkpoint.AddWhole(weights);
            else if (File.Exists(index))
                checkpoint.AddShards(directory, ShardIndex.Read(index));
            else
                throw NoWeights(directory);
            checkpoint.CheckHead(tied, expected.Architecture);
        }
        catch (CheckpointFormatException)
        {
            checkpoint.Dispose();
            throw;
        }

        return checkpoint;
    }

    /// <summary>Finds a weight tensor. Names are found with and without the prefix <c>transformer.</c> or <c>model.</c></summary>
    /// <param name="name">Name in the checkpoint of the model with its head, for example <c>transformer.h.0.ln_1.weight</c>.</param>
    /// <param name="shape">Shape the tensor must have.</param>
    /// <exception cref="CheckpointFormatException">There is no such tensor, or it has another shape, or it holds no floating-point numbers.</exception>
    public SafetensorsTensor Find(string name, params ReadOnlySpan<int> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!TryFind(name, out SafetensorsTensor? tensor))
        {
            throw new CheckpointFormatException(CheckpointText.NoTensor(weightsPath, name, tensors.Keys));
        }

        long[] expected = new long[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            expected[axis] = shape[axis];
        string where = $"{tensor.File.Path}: tensor {CheckpointText.Quote(tensor.Name)}";
        if (!tensor.Shape.SequenceEqual(expected))
        {
            throw new CheckpointFormatException(
                $"{where} has shape {CheckpointText.Shape(tensor.Shape)} but the spec needs {CheckpointText.Shape(expected)}; load a checkpoint of the spec's sizes.");
        }

        if (!tensor.Type.IsFloatingPoint())
        {
            throw new CheckpointFormatException(
                $"{where} has type {tensor.Type.HeaderName()} but weights must be F32, F16, BF16 or F64; load a checkpoint that is not quantised.");
        }

        return tensor;
    }

    /// <summary>Closes the files; tensors found can no longer be read.</summary>
    public void Dispose()
    {
        foreach (SafetensorsFile file in files)
            file.Dispose();
    }

    private static void CheckDirectory(string directory)
    {
        if (File.Exists(directory))
            throw new CheckpointFormatException($"{directory}: this is a file; name the directory that holds {ConfigurationName} and {WeightsName}.");
        if (!Directory.Exists(directory))
            throw new CheckpointFormatException($"{directory}: the directory does not exist; check the path.");
    }

    private static CheckpointFormatException NoWeights(string directory)
    {
        string? pickled = PickledNames.FirstOrDefault(name => File.Exists(Path.Combine(directory, name)));
        return new CheckpointFormatException(pickled is null
            ? $"{directory}: there is neither {WeightsName} nor {IndexName}; download the weights into this directory."
            : $"{directory}: the weights are in {pickled}, a pickle, and there is no {WeightsName}; convert them with python -c \"from transformers import AutoModelForCausalLM; AutoModelForCausalLM.from_pretrained('.').save_pretrained('.')\" in this directory.");
    }

    private SafetensorsFile AddFile(string path)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        files.Add(file);
        return file;
    }

    private void AddWhole(string path)
    {
        foreach (SafetensorsTensor tensor in AddFile(path).Tensors)
            tensors.Add(tensor.Name, tensor);
    }

    private void AddShards(string directory, Dictionary<string, string> shards)
    {
        foreach (IGrouping<string, KeyValuePair<string, string>> shard in shards.GroupBy(entry => entry.Value, StringComparer.Ordinal))
        {
            SafetensorsFile file = AddFile(Path.Combine(directory, shard.Key));
            List<string> missing = [];
            foreach (string name in shard.Select(entry => entry.Key))
            {
                if (file.TryGetTensor(name, out SafetensorsTensor? tensor))
                    tensors.Add(name, tensor);
                else
                    missing.Add(name);
            }

            if (missing.Count > 0)
            {
                throw new CheckpointFormatException(
                    $"{file.Path}: the index {IndexName} promises tensors that are not here: {CheckpointText.QuoteAll(missing)}; download index and shards of the same version.");
            }
        }
    }

    private bool TryFind(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor)
    {
        if (tensors.TryGetValue(name, out tensor))
            return true;
        foreach (string prefix in OptionalPrefixes)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && tensors.TryGetValue(name[prefix.Length..], out tensor))
                return true;
        }

        // The safetensors library stores one of several tensors that share memory and notes the others' names in the metadata.
        foreach (SafetensorsFile file in files)
        {
            if (file.Metadata.TryGetValue(name, out string? stored) && file.TryGetTensor(stored, out tensor))
                return true;
        }

        return false;
    }

    private void CheckHead(bool tied, string architecture)
    {
        string embeddingName = architecture == "opt" ? "model.decoder.embed_tokens.weight" : "transformer.wte.weight";
        if (TryFind(HeadName, out SafetensorsTensor? head))
        {
            if (TryFind(embeddingName, out SafetensorsTensor? embedding) && embedding != head && !head.ContentEquals(embedding))
            {
                throw new CheckpointFormatException(
                    $"{head.File.Path}: tensor '{HeadName}' differs from '{embedding.Name}', but only an output head tied to the embedding is simulated; load a checkpoint with tied embeddings.");
            }
        }
        else if (!tied)
        {
            throw new CheckpointFormatException(
                $"{weightsPath}: {ConfigurationName} says tie_word_embeddings is false but there is no tensor '{HeadName}'; set it to true if the output head is the embedding, otherwise load a checkpoint with tied embeddings.");
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;

namespace TinT.Runtime.Checkpoints;

/// <summary>
/// A model directory as the Hugging Face hub lays it out: <c>config.json</c> and weights, in one file or in shards, as safetensors or, if there are none, as
/// <c>pytorch_model.bin</c>.
/// </summary>
public sealed class HuggingFaceCheckpoint : IDisposable
{
    private const string ConfigurationName = "config.json";

    /// <summary>File named where a tensor is missing: the weights or the index.</summary>
    private readonly string weightsPath;
    private readonly List<ICheckpointFile> files = [];
    private readonly CheckpointNames names = new();

    private readonly AuxiliaryDescription model;

    /// <summary>Name of the embedding, which the head shares if the configuration says so.</summary>
    private readonly string embeddingName;
    private readonly string headName;

    /// <summary>Whether the configuration says that the head is the embedding.</summary>
    private readonly bool tied;

    private HuggingFaceCheckpoint(string weightsPath, AuxiliaryDescription model, bool tied)
    {
        this.weightsPath = weightsPath;
        this.model = model;
        this.tied = tied;
        embeddingName = NameOf(ParameterKind.TokenEmbedding);
        headName = NameOf(ParameterKind.HeadWeight);

        string NameOf(ParameterKind kind) => model.Family().Tensors.First(tensor => tensor.Parts.Contains(kind)).Name;
    }

    /// <summary>Opens a model directory and compares its configuration with the spec.</summary>
    /// <param name="directory">
    /// Directory with <c>config.json</c> and the first that there is of <c>model.safetensors</c>, <c>model.safetensors.index.json</c>, <c>pytorch_model.bin</c>,
    /// <c>pytorch_model.bin.index.json</c> and <c>ckpt.pt</c>.
    /// </param>
    /// <param name="expected">Auxiliary model of the spec.</param>
    /// <exception cref="CheckpointFormatException">
    /// A file is missing, unreadable or malformed; the configuration differs from the spec (the message lists every difference); whether the output
    /// head is the embedding is not what the spec says; there are biases that the spec's model does not have.
    /// </exception>
    public static HuggingFaceCheckpoint Open(string directory, AuxiliaryDescription expected)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(expected);
        CheckDirectory(directory);

        string configuration = Path.Combine(directory, ConfigurationName);
        WeightsPlace? weights = WeightsPlace.Find(directory);
        if (weights is null && !File.Exists(configuration))
            throw ForeignWeights.Missing(directory, $"neither {ConfigurationName} nor {WeightsPlace.Wanted}");
        bool tied = HuggingFaceConfiguration.Check(configuration, expected);
        if (weights is null)
            throw ForeignWeights.Missing(directory, $"neither {WeightsPlace.Wanted}");

        HuggingFaceCheckpoint checkpoint = new(weights.Path, expected, tied);
        try
        {
            if (weights.IsWhole)
                checkpoint.AddWhole(checkpoint.AddFile(weights.Format, weights.Path));
            else
                checkpoint.AddShards(directory, weights.Format, ShardIndex.Read(weights.Path));
            checkpoint.CheckHead();
            checkpoint.CheckBiases();
        }
        catch (CheckpointFormatException)
        {
            checkpoint.Dispose();
            throw;
        }

        return checkpoint;
    }

    /// <summary>
    /// Finds a weight tensor. Names are found with and without the prefix <c>transformer.</c>, <c>model.</c> or <c>gpt_neox.</c>; the embedding is also
    /// found as the output head that shares it.
    /// </summary>
    /// <param name="name">Name in the checkpoint of the model with its head, for example <c>transformer.h.0.ln_1.weight</c>.</param>
    /// <param name="shape">Shape the tensor must have.</param>
    /// <exception cref="CheckpointFormatException">There is no such tensor, or it has another shape, or it holds no floating-point numbers.</exception>
    public CheckpointTensor Find(string name, params ReadOnlySpan<int> shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!TryFind(name, out CheckpointTensor? tensor))
            throw NoTensor(name);

        long[] expected = new long[shape.Length];
        for (int axis = 0; axis < shape.Length; axis++)
            expected[axis] = shape[axis];
        string where = $"{tensor.Path}: tensor {CheckpointText.Quote(tensor.Name)}";
        if (!tensor.Shape.SequenceEqual(expected))
        {
            string mend = expected.Length == 2 && tensor.Shape.SequenceEqual(expected.Reverse())
                ? "it is transposed: transformers keeps linear weights as [in, out] in GPT-2 and as [out, in] in OPT (nanoGPT has them as [out, in]); transpose all linear weights of the blocks, square ones too, when converting"
                : "load a checkpoint of the spec's sizes";
            throw new CheckpointFormatException(
                $"{where} has shape {CheckpointText.Shape(tensor.Shape)} but the spec needs {CheckpointText.Shape(expected)}; {mend}.");
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
        foreach (ICheckpointFile file in files)
            file.Dispose();
    }

    private static void CheckDirectory(string directory)
    {
        if (File.Exists(directory))
            throw new CheckpointFormatException(
                $"{directory}: this is a file; name the directory that holds {ConfigurationName} and {WeightsFormat.All[0].WholeName}.");
        if (!Directory.Exists(directory))
            throw new CheckpointFormatException($"{directory}: the directory does not exist; check the path.");
    }

    private ICheckpointFile AddFile(WeightsFormat format, string path)
    {
        ICheckpointFile file = format.Open(path);
        files.Add(file);
        return file;
    }

    private void AddWhole(ICheckpointFile file)
    {
        HashSet<string> turned = file.HasOutputsFirst
            ? [.. from stored in model.Tensors() where stored.Transposed from layer in stored.Layers(model) select stored.NameIn(layer)]
            : [];
        foreach (CheckpointTensor tensor in file.Tensors)
            names.Add((turned.Contains(tensor.Name) ? tensor.Transposed : null) ?? tensor);
        names.AddAliases(file.Metadata);
    }

    private void AddShards(string directory, WeightsFormat format, ShardIndex index)
    {
        foreach (IGrouping<string, KeyValuePair<string, string>> shard in index.Shards.GroupBy(entry => entry.Value, StringComparer.Ordinal))
        {
            ICheckpointFile file = AddFile(format, Path.Combine(directory, shard.Key));
            names.AddAliases(file.Metadata);
            List<string> missing = [];
            foreach (string name in shard.Select(entry => entry.Key))
            {
                if (file.TryGetTensor(name, out CheckpointTensor? tensor))
                    names.Add(tensor);
                else if (!file.Metadata.TryGetValue(name, out string? stored) || !file.TryGetTensor(stored, out _))
                    missing.Add(name);
            }

            if (missing.Count > 0)
            {
                throw new CheckpointFormatException(
                    $"{file.Path}: the index {format.IndexName} promises tensors that are not here: {CheckpointText.QuoteAll(missing)}; download index and shards of the same version.");
            }
        }

        names.AddAliases(index.Metadata);
    }

    private bool TryFind(string name, [NotNullWhen(true)] out CheckpointTensor? tensor) =>
        names.TryFind(name, out tensor) || (tied && name == embeddingName && names.TryFind(headName, out tensor));

    private CheckpointFormatException NoTensor(string name)
    {
        const string Bias = "bias";
        string module = name[..^Math.Min(name.Length, Bias.Length)];

        // A module with something else beside its weight has a bias that is misspelt.
        bool lacksBias = name.EndsWith($".{Bias}", StringComparison.Ordinal)
            && TryFind($"{module}weight", out CheckpointTensor? weight)
            && !names.Stored.Any(stored => stored != weight.Name && stored.StartsWith(weight.Name[..^"weight".Length], StringComparison.Ordinal));
        return new CheckpointFormatException(lacksBias
            ? $"{weightsPath}: there is no tensor {CheckpointText.Quote(name)}, though its weight is there: the model was trained without this bias (in nanoGPT, with bias=False); add one of zeros when converting, which the inner training may then change."
            : CheckpointText.NoTensor(weightsPath, name, names.Stored));
    }

    /// <summary>
    /// Makes sure that the head is the embedding, or that it is there. Where both are stored and differ though they are said to be tied, versions of
    /// <c>transformers</c> differ too: up to 4 the embedding is taken for the head, from 5 on they are not tied; so neither is guessed.
    /// </summary>
    private void CheckHead()
    {
        bool hasEmbedding = names.TryFind(embeddingName, out CheckpointTensor? embedding);
        bool hasHead = names.TryFind(headName, out CheckpointTensor? head);
        if (!model.TiesEmbeddings)
        {
            // The configuration agrees with the spec that they are not tied.
            if (!hasHead)
                throw new CheckpointFormatException(NoHead("load a whole checkpoint"));
            return;
        }

        // One that is larger than the spec's is refused when it is looked for.
        bool isComparable = hasEmbedding && embedding!.ElementCount <= (long)model.VocabularySize * model.EmbeddingSize;
        if (hasHead && isComparable && embedding != head && !head!.ContentEquals(embedding!))
        {
            string differs = $"{head.Path}: tensor {CheckpointText.Quote(head.Name)} differs from {CheckpointText.Quote(embedding!.Name)}, but ";
            throw new CheckpointFormatException(differs + (tied
                ? $"{ConfigurationName} and the spec say that the output head is tied to the embedding; load a checkpoint with tied embeddings, or set tie_word_embeddings to false in both if the head is a matrix of its own."
                : "the spec says that the output head is tied to the embedding; set auxiliary.tie_word_embeddings to false or load a checkpoint with tied embeddings."));
        }

        if (tied || (hasHead && hasEmbedding))
            return;
        throw new CheckpointFormatException(hasHead
            ? $"{weightsPath}: {ConfigurationName} says tie_word_embeddings is false and of embedding and output head only '{headName}' is there, no '{embeddingName}'; set it to true if they are the same matrix, otherwise load a checkpoint with tied embeddings."
            : NoHead("load a checkpoint with tied embeddings"));
    }

    private string NoHead(string otherwise) =>
        $"{weightsPath}: {ConfigurationName} says tie_word_embeddings is false but there is no tensor '{headName}'; set it to true if the output head is the embedding, otherwise {otherwise}.";

    /// <summary>Makes sure that no map has a bias that would be left out.</summary>
    private void CheckBiases()
    {
        foreach (StoredTensor tensor in model.Family().Tensors.Where(tensor => !tensor.IsOf(model)))
        {
            ParameterRole role = ParameterRoles.Of(tensor.Parts[0]);
            bool isLeftOut = role.Field == ParameterField.Bias && ParameterRoles.Find(role.Module, ParameterField.Weight) is { } weight && weight.Exists(model);
            if (isLeftOut && names.TryFind(tensor.NameIn(0), out CheckpointTensor? bias))
            {
                throw new CheckpointFormatException(
                    $"{bias.Path}: there is a tensor {CheckpointText.Quote(bias.Name)}, but by {ConfigurationName} and the spec the model has no such bias; set the flag of both that says so, or load another checkpoint.");
            }
        }
    }
}

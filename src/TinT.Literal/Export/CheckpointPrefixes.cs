using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Compiler.Specs.Writing;
using TinT.Literal.Simulator;
using TinT.Model;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Checkpoints;

namespace TinT.Literal.Export;

/// <summary>
/// The values that come from a checkpoint: prefixes, one matrix at a time, and the embeddings, block by block.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class CheckpointPrefixes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LiteralLayout layout;
    private readonly HuggingFaceCheckpoint checkpoint;
    private readonly AuxiliaryDescription auxiliary;
    private readonly Func<ParameterKind, int, T[]> read;
    private readonly Dictionary<string, (int Layer, PrefixMatrix Matrix)> matrices = new(StringComparer.Ordinal);
    private (ParameterKind Kind, int Layer, T[] Values)? lastWeight;

    /// <summary>Prepares to read.</summary>
    /// <param name="layout">The simulator.</param>
    /// <param name="checkpoint">The checkpoint, open while values are read.</param>
    public CheckpointPrefixes(LiteralLayout layout, HuggingFaceCheckpoint checkpoint)
    {
        this.layout = layout;
        this.checkpoint = checkpoint;
        auxiliary = SimulatorDescriptions.Of(layout.Graph.Spec).Auxiliary;
        read = CheckpointConversion<T>.Read(checkpoint, auxiliary);
        for (int layer = 0; layer < auxiliary.LayerCount; layer++)
            AddMatrices(layer, layout.Graph.ForwardBlock);
        AddMatrices(PrefixParameters.FinalLayer, layout.Graph.FinalNorm);
    }

    /// <summary>Whether a prefix holds weights; those of activations and gates hold zeros.</summary>
    /// <param name="name">Name of the prefix.</param>
    public bool Contains(string name) => matrices.ContainsKey(name);

    /// <summary>A prefix, [P, H].</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="CheckpointFormatException">The checkpoint's tensor is missing, has another shape or holds a NaN or infinity.</exception>
    public Matrix<T> ReadPrefix(string name)
    {
        (int layer, PrefixMatrix matrix) = matrices[name];
        PrefixParameters role = new(auxiliary, matrix);
        Matrix<T> prefix = new(layout.Construction.PrefixCount, layout.Construction.HiddenSize);
        T[]? bias = role.Bias is { } kind ? read(kind, layer) : null;
        PrefixWriter.Write(PrefixLayout.Of(layout.Construction), role, ReadWeight(role.Weight, layer), bias, prefix);
        return prefix;
    }

    /// <summary>Reads part of a tensor that is stored as it is exported.</summary>
    /// <param name="kind">One of the <see cref="FixedTensors"/>.</param>
    /// <returns>Reads its elements from a given one on.</returns>
    public ElementStream<T>.ReadElements ReadTable(ParameterKind kind)
    {
        StoredTensor source = auxiliary.Family().TensorOf(auxiliary, kind);
        CheckpointTensor tensor = checkpoint.Find(source.NameIn(-1), source.Shape(auxiliary));
        return (first, elements) => CheckpointConversion<T>.ReadFinite(tensor, first, elements);
    }

    private void AddMatrices(int layer, IEnumerable<SimulatorModule> modules)
    {
        foreach (PrefixMatrix matrix in modules.Select(module => module.Matrix).OfType<PrefixMatrix>())
            matrices.Add(PrefixNames.Of(layer, matrix.Parameter, matrix.Copy), (layer, matrix));
    }

    /// <summary>The weights of a parameter; the blocks of a feed-forward layer ask for the same ones one after another.</summary>
    private T[] ReadWeight(ParameterKind kind, int layer)
    {
        if (lastWeight is { } last && last.Kind == kind && last.Layer == layer)
            return last.Values;
        lastWeight = null;
        T[] values = read(kind, layer);
        lastWeight = (kind, layer, values);
        return values;
    }
}

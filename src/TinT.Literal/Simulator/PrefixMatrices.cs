using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;

namespace TinT.Literal.Simulator;

/// <summary>
/// The auxiliary weights as prefix embeddings: prefix p holds rows p·S … p·S+S−1 of a D×D matrix one after another, then all of the
/// bias; the rest is 0. A descent replaces a matrix's prefix, so copies of this share what is not trained.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class PrefixMatrices<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ConstructionSettings construction;
    private readonly Dictionary<(int Layer, PrefixMatrix Matrix), Matrix<T>> prefixes;

    /// <summary>Writes a model's weights into prefixes.</summary>
    public PrefixMatrices(LiteralLayout layout, AuxiliaryModel<T> model)
    {
        construction = layout.Construction;
        prefixes = [];
        for (int layer = 0; layer < model.Blocks.Count; layer++)
            Write(layer, layout.Graph.ForwardBlock, model);
        Write(PrefixParameters.FinalLayer, layout.Graph.FinalNorm, model);
    }

    private PrefixMatrices(PrefixMatrices<T> other)
    {
        construction = other.construction;
        prefixes = new(other.prefixes);
    }

    /// <summary>The prefix of one matrix, [P, H].</summary>
    /// <param name="layer">Layer of the matrix.</param>
    /// <param name="matrix">The matrix.</param>
    public Matrix<T> this[int layer, PrefixMatrix matrix]
    {
        get => prefixes[(layer, matrix)];
        set => prefixes[(layer, matrix)] = value;
    }

    /// <summary>A copy whose prefixes can be replaced.</summary>
    public PrefixMatrices<T> Copy() => new(this);

    /// <summary>
    /// The weights in the prefixes as a model: the parts of a feed-forward block put together, and the biases of its copies summed.
    /// </summary>
    /// <param name="model">Gives the embeddings.</param>
    public AuxiliaryModel<T> ToModel(AuxiliaryModel<T> model)
    {
        Dictionary<(ParameterKind, int), T[]> changed = [];
        T[] Values(ParameterKind kind, int layer)
        {
            if (!changed.TryGetValue((kind, layer), out T[]? values))
                changed.Add((kind, layer), values = new T[model.Values(kind, layer).Length]);
            return values;
        }

        foreach (((int layer, PrefixMatrix matrix), Matrix<T> prefix) in prefixes)
        {
            PrefixParameters role = PrefixParameters.Of(matrix);
            T[] weight = Values(role.Weight, layer);
            T[] bias = Values(role.Bias, layer);
            int size = construction.AuxiliarySize;
            for (int row = 0; row < size; row++)
            {
                Span<T> stored = Row(prefix, row);
                bias[role.BiasIndex(row, size)] += prefix[0, (construction.Sharding * size) + row];
                for (int column = 0; column < size; column++)
                {
                    if (role.WeightIndex(row, column, size) is { } index)
                        weight[index] = stored[column];
                }
            }
        }

        return new AuxiliaryModel<T>(model.Description, (kind, layer) => changed.GetValueOrDefault((kind, layer)) ?? model.Values(kind, layer));
    }

    private void Write(int layer, IEnumerable<SimulatorModule> modules, AuxiliaryModel<T> model)
    {
        int size = construction.AuxiliarySize;
        foreach (PrefixMatrix matrix in modules.Select(module => module.Matrix).OfType<PrefixMatrix>())
        {
            PrefixParameters role = PrefixParameters.Of(matrix);
            T[] weight = model.Values(role.Weight, layer);
            T[] bias = model.Values(role.Bias, layer);
            T shares = T.CreateChecked(role.BiasShares);
            Matrix<T> prefix = new(construction.PrefixCount, construction.HiddenSize);
            for (int row = 0; row < size; row++)
            {
                Span<T> stored = Row(prefix, row);
                for (int column = 0; column < size; column++)
                {
                    if (role.WeightIndex(row, column, size) is { } index)
                        stored[column] = weight[index];
                }

                for (int index = 0; index < construction.PrefixCount; index++)
                    prefix[index, (construction.Sharding * size) + row] = bias[role.BiasIndex(row, size)] / shares;
            }

            prefixes.Add((layer, matrix), prefix);
        }
    }

    /// <summary>Where a row of the matrix lies.</summary>
    private Span<T> Row(Matrix<T> prefix, int row) =>
        prefix.Row(row / construction.Sharding, row % construction.Sharding * construction.AuxiliarySize, construction.AuxiliarySize);
}

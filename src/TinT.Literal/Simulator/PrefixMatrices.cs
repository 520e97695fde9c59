using System.Numerics;
using TinT.Compiler.Construction;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;

namespace TinT.Literal.Simulator;

/// <summary>
/// The auxiliary weights as prefix embeddings: prefix p holds rows p·S … p·S+S−1 of a D×D matrix one after another, then all of the
/// bias; the rest is 0. A prefix is written when it is read; what a descent makes of it is kept.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal sealed class PrefixMatrices<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ConstructionSettings construction;
    private readonly PrefixLayout places;
    private readonly AuxiliaryModel<T> model;
    private readonly Dictionary<(int Layer, PrefixMatrix Matrix), Matrix<T>> trained = [];

    /// <summary>The prefixes of a model.</summary>
    public PrefixMatrices(LiteralLayout layout, AuxiliaryModel<T> model)
    {
        construction = layout.Construction;
        places = PrefixLayout.Of(construction);
        this.model = model;
    }

    /// <summary>Puts the prefix of one matrix in front of the tokens.</summary>
    /// <param name="layer">Layer of the matrix.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="embeddings">Embeddings, [P + T, H]; the prefix must be zeros.</param>
    public void CopyTo(int layer, PrefixMatrix matrix, Matrix<T> embeddings)
    {
        if (trained.TryGetValue((layer, matrix), out Matrix<T>? prefix))
            prefix.AsSpan().CopyTo(embeddings.AsSpan());
        else
            Write(layer, matrix, embeddings);
    }

    /// <summary>Keeps what a descent has made of a prefix.</summary>
    /// <param name="layer">Layer of the matrix.</param>
    /// <param name="matrix">The matrix.</param>
    /// <param name="embeddings">Embeddings behind the descent, [P + T, H].</param>
    public void Replace(int layer, PrefixMatrix matrix, Matrix<T> embeddings)
    {
        if (!trained.TryGetValue((layer, matrix), out Matrix<T>? prefix))
            trained.Add((layer, matrix), prefix = new Matrix<T>(construction.PrefixCount, construction.HiddenSize));
        embeddings.AsSpan()[..(prefix.Rows * prefix.Columns)].CopyTo(prefix.AsSpan());
    }

    /// <summary>
    /// The weights that descents have replaced as a model: the parts of a feed-forward block put together, and the biases of its copies
    /// summed. Other weights are those of the original.
    /// </summary>
    /// <param name="before">Whether the weights are wanted as they were written at first.</param>
    public AuxiliaryModel<T> ToModel(bool before)
    {
        Dictionary<(ParameterKind, int), T[]> changed = [];
        T[] Values(ParameterKind kind, int layer)
        {
            if (!changed.TryGetValue((kind, layer), out T[]? values))
                changed.Add((kind, layer), values = new T[model.Values(kind, layer).Length]);
            return values;
        }

        foreach (((int layer, PrefixMatrix matrix), Matrix<T> replaced) in trained)
        {
            Matrix<T> prefix = replaced;
            if (before)
                Write(layer, matrix, prefix = new Matrix<T>(replaced.Rows, replaced.Columns));
            PrefixParameters role = new(model.Description, matrix);
            T[] weight = Values(role.Weight, layer);
            T[]? bias = role.Bias is { } kind ? Values(kind, layer) : null;
            int size = construction.AuxiliarySize;
            for (int row = 0; row < size; row++)
            {
                Span<T> stored = PrefixWriter.Row(places, prefix, row);
                if (bias is not null && role.BiasIndex(row) is { } place)
                    bias[place] += prefix[0, places.BiasStart + row];
                for (int column = 0; column < size && role.IsMoved(row); column++)
                {
                    if (role.WeightIndex(row, column) is { } index)
                        weight[index] = stored[column];
                }
            }
        }

        return new AuxiliaryModel<T>(model.Description, (kind, layer) => changed.GetValueOrDefault((kind, layer)) ?? model.Values(kind, layer));
    }

    /// <summary>Writes the prefix of one matrix of the model over zeros.</summary>
    private void Write(int layer, PrefixMatrix matrix, Matrix<T> prefix)
    {
        PrefixParameters role = new(model.Description, matrix);
        PrefixWriter.Write(places, role, model.Values(role.Weight, layer), role.Bias is { } bias ? model.Values(bias, layer) : null, prefix);
    }
}

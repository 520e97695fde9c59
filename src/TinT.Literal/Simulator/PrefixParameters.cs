using TinT.Compiler.Construction;
using TinT.Model;
using TinT.Model.Parameters;

namespace TinT.Literal.Simulator;

/// <summary>Which elements of the auxiliary model's parameters a prefix matrix holds.</summary>
internal sealed class PrefixParameters
{
    /// <summary>Layer under which the final norm is kept.</summary>
    public const int FinalLayer = -1;

    private readonly PrefixMatrix matrix;
    private readonly int size;
    private readonly int rows;
    private readonly int columns;

    /// <summary>The parameters of a matrix.</summary>
    /// <param name="auxiliary">The model.</param>
    /// <param name="matrix">The matrix.</param>
    /// <exception cref="NotSupportedException">The model has no such parameter.</exception>
    public PrefixParameters(AuxiliaryDescription auxiliary, PrefixMatrix matrix)
    {
        this.matrix = matrix;
        ParameterRole weight = Find(ParameterField.Weight) ?? Find(ParameterField.Gain)
            ?? throw new NotSupportedException($"The auxiliary model has no parameters called '{matrix.Parameter}'.");
        Weight = weight.Kind;
        Bias = Find(ParameterField.Bias) is { } bias && auxiliary.Has(bias.Kind) ? bias.Kind : null;
        size = auxiliary.HiddenSize;
        (int outputs, columns) = weight.Shape(auxiliary);
        rows = matrix.Diagonal ? columns : outputs;
        ParameterRole? Find(ParameterField field) => ParameterRoles.Find(matrix.Parameter, field);
    }

    /// <summary>Parameter with the weights.</summary>
    public ParameterKind Weight { get; }

    /// <summary>Parameter with the bias; <see langword="null"/> if there is none.</summary>
    public ParameterKind? Bias { get; }

    /// <summary>Matrices that share the bias equally: those whose outputs are summed.</summary>
    public int BiasShares => matrix.Columns;

    /// <summary>
    /// Element of <see cref="Weight"/> at a place of the matrix; <see langword="null"/> beside the diagonal of a gain and in what fills a block up. A gain that is narrower
    /// than the matrix, as heads share one, is repeated as often as it fits.
    /// </summary>
    public int? WeightIndex(int row, int column)
    {
        if (matrix.Diagonal)
            return row == column && row < size / columns * columns ? row % columns : null;
        (int output, int input) = ((matrix.Row * size) + row, (matrix.Column * size) + column);
        return output < rows && input < columns ? (output * columns) + input : null;
    }

    /// <summary>Whether a row holds what descents move: of a repeated gain the first.</summary>
    public bool IsMoved(int row) => !matrix.Diagonal || row < columns;

    /// <summary>Element of <see cref="Bias"/> that belongs to a row of the matrix; <see langword="null"/> in what fills a block up.</summary>
    public int? BiasIndex(int row)
    {
        int output = (matrix.Row * size) + row;
        return Bias is not null && output < rows ? output : null;
    }
}

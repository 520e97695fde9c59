using TinT.Compiler.Construction;
using TinT.Model.Parameters;
using TinT.Reference.Weights;

namespace TinT.Literal.Simulator;

/// <summary>Which elements of the auxiliary model's parameters a prefix matrix holds.</summary>
/// <param name="Weight">Parameter with the weights.</param>
/// <param name="Bias">Parameter with the bias.</param>
/// <param name="Matrix">The matrix.</param>
internal sealed record PrefixParameters(ParameterKind Weight, ParameterKind Bias, PrefixMatrix Matrix)
{
    /// <summary>Layer under which the final norm is kept.</summary>
    public const int FinalLayer = -1;

    /// <summary>Matrices that share the bias equally: c_2 / K for each of the K blocks of the contraction.</summary>
    public int BiasShares => Weight == ParameterKind.ContractWeight ? Matrix.Copies : 1;

    /// <summary>The parameters of a matrix.</summary>
    /// <exception cref="NotSupportedException">The auxiliary model has no such parameter.</exception>
    public static PrefixParameters Of(PrefixMatrix matrix)
    {
        string module = matrix.Parameter;
        ParameterRole? weight = ParameterRoles.Find(module, ParameterField.Weight) ?? ParameterRoles.Find(module, ParameterField.Gain);
        ParameterRole? bias = ParameterRoles.Find(module, ParameterField.Bias);
        return weight is null || bias is null
            ? throw new NotSupportedException($"The auxiliary model has no parameters called '{module}'.")
            : new PrefixParameters(weight.Kind, bias.Kind, matrix);
    }

    /// <summary>Element of <see cref="Weight"/> at a place of the matrix; <see langword="null"/> beside the diagonal of a gain.</summary>
    public int? WeightIndex(int row, int column, int size) => Weight switch
    {
        _ when Matrix.Diagonal => row == column ? row : null,
        ParameterKind.ContractWeight => (row * Matrix.Copies * size) + (Matrix.Copy * size) + column,
        _ => (((Matrix.Copy * size) + row) * size) + column,
    };

    /// <summary>Element of <see cref="Bias"/> that belongs to a row of the matrix.</summary>
    public int BiasIndex(int row, int size) => Weight == ParameterKind.ContractWeight ? row : (Matrix.Copy * size) + row;
}

using TinT.Compiler.Construction;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>
/// From ∂c to ∂v: softmax scores are recomputed from q and k in the tokens' memory, transposed and applied to ∂c. Token j receives
/// what token i sends back if i ≤ j or i belongs to the training part; tokens before j have no attention weight on it.
/// The memory stays as it is.
/// </summary>
public sealed class AttentionBackward : LiteralModule
{
    private readonly ConstructionSettings construction;
    private readonly int keptFrom;
    private readonly PositionGates gates;
    private readonly SimulatorAttention attention;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    public AttentionBackward(string scope, ConstructionSettings construction, int query, int key)
    {
        this.construction = construction;
        keptFrom = Math.Min(query, key);
        gates = new PositionGates(scope + "attnt_gates", construction, Positions.Tokens);
        attention = SoftmaxMaps.Attention(
            scope + "attnt_module.", construction, AttentionKind.TransposedSoftmax, query, key, 0);
    }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. gates.Parameters, .. attention.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden)
    {
        Matrix<T> output = attention.Apply(
            run, hidden, run.TokenMayAttend, (receiver, sender) => run.IsToken(sender) && (sender <= receiver || run.IsTraining(sender)));
        AddToTokens(run, hidden, keptFrom, output, keptFrom, construction.HiddenSize - keptFrom);
        return gates.Apply(run, hidden, output);
    }
}

using TinT.Literal.Parameters;
using TinT.Reference.Matrices;

namespace TinT.Literal.Modules;

/// <summary>From ∂c through attention to ∂v, then through W_v to ∂x, with the descent on W_v and b_v.</summary>
public sealed class AttentionBackwardDescent : LiteralModule
{
    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and learning rate.</param>
    /// <param name="query">First coordinate of q in the tokens' memory.</param>
    /// <param name="key">First coordinate of k in it.</param>
    /// <param name="input">First coordinate of x in it.</param>
    public AttentionBackwardDescent(string scope, ConstructionSettings construction, int query, int key, int input)
    {
        Attention = new AttentionBackward(scope + "attention_back.", construction, query, key);
        Linear = new LinearDescentBackward(scope + "linearback_descent.", construction, input);
    }

    /// <summary>Through the attention.</summary>
    public AttentionBackward Attention { get; }

    /// <summary>Through W_v.</summary>
    public LinearDescentBackward Linear { get; }

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => [.. Attention.Parameters, .. Linear.Parameters];

    /// <inheritdoc/>
    public override Matrix<T> Run<T>(LiteralRun<T> run, Matrix<T> hidden) => Linear.Run(run, Attention.Run(run, hidden));
}

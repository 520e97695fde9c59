using TinT.Compiler.Specs;
using TinT.Literal;
using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;
using TinT.Literal.Schedule;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Runtime.Formulas;

namespace TinT.Accounting.Literal;

/// <summary>
/// What a dense transformer does when it executes the literal simulator's parameters: every weight of a map meets every one of the P + T positions, zeros
/// included, and attention makes all (P + T)² scores of each head, masked or not.
/// </summary>
/// <param name="construction">Sizes.</param>
/// <param name="spec">The spec.</param>
/// <param name="tokens">Tokens T in a sequence.</param>
internal sealed class LayerCosts(ConstructionSettings construction, ModelSpec spec, int tokens)
{
    /// <summary>
    /// Of each coordinate in a norm with weights: mean (·, +), variance (−, ·, ·, ·, +, with the weight twice), result w (x − mean) / σ + (1 − w) x.
    /// </summary>
    private const int WeightedNormalization = 2 + 5 + 5;

    /// <summary>What of <see cref="WeightedNormalization"/> the mean costs: its sum, and − mean in the variance and in the result.</summary>
    private const int MeanOfNormalization = 2 + 1 + 1;

    private readonly long positions = construction.PrefixCount + (long)tokens;
    private readonly AuxiliaryDescription model = spec.Auxiliary.Model;
    private readonly NormFormula norm = NormFormulas.Of(spec.Auxiliary.Model.Norm);
    private readonly long activationOperations = ElementOperations.Of(spec.Auxiliary.Activation.Value);

    /// <summary>Numbers of all embeddings, (P + T) H.</summary>
    private long Embeddings => positions * construction.HiddenSize;

    /// <summary>Numbers of token embeddings, T E.</summary>
    private long Embedded => (long)tokens * model.EmbeddingSize;

    /// <summary>Numbers of the first D coordinates of all embeddings.</summary>
    private long Regions => positions * construction.AuxiliarySize;

    /// <summary>Numbers of a signal, T D.</summary>
    private long Signal => (long)tokens * construction.AuxiliarySize;

    /// <summary>Numbers of the logits, T · vocabulary.</summary>
    private long Logits => (long)tokens * spec.Auxiliary.VocabularySize;

    /// <summary>Numbers of the head, vocabulary · E.</summary>
    private long Head => (long)spec.Auxiliary.VocabularySize * model.EmbeddingSize;

    /// <summary>Operations of one product of [P + T, P + T] and embeddings, all heads together.</summary>
    private long Scores => 2 * positions * Embeddings;

    /// <summary>Cost of executing a step of the schedule once.</summary>
    /// <param name="step">The step.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of step is not known.</exception>
    public OperationCost Of(RunStep step) => step switch
    {
        EmbeddingStep => Embedding(),
        ProjectionStep => Projection(),
        SumStep sum => OperationCost.Of(elements: (sum.Inputs.Count - 1) * Signal, read: sum.Inputs.Count * Signal, written: Signal),
        HeadStep => OperationCost.Of(
            products: 2 * tokens * Head,
            elements: ((HasHeadBias ? 1 : 0) + CapOf(model.LogitCap)) * Logits,
            parametersRead: Head + (HasHeadBias ? spec.Auxiliary.VocabularySize.Value : 0),
            read: Embedded,
            written: Logits),
        LossGradientStep => LossGradient(),
        ModuleCall call => OperationCost.Sum(call.Module.Steps.Select(Of)),
        _ => throw new NotSupportedException($"The accounting does not know what {step.GetType().Name} costs."),
    };

    /// <summary>Cost of one operation of a module.</summary>
    /// <param name="step">The operation.</param>
    /// <exception cref="NotSupportedException">The cost of this kind of operation is not known.</exception>
    public OperationCost Of(ModuleStep step) => step switch
    {
        MapStep map => Map(map.Map),
        AttentionStep attention => Attention(attention.Attention),
        ScoreGradientStep attention => ScoreGradient(attention.Attention),
        GatesStep gates => Gates(gates.Gates),
        NormalizeStep norm => Normalize(positions * norm.Norm.Count, norm.Norm.Size),
        MixRegionStep => OperationCost.Of(elements: 3 * Regions, read: 2 * Regions, written: Regions),
        AddToTokensStep sum => OperationCost.Of(
            elements: (long)tokens * sum.Width, read: 2L * tokens * sum.Width, written: (long)tokens * sum.Width),
        MultiplyStep => OperationCost.Of(elements: Embeddings, read: 2 * Embeddings, written: Embeddings),
        RotateStep rotate => Rotate(rotate),
        ActivateStep => OperationCost.Of(elements: activationOperations * Embeddings, read: Embeddings, written: Embeddings),
        TakePrefixStep { From: null } => default,
        TakePrefixStep => OperationCost.Of(
            read: (long)construction.PrefixCount * construction.HiddenSize, written: (long)construction.PrefixCount * construction.HiddenSize),
        _ => throw new NotSupportedException($"The accounting does not know what {step.GetType().Name} costs."),
    };

    /// <summary>A multiply-add for each weight and position, and an addition for each bias and position.</summary>
    private OperationCost Linear(IEnumerable<ParameterDefinition> parameters, long inputs, long outputs)
    {
        // A weight has more dimensions than a bias: [parts, inputs, outputs] or [inputs, outputs].
        ILookup<bool, ParameterDefinition> byRole = parameters.ToLookup(parameter => parameter.Name.EndsWith(".weight", StringComparison.Ordinal));
        long weights = byRole[true].Sum(parameter => parameter.Count);
        long biases = byRole[false].Sum(parameter => parameter.Count);
        return OperationCost.Of(
            products: 2 * positions * weights,
            elements: positions * biases,
            parametersRead: weights + biases,
            read: positions * inputs,
            written: positions * outputs);
    }

    private OperationCost Map(EmbeddingMap map) => Linear(map.Parameters, construction.HiddenSize, construction.HiddenSize);

    private OperationCost Projected(ProjectedInput input) => Map(input.Mixing) + Map(input.Split);

    private OperationCost Attention(SimulatorAttention attention)
    {
        OperationCost inputs = Projected(attention.Query) + Projected(attention.Key) + Projected(attention.Value);

        // + code · factor + bias on queries, keys and values.
        OperationCost codes = Linear(attention.Positions.Parameters, attention.Positions.PositionSize, attention.Positions.Outputs)
            + OperationCost.Of(
                elements: 3 * 3 * Embeddings,
                parametersRead: attention.Expansion.Parameters.Sum(parameter => parameter.Count),
                read: (positions * attention.Positions.Outputs) + (3 * Embeddings),
                written: 3 * Embeddings);
        long each = attention.Kind == AttentionKind.Linear ? 0 : ElementOperations.Softmax + 1 + DistanceOf(attention.Slopes) + CapOf(attention.ScoreCap);
        OperationCost sums = OperationCost.Of(
            products: 2 * Scores, elements: each * attention.HeadCount * positions * positions, read: 3 * Embeddings, written: Embeddings);
        return inputs + codes + sums + Map(attention.Projection);
    }

    private OperationCost ScoreGradient(ScoreGradientAttention attention)
    {
        ProjectedInput[] inputs = [attention.Query, attention.Key, attention.ContextGradient, attention.Value, attention.ToQueries, attention.ToKeys];
        OperationCost sums = OperationCost.Of(
            products: 4 * Scores,
            elements: (ElementOperations.Softmax + 1 + DistanceOf(attention.Slopes) + CapOf(attention.ScoreCap)
                + ElementOperations.ThroughSoftmax + CapSlopeOf(attention.ScoreCap)) * attention.HeadCount * positions * positions,
            read: 6 * Embeddings,
            written: 2 * Embeddings);
        return OperationCost.Sum(inputs.Select(Projected))
            + sums
            + Map(attention.QueryProjection)
            + Map(attention.KeyProjection)
            + OperationCost.Of(elements: Embeddings, read: 2 * Embeddings, written: Embeddings);
    }

    /// <summary>tanh (w · code + b) for both gates, and g_old · before + g_new · after.</summary>
    private OperationCost Gates(PositionGates gates) => Linear(gates.Parameters, 2 * construction.PositionSize, 2)
        + OperationCost.Of(elements: (2 * positions) + (3 * Embeddings), read: 2 * Embeddings, written: Embeddings);

    /// <summary>Softmax of the logits, times W_h, − W_h[target]; all tokens.</summary>
    private OperationCost LossGradient() => OperationCost.Of(
        products: 2 * tokens * Head,
        elements: ((ElementOperations.Softmax + CapSlopeOf(model.LogitCap)) * Logits) + Embedded,
        parametersRead: Head + Embedded,
        read: (2 * Logits) + Embedded,
        written: Logits + (2 * Embedded));

    private bool HasHeadBias => model.Has(ParameterKind.HeadBias);

    /// <summary>Rows of the token embedding, times its scale, mapped to D, plus rows of the position table, normalized: what of this the model has.</summary>
    private OperationCost Embedding()
    {
        bool scales = model.EmbeddingScale != 1;
        bool hasTable = model.Positions == PositionKind.Learned;
        OperationCost cost = OperationCost.Of(
            elements: (scales ? Embedded : 0) + (hasTable ? Signal : 0), parametersRead: Embedded + (hasTable ? Signal : 0), written: Signal);
        if (model.IsProjected)
            cost += Projection();
        if (model.HasEmbeddingNorm)
        {
            cost += OperationCost.Of(
                elements: ((norm.Operations + ElementOperations.GainAndBias) * Signal) + (norm.RowOperations * (long)tokens),
                parametersRead: 2 * construction.AuxiliarySize,
                read: Signal,
                written: Signal);
        }

        return cost;
    }

    /// <summary>A product of the tokens and a matrix [D, E].</summary>
    private OperationCost Projection()
    {
        long matrix = (long)construction.AuxiliarySize * model.EmbeddingSize;
        return OperationCost.Of(products: 2 * tokens * matrix, parametersRead: matrix, read: Embedded, written: Signal);
    }

    /// <summary>As a norm with a mean; one without has less.</summary>
    private OperationCost Normalize(long rows, int size)
    {
        int each = norm.IsCentred ? WeightedNormalization : WeightedNormalization - MeanOfNormalization;
        return OperationCost.Of(elements: (each * rows * size) + (norm.RowOperations * rows), read: rows * size, written: rows * size);
    }

    /// <summary>Of each pair that is turned four products, a difference and a sum.</summary>
    private OperationCost Rotate(RotateStep step)
    {
        long turned = (long)tokens * step.Heads * model.Rotary!.Size;
        return OperationCost.Of(elements: 3 * turned, read: turned, written: turned);
    }

    /// <summary>Of each score: position − position, · slope, +.</summary>
    private static int DistanceOf(IReadOnlyList<double> slopes) => slopes.Count == 0 ? 0 : 3;

    private static int CapOf(double? cap) => cap is null ? 0 : ElementOperations.Cap;

    private static int CapSlopeOf(double? cap) => cap is null ? 0 : ElementOperations.CapSlope;
}

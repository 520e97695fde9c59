using TinT.Model.Activations;
using TinT.Runtime.Formulas;

namespace TinT.Accounting;

/// <summary>Operations of what is computed element by element, for each element unless said otherwise; formulas as they are written, whatever way they are evaluated.</summary>
internal static class ElementOperations
{
    /// <summary>x̂ = (x − mean) r: the mean's sum, x − mean, its square and their sum, × r, with x − mean taken again.</summary>
    public static int Normalization { get; } = Count(x =>
    {
        Counted mean = LayerNorm.IsCentred ? x + x : x;
        Counted deviation = LayerNorm.Deviation(x, mean);
        _ = deviation + (deviation * deviation);
        _ = LayerNorm.Deviation(x, mean) * x;
    });

    /// <summary>For each row of a normalisation: two divisions by the size, + ε, √ and 1 / √.</summary>
    public static int NormalizationOfRow { get; } = Count(sum =>
    {
        Counted mean = LayerNorm.IsCentred ? sum * 0.5 : sum;
        InverseDeviation<LayerNorm>(mean);
    });

    /// <summary>∘ gain, + β.</summary>
    public const int GainAndBias = 2;

    /// <summary>N (f(x + g/N) − f₀) beside f: g · 1/N, + x, − f₀, · N.</summary>
    public const int Difference = 4;

    /// <summary>Softmax of one score: · scale, max, − max, exp, sum.</summary>
    public const int Softmax = 5;

    /// <summary>∂S = A ∘ (∂A − Σ A ∂A) · scale of one score: product and sum, −, ×, · scale.</summary>
    public const int ThroughSoftmax = 5;

    /// <summary>w − lr Σ: lr times the sum, −.</summary>
    public const int Descent = 2;

    /// <summary>Operations of an activation.</summary>
    public static int Of(Activation activation) => ActivationFormulas.Of(activation.Name).Operations;

    private static int Count(Action<Counted> formula)
    {
        OperationCounter counter = new();
        formula(new Counted(counter));
        return counter.Operations;
    }

    private static void InverseDeviation<TNorm>(Counted squares)
        where TNorm : struct, INorm => TNorm.InverseDeviation(squares, size: 2, epsilon: 1);
}

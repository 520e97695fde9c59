using TinT.Compiler.Specs;

namespace TinT.Accounting;

/// <summary>Operations of what is computed element by element, for each element unless said otherwise; formulas as they are written, whatever way they are evaluated.</summary>
internal static class ElementOperations
{
    /// <summary>x̂ = (x − mean) r: the mean's sum, x − mean, its square and their sum, × r, with x − mean taken again.</summary>
    public const int Normalization = 6;

    /// <summary>For each row of a normalisation: two divisions by the size, + ε, √ and 1 / √.</summary>
    public const int NormalizationOfRow = 5;

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
    public static int Of(ActivationFunction activation) => activation switch
    {
        // z/2 (1 + tanh(c (z + 0.044715 z³))): two products for z³, ·, +, ·, tanh, +, ·, ·.
        ActivationFunction.GeluTanh => 9,

        // z/2 (1 + erf(z / √2)): ·, erf, +, ·, ·.
        ActivationFunction.Gelu => 5,
        ActivationFunction.Relu => 1,

        // z / (1 + exp(−z)): −, exp, +, ÷.
        ActivationFunction.Silu => 4,
        _ => throw new NotSupportedException($"The accounting does not know what the activation {activation} costs."),
    };
}

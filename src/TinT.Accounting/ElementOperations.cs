using TinT.Model.Activations;
using TinT.Runtime.Formulas;

namespace TinT.Accounting;

/// <summary>Operations of what is computed element by element, for each element unless said otherwise; formulas as they are written, whatever way they are evaluated.</summary>
internal static class ElementOperations
{
    /// <summary>∘ gain, + β.</summary>
    public const int GainAndBias = 2;

    /// <summary>N (f(x + g/N) − f₀) beside f: g · 1/N, + x, − f₀, · N.</summary>
    public const int Difference = 4;

    /// <summary>Softmax of one score: · scale, max, − max, exp, sum.</summary>
    public const int Softmax = 5;

    /// <summary>∂S = A ∘ (∂A − Σ A ∂A) · scale of one score: product and sum, −, ×, · scale.</summary>
    public const int ThroughSoftmax = 5;

    /// <summary>c tanh(x / c): · 1/c, tanh, · c.</summary>
    public const int Cap = 3;

    /// <summary>g (1 − (y / c)²): · 1/c, ², 1 −, ·.</summary>
    public const int CapSlope = 4;

    /// <summary>w − lr Σ: lr times the sum, −.</summary>
    public const int Descent = 2;

    /// <summary>Operations of an activation.</summary>
    public static int Of(Activation activation) => ActivationFormulas.Of(activation.Name).Operations;
}

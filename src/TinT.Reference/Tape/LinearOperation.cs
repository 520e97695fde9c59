using System.Numerics;
using TinT.Reference.Matrices;

namespace TinT.Reference.Tape;

/// <summary>y = x Wᵀ + b. Passes down g W; ∂W = Σ_t g_t x_tᵀ, ∂b = Σ_t g_t.</summary>
internal static class LinearOperation
{
    /// <summary>The linear map.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[T, inputs].</param>
    /// <param name="weight">W, [outputs, inputs].</param>
    /// <param name="bias">b, [outputs]; <see langword="null"/> for none.</param>
    public static Node<T> Linear<T>(this Tape<T> tape, Node<T> x, Parameter<T> weight, Parameter<T>? bias)
        where T : IFloatingPointIeee754<T>
    {
        Matrix<T> y = tape.Take(weight.Value.Rows);
        tape.Products.ByTransposed(x.Value, weight.Value, bias?.Value.Values ?? [], y);
        return tape.Record(y, gradient =>
        {
            if (weight.IsTrained || bias is { IsTrained: true })
            {
                tape.Count(gradient, counted =>
                {
                    weight.AddProduct(tape.Products, counted, x.Value.FirstRows(counted.Rows));
                    bias?.AddSum(counted);
                });
            }

            if (x.Gradient is { } sum)
                tape.Products.By(gradient, weight.Value, sum, accumulate: true);
            else
                tape.Products.By(gradient, weight.Value, x.Gradient = tape.TakeGradient(weight.Value.Columns));
            tape.Release(gradient);
        });
    }
}

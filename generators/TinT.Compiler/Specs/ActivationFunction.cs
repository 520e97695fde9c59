namespace TinT.Compiler.Specs;

/// <summary>Feed-forward activations, named as in Hugging Face <c>config.json</c>.</summary>
public enum ActivationFunction
{
    /// <summary><c>gelu_new</c>: z/2 · (1 + tanh(sqrt(2/π) (z + 0.044715 z³))).</summary>
    GeluTanh,

    /// <summary><c>gelu</c>: z Φ(z) with the normal distribution function Φ.</summary>
    Gelu,

    /// <summary><c>relu</c>: max(z, 0).</summary>
    Relu,

    /// <summary><c>silu</c>: z / (1 + exp(−z)).</summary>
    Silu,
}

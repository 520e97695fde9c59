namespace TinT.Compiler.Specs;

/// <summary>Losses of the inner training; r_t is the gradient with respect to the head's input.</summary>
public enum LossFunction
{
    /// <summary><c>softmax</c>: r_t = softmax(logits_t) E − E[target].</summary>
    Softmax,

    /// <summary><c>quadratic</c>: r_t = logits_t E − E[target].</summary>
    Quadratic,

    /// <summary><c>mean_embedding</c>: r_t = mean over the vocabulary of E − E[target].</summary>
    MeanEmbedding,
}

namespace TinT.Compiler.Construction;

/// <summary>What a simulator module does with the auxiliary module it stands for.</summary>
public enum Direction
{
    /// <summary>Computes the auxiliary module's output.</summary>
    Forward,

    /// <summary>Passes the gradient from the auxiliary module's output to its input, through the weights in the prefixes.</summary>
    Backward,

    /// <summary>Takes the SGD step on the weights in the prefixes.</summary>
    Descent,
}

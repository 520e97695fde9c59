namespace TinT.Literal;

/// <summary>What makes a gate of its argument.</summary>
public enum GateFunction
{
    /// <summary>tanh, as the authors' code: with a gate scale of 10 a gate is open to 1 − 4·10⁻⁹.</summary>
    Tanh,

    /// <summary>The argument cut to −1 … 1: a gate is exactly open or shut.</summary>
    Hard,
}

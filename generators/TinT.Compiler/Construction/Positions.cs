namespace TinT.Compiler.Construction;

/// <summary>Positions of the simulator's input that a module's gate lets it change.</summary>
public enum Positions
{
    /// <summary>The P prefix embeddings at the front.</summary>
    Prefix,

    /// <summary>The tokens behind the prefix.</summary>
    Tokens,
}

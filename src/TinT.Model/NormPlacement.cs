namespace TinT.Model;

/// <summary>Where the norms of a block stand.</summary>
public enum NormPlacement
{
    /// <summary>In front of each branch.</summary>
    Pre,

    /// <summary>Behind each sum.</summary>
    Post,
}

namespace TinT.Model;

/// <summary>Where the norms of a block stand.</summary>
public enum NormPlacement
{
    /// <summary>In front of each branch.</summary>
    Pre,

    /// <summary>Behind each sum.</summary>
    Post,

    /// <summary>In front of each branch, and behind it in front of its sum.</summary>
    Both,
}

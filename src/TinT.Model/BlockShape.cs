namespace TinT.Model;

/// <summary>How the two branches of a block, attention and feed-forward, stand to each other.</summary>
public enum BlockShape
{
    /// <summary>The feed-forward branch reads what the attention branch has added to.</summary>
    Sequential,

    /// <summary>Both read the block's input, normalized once.</summary>
    Parallel,

    /// <summary>Both read the block's input, each through a norm of its own.</summary>
    ParallelTwoNorms,
}

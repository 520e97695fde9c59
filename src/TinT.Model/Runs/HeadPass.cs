using System.ComponentModel;

namespace TinT.Model.Runs;

/// <summary>What a pass through the head is for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum HeadPass
{
    /// <summary>The first: logits and losses before, and the loss gradient.</summary>
    Before,

    /// <summary>Between steps: the loss gradient only.</summary>
    Between,

    /// <summary>The last: logits and losses after.</summary>
    After,
}

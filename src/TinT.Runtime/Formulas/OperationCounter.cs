using System.ComponentModel;

namespace TinT.Runtime.Formulas;

/// <summary>How many operations were counted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OperationCounter
{
    /// <summary>The operations.</summary>
    public int Operations { get; internal set; }
}

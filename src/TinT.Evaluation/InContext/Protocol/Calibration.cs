namespace TinT.Evaluation.InContext.Protocol;

/// <summary>What scores are compared.</summary>
public enum Calibration
{
    /// <summary><c>plain</c>: log p of the label.</summary>
    Plain,

    /// <summary><c>pmi</c>: less log p of the label behind the premise alone (domain-conditional pointwise mutual information; Holtzman et al. 2021).</summary>
    Pmi,
}

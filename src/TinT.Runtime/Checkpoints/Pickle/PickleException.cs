namespace TinT.Runtime.Checkpoints.Pickle;

/// <summary>A pickle that is damaged, or that calls for something else than what its reader allows.</summary>
/// <param name="message">What is wrong with it, a clause of a sentence whose subject is the pickle.</param>
/// <param name="mend">How to mend it, another clause.</param>
internal sealed class PickleException(string message, string mend = "it is damaged, or made to do harm: download the file again, from a source that you trust") : Exception(message)
{
    /// <summary>How to mend it, a clause.</summary>
    public string Mend => mend;
}

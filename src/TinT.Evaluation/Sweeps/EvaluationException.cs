namespace TinT.Evaluation.Sweeps;

/// <summary>An evaluation that cannot be run as asked.</summary>
public sealed class EvaluationException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit and how to mend it.</param>
    public EvaluationException(string message)
        : base(message)
    {
    }
}

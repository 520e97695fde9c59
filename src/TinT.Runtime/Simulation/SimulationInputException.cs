namespace TinT.Runtime.Simulation;

/// <summary>A batch or run option that does not fit the simulated model.</summary>
public sealed class SimulationInputException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What does not fit and how to mend it.</param>
    public SimulationInputException(string message)
        : base(message)
    {
    }
}

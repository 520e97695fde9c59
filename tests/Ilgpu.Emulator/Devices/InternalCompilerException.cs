namespace ILGPU;

/// <summary>A kernel that the compiler does not get through; the emulator says why with other exceptions.</summary>
public sealed class InternalCompilerException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Where.</param>
    public InternalCompilerException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

namespace TinT.Literal.Tests.Export;

/// <summary>A theory that needs Python with torch and is skipped, with a message, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    /// <summary>Creates the attribute.</summary>
    public TorchTheoryAttribute()
    {
        if (TorchPython.Interpreter is null)
            Skip = "No Python with torch: neither python3 nor /usr/bin/python3 can import it (Debian: apt-get install python3-torch).";
    }
}

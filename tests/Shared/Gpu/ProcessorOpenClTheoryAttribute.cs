namespace TinT.Tests.Common;

/// <summary>A theory that needs OpenCL on the processor and is skipped, with a message, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessorOpenClTheoryAttribute : TheoryAttribute
{
    /// <summary>Creates the attribute.</summary>
    public ProcessorOpenClTheoryAttribute() => Skip = ProcessorOpenCl.IsPresent ? null : ProcessorOpenCl.Missing;
}

namespace TinT.Tests.Common;

/// <summary>A fact that needs OpenCL on the processor and is skipped, with a message, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProcessorOpenClFactAttribute : FactAttribute
{
    /// <summary>Creates the attribute.</summary>
    public ProcessorOpenClFactAttribute() => Skip = ProcessorOpenCl.IsPresent ? null : ProcessorOpenCl.Missing;
}

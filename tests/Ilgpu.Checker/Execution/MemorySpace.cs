namespace Ilgpu.Checker.Execution;

/// <summary>Where memory is.</summary>
internal enum MemorySpace
{
    /// <summary>Global memory.</summary>
    Device,

    /// <summary>Memory of a group.</summary>
    Shared,

    /// <summary>Memory of a thread.</summary>
    Local,
}

using ILGPU.Execution;

namespace ILGPU.Runtime;

/// <summary>A view that may be an argument of a kernel.</summary>
internal interface IViewArgument
{
    /// <summary>Memory that it refers to.</summary>
    MemoryBlock? Block { get; }
}

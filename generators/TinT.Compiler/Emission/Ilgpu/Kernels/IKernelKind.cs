using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>All that GPU code has of a kind of kernel.</summary>
internal interface IKernelKind
{
    /// <summary>Its GPU kernels, which are methods of generated code.</summary>
    /// <param name="model">The model.</param>
    /// <param name="step">The kernel of the program.</param>
    IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step);

    /// <summary>The statements that launch them, in order.</summary>
    /// <param name="launch">The kernel of a routine.</param>
    IEnumerable<string> Launches(LaunchText launch);
}

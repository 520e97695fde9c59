using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>y = x.</summary>
internal sealed class CopyKernel : IKernelKind
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The operands are parts of wider rows.</exception>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        if (kernel.Inputs.Concat(kernel.Outputs).Any(operand => model.Buffers[operand.Buffer].Columns != operand.Columns))
            throw new InvalidOperationException($"{kernel.Inputs[0].Buffer} is copied from parts of wider rows, for which there is no GPU kernel.");
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            "y = x",
            "What is kept for later passes, such as the input of the lowest trained layer; and logits that the result holds.",
            kernel.Origin,
            [IlgpuParameter.Index, IlgpuParameter.Floats("x", "Any shape."), IlgpuParameter.Floats("y", "The same.")],
            "y[index] = x[index]",
            Grouped: false);
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.CallForElements(launch.Inputs, launch.Outputs);
    }
}

using TinT.Compiler.Emission.Ilgpu.Kernels;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Kernel program → GPU kernels. What a product's store can do as well is fused to it.</summary>
internal static class IlgpuKernels
{
    /// <summary>The kernels that a routine launches, in order.</summary>
    /// <remarks>
    /// An activation is fused to its product also if the product's linear attention, the dual form of the update, stands between them: the
    /// activation then runs again behind that, if there is an earlier step. Backwards linear attention follows the second step only.
    /// </remarks>
    public static IEnumerable<GpuStep> Launches(CompiledModel model, RoutineKind routine)
    {
        EquatableArray<Kernel> kernels = model.Program[routine];
        bool attends = routine == RoutineKind.ForwardBlock || model.Spec.Training.Steps > 1;
        int fused = -1;
        bool repeats = false;
        for (int i = 0; i < kernels.Count; i++)
        {
            Kernel kernel = kernels[i];
            if (kernel.Kind == KernelKind.LinearAttention && !attends)
                continue;
            if (i == fused)
            {
                if (repeats)
                    yield return new GpuStep(kernel, null, i, OnlyAttended: true);
                continue;
            }

            int next = i + 1;
            while (kernel.Kind == KernelKind.Linear && next < kernels.Count && kernels[next].Kind == KernelKind.LinearAttention)
                next++;
            bool fuses = next < kernels.Count && CanFuse(model, kernels, kernel, kernels[next]);
            if (fuses)
                (fused, repeats) = (next, next > i + 1);
            yield return new GpuStep(kernel, fuses ? kernels[next] : null, i, OnlyAttended: false);
        }
    }

    /// <summary>All GPU kernels of a program, each once.</summary>
    public static IReadOnlyList<IlgpuKernel> All(CompiledModel model)
    {
        var kernels = new Dictionary<string, IlgpuKernel>(StringComparer.Ordinal);
        var order = new List<IlgpuKernel>();
        foreach (Routine routine in model.Program.Routines)
        {
            foreach (IlgpuKernel kernel in Launches(model, routine.Kind).SelectMany(launch => KernelKinds.Of(launch.Kernel.Kind).Kernels(model, launch)))
            {
                if (kernels.TryGetValue(kernel.Name, out IlgpuKernel? other))
                {
                    if (other.Formula != kernel.Formula || other.TypeArguments != kernel.TypeArguments || other.Body != kernel.Body)
                        throw new InvalidOperationException($"Two GPU kernels are called {kernel.Name}.");
                    continue;
                }

                kernels.Add(kernel.Name, kernel);
                order.Add(kernel);
            }
        }

        return order;
    }

    /// <summary>
    /// Whether the activation behind a product, or its backward, can be part of the product's store: its result must not
    /// share floats with what other groups still read, and a result that is not stored then must not be read elsewhere.
    /// </summary>
    private static bool CanFuse(CompiledModel model, EquatableArray<Kernel> kernels, Kernel product, Kernel activation)
    {
        bool forward = product.Kind == KernelKind.Linear && activation.Kind == KernelKind.Activation;
        bool backward = product.Kind == KernelKind.LinearBackward && activation.Kind is (KernelKind.ActivationBackward or KernelKind.GateBackward);
        if (!(forward || backward) || product.Residual is not null || activation.Inputs[0] != product.Outputs[0])
            return false;
        if (backward && kernels.Count(k => k.Reads.Any(r => r.Buffer == product.Outputs[0].Buffer)) > 1)
            return false;
        return product.Reads.All(operand => activation.Outputs.All(result => !Overlap(model.Buffers[operand.Buffer], model.Buffers[result.Buffer])));
    }

    private static bool Overlap(TokenBuffer first, TokenBuffer second) =>
        first.Kind == second.Kind && first.Offset < second.Offset + second.Columns && second.Offset < first.Offset + first.Columns;
}

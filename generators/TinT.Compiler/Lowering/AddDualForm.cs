using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Adds the dual form of the descent: beside each product with a trained matrix the attention to earlier steps' inputs and gradients that
/// stands for its update. Gradients that later kernels overwrite are copied. Each kernel says in which form it runs.
/// </summary>
internal static class AddDualForm
{
    public static KernelProgram Run(KernelProgram program)
    {
        int tokens = ChooseUpdate.DualTokens(program);
        if (tokens == 0)
            return program;

        EquatableArray<Kernel> backward = program[RoutineKind.BackwardBlock];
        Kernel[] descents = [.. backward.Where(k => k.Kind == KernelKind.LinearDescent)];
        var kept = descents.ToDictionary(d => d.Parameters, d => Survives(program, d.Inputs[0]) ? d.Inputs[0] : KeptCopy(d));
        return program.MapRoutines(routine => routine.Kind switch
        {
            RoutineKind.ForwardBlock => routine.Kernels.SelectMany(k => Forward(k, descents, kept, backward)),
            RoutineKind.BackwardBlock => routine.Kernels.SelectMany(k => Backward(k, descents, kept)),
            RoutineKind.WriteUpdates => routine.Kernels.Concat(
                backward.Where(k => kept.ContainsKey(k.Parameters) && IsDescent(k)).Select(k => Write(k, kept[k.Parameters]))),
            _ => routine.Kernels,
        }) with { DualTokens = tokens, LargeGpuDualTokens = tokens };
    }

    private static bool IsDescent(Kernel kernel) => kernel.Kind is KernelKind.LinearDescent or KernelKind.BiasDescent;

    /// <summary>Whether one kernel of the backward pass writes the gradient and no other, so that its buffer can keep it.</summary>
    private static bool Survives(KernelProgram program, Operand gradient) =>
        program.Kernels.Count(k => k.Outputs.Any(o => o.Buffer == gradient.Buffer)) == 1
        && program[RoutineKind.BackwardBlock].Any(k => k.Outputs.Contains(gradient));

    private static Operand KeptCopy(Kernel descent) =>
        new(string.Join("_", descent.Parameters).Replace('.', '_') + "_gradient", 0, descent.Inputs[0].Columns);

    private static IEnumerable<Kernel> Forward(
        Kernel kernel, Kernel[] descents, Dictionary<EquatableArray<string>, Operand> kept, EquatableArray<Kernel> backward)
    {
        yield return kernel;
        if (kernel.Kind != KernelKind.Linear || !kept.TryGetValue(kernel.Parameters, out Operand? gradient))
            yield break;
        Operand input = descents.Single(d => d.Parameters == kernel.Parameters).Inputs[1];
        Share bias = backward.SingleOrDefault(k => k.Kind == KernelKind.BiasDescent && k.Parameters == kernel.Parameters)?.BiasShare ?? Share.None;
        yield return Attention(kernel, kernel.Inputs[0], input, gradient, bias);
    }

    private static IEnumerable<Kernel> Backward(Kernel kernel, Kernel[] descents, Dictionary<EquatableArray<string>, Operand> kept)
    {
        bool trained = kept.TryGetValue(kernel.Parameters, out Operand? gradient);
        if (!trained || !(IsDescent(kernel) || kernel.Kind == KernelKind.LinearBackward))
        {
            yield return kernel;
        }
        else if (kernel.Kind == KernelKind.LinearBackward)
        {
            yield return kernel;
            Operand input = descents.Single(d => d.Parameters == kernel.Parameters).Inputs[1];
            yield return Attention(kernel, kernel.Inputs[0], gradient!, input, Share.None) with { Transposed = true };
        }
        else
        {
            if (kernel.Kind == KernelKind.LinearDescent && kernel.Inputs[0] != gradient)
                yield return Keep(kernel, gradient!);
            yield return kernel with { Form = UpdateForm.Primal };
        }
    }

    private static Kernel Attention(Kernel product, Operand input, Operand keys, Operand values, Share bias) => product with
    {
        Kind = KernelKind.LinearAttention,
        Inputs = EquatableArray.Create(input, keys, values),
        Residual = product.Outputs[0],
        BiasShare = bias,
        Form = UpdateForm.Dual,
    };

    private static Kernel Keep(Kernel descent, Operand gradient) => descent with
    {
        Kind = KernelKind.Copy,
        Inputs = EquatableArray.Create(descent.Inputs[0]),
        Outputs = EquatableArray.Create(gradient),
        Parameters = default,
        Form = UpdateForm.Dual,
    };

    private static Kernel Write(Kernel descent, Operand gradient) => descent with
    {
        Inputs = descent.Inputs.Select((input, i) => i == 0 ? gradient : input).ToEquatableArray(),
        Form = UpdateForm.Dual,
    };
}

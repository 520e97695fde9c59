namespace TinT.Compiler.Lowering;

/// <summary>Makes sums of two of sums of more, in the order of their terms, so that each can be an epilogue of what makes its second term.</summary>
internal static class SplitSums
{
    public static KernelProgram Run(KernelProgram program) => program.MapRoutines(routine => routine.Kernels.SelectMany(Split));

    private static IEnumerable<Kernel> Split(Kernel kernel)
    {
        if (kernel.Kind != KernelKind.Add)
            return [kernel];
        Operand sum = kernel.Inputs[0];
        var sums = new List<Kernel>();
        for (int term = 1; term < kernel.Inputs.Count; term++)
        {
            Operand output = kernel.Outputs[0];
            if (term + 1 < kernel.Inputs.Count)
                output = output with { Buffer = $"{output.Buffer}_of_{term + 1}" };
            sums.Add(kernel with { Inputs = EquatableArray.Create(sum, kernel.Inputs[term]), Outputs = EquatableArray.Create(output) });
            sum = output;
        }

        return sums.Count > 0 ? sums : [kernel];
    }
}

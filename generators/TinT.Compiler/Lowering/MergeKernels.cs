using TinT.Model.Runs;

namespace TinT.Compiler.Lowering;

/// <summary>
/// Makes one kernel of several like ones. An operand that all share stays; operands that differ become adjacent columns of
/// one buffer, everywhere in the program; outputs that are only summed become the one output of a longer product.
/// </summary>
internal static class MergeKernels
{
    public static KernelProgram Run(KernelProgram program, RoutineKind routine, Func<Kernel, bool> belongs)
    {
        Kernel[] parts = [.. program[routine].Where(belongs)];
        Kernel? sum = program[routine].FirstOrDefault(k =>
            k.Kind == KernelKind.Add && parts.All(p => p.Outputs.Count == 1 && k.Inputs.Contains(p.Outputs[0])));
        var renames = new Dictionary<string, Operand>(StringComparer.Ordinal);

        var inputs = Enumerable.Range(0, parts[0].Inputs.Count).Select(i => Join([.. parts.Select(p => p.Inputs[i])], renames)).ToArray();
        Kernel merged = parts[0] with
        {
            Copy = 0,
            Copies = 1,
            Inputs = inputs.ToEquatableArray(),
            Parameters = parts.SelectMany(p => p.Parameters).Distinct().ToEquatableArray(),
        };
        bool summedBias = parts[0].Kind == KernelKind.BiasDescent && inputs[0] == parts[0].Inputs[0];
        if ((sum is not null && merged.Kind == KernelKind.Linear) || summedBias)
            merged = merged with { BiasShare = parts[0].BiasShare.Times(parts.Length) };
        if (sum is null)
        {
            merged = merged with
            {
                Outputs = Enumerable.Range(0, parts[0].Outputs.Count)
                    .Select(i => Join([.. parts.Select(p => p.Outputs[i])], renames))
                    .ToEquatableArray(),
            };
        }
        else
        {
            Operand output = parts[0].Outputs[0];
            merged = merged with { Outputs = EquatableArray.Create(output with { Buffer = WholeName([output.Buffer]) }) };
        }

        return program
            .MapRoutines(r => r.Kind == routine ? Replace(r.Kernels, parts, merged, sum) : r.Kernels)
            .MapKernels(k => k == merged ? k : k.MapOperands(o => Rename(o, renames)));
    }

    private static IEnumerable<Kernel> Replace(EquatableArray<Kernel> kernels, Kernel[] parts, Kernel merged, Kernel? sum)
    {
        foreach (Kernel kernel in kernels)
        {
            if (kernel == parts[0])
            {
                yield return merged;
            }
            else if (kernel == sum)
            {
                Operand[] summed = [.. parts.Select(p => p.Outputs[0])];
                yield return kernel with
                {
                    Inputs = kernel.Inputs.Where(i => i == summed[0] || !summed.Contains(i))
                        .Select(i => i == summed[0] ? merged.Outputs[0] : i).ToEquatableArray(),
                };
            }
            else if (!parts.Contains(kernel))
            {
                yield return kernel;
            }
        }
    }

    private static Operand Join(Operand[] operands, Dictionary<string, Operand> renames)
    {
        Operand first = operands[0];
        if (operands.All(o => o == first))
            return first;
        int columns = operands.Sum(o => o.Columns);
        if (operands.All(o => o.Buffer == first.Buffer))
            return first with { Columns = columns };

        var whole = new Operand(WholeName([.. operands.Select(o => o.Buffer)]), 0, columns);
        int column = 0;
        foreach (Operand operand in operands)
        {
            renames[operand.Buffer] = whole with { FirstColumn = column, Columns = operand.Columns };
            column += operand.Columns;
        }

        return whole;
    }

    private static Operand Rename(Operand operand, Dictionary<string, Operand> renames) =>
        renames.TryGetValue(operand.Buffer, out Operand? target)
            ? target with { FirstColumn = target.FirstColumn + operand.FirstColumn, Columns = operand.Columns }
            : operand;

    /// <summary>x for x[0] … x[K−1]; query_key for query and key; query_key_gradient for their gradients.</summary>
    private static string WholeName(string[] parts)
    {
        const string gradient = "_gradient";
        string[] stems = [.. parts.Select(p => p.Split('[')[0]).Distinct()];
        return stems.Length > 1 && stems.All(s => s.EndsWith(gradient, StringComparison.Ordinal))
            ? string.Join("_", stems.Select(s => s.Substring(0, s.Length - gradient.Length))) + gradient
            : string.Join("_", stems);
    }
}

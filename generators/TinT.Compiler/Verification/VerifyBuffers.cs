using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Verification;

/// <summary>Checks a buffer plan by executing the timeline symbolically: no read finds floats that another buffer has overwritten.</summary>
public static class VerifyBuffers
{
    /// <summary>Routines that are called for a layer, and so find its memory.</summary>
    private static readonly RoutineKind[] OfLayers = [RoutineKind.ForwardBlock, RoutineKind.BackwardBlock, RoutineKind.WriteUpdates];

    /// <summary>Violations, one sentence each; empty for a sound plan.</summary>
    public static IReadOnlyList<string> Run(KernelProgram program, BufferPlan plan)
    {
        List<string> violations = [.. MemoryOutsideLayers(program, plan)];
        TokenBuffer[] transients = [.. plan.Buffers.Where(b => b.Kind == BufferKind.Transient)];
        Dictionary<string, TokenBuffer> buffers = transients.ToDictionary(b => b.Name);
        var overwrittenBy = new Dictionary<string, string>();
        foreach (Kernel kernel in Timeline.Of(program))
        {
            string[] reads = [.. kernel.Reads.Select(o => o.Buffer).Distinct().Where(buffers.ContainsKey)];
            foreach (string read in reads)
            {
                if (overwrittenBy.TryGetValue(read, out string? other))
                    violations.Add($"{kernel.Kind} of {kernel.Module} reads {read}, but {other} was written there.");
            }

            foreach (string written in kernel.Outputs.Select(o => o.Buffer).Distinct().Where(buffers.ContainsKey))
            {
                foreach (TokenBuffer other in transients.Where(b => b.Name != written && Overlap(b, buffers[written])))
                {
                    overwrittenBy[other.Name] = written;
                    if (reads.Contains(other.Name))
                        violations.Add($"{kernel.Kind} of {kernel.Module} writes {written} over its own input {other.Name}.");
                }

                overwrittenBy.Remove(written);
            }
        }

        return violations;
    }

    /// <summary>What each layer keeps for itself cannot be reached where no layer is at work.</summary>
    private static IEnumerable<string> MemoryOutsideLayers(KernelProgram program, BufferPlan plan) =>
        from routine in program.Routines
        where !OfLayers.Contains(routine.Kind)
        from kernel in routine.Kernels
        from buffer in kernel.Reads.Concat(kernel.Outputs).Select(operand => operand.Buffer).Distinct()
        where plan[buffer].Kind != BufferKind.Transient
        select $"{kernel.Kind} of {kernel.Module} uses {buffer} outside of a layer, each of which has its own.";

    private static bool Overlap(TokenBuffer first, TokenBuffer second) =>
        first.Offset < second.Offset + second.Columns && second.Offset < first.Offset + first.Columns;
}

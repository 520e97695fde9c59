using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;

namespace TinT.Compiler.Verification;

/// <summary>Checks a buffer plan by executing the timeline symbolically: no read finds floats that another buffer has overwritten.</summary>
public static class VerifyBuffers
{
    /// <summary>Violations, one sentence each; empty for a sound plan.</summary>
    public static IReadOnlyList<string> Run(KernelProgram program, BufferPlan plan)
    {
        var violations = new List<string>();
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

    private static bool Overlap(TokenBuffer first, TokenBuffer second) =>
        first.Offset < second.Offset + second.Columns && second.Offset < first.Offset + first.Columns;
}

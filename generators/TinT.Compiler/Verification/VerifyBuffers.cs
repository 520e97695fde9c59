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
        var owner = new string?[plan.TransientColumns];
        Dictionary<string, TokenBuffer> buffers = plan.Buffers.ToDictionary(b => b.Name);
        foreach (Kernel kernel in Timeline.Of(program))
        {
            foreach (string name in kernel.Reads.Select(o => o.Buffer).Distinct().Where(n => !buffers[n].Memory))
            {
                TokenBuffer buffer = buffers[name];
                if (Enumerable.Range(buffer.Offset, buffer.Columns).Where(c => owner[c] != name).Select(c => (int?)c).FirstOrDefault() is { } column)
                    violations.Add($"{kernel.Kind} of {kernel.Module} reads {name}, but {owner[column] ?? "nothing"} was written there.");
            }

            foreach (string name in kernel.Outputs.Select(o => o.Buffer).Distinct().Where(n => !buffers[n].Memory))
            {
                for (int column = 0; column < buffers[name].Columns; column++)
                    owner[buffers[name].Offset + column] = name;
            }

            // A kernel may not write where it still reads, unless in place.
            foreach (string output in kernel.Outputs.Select(o => o.Buffer).Distinct())
            {
                foreach (string input in kernel.Reads.Select(o => o.Buffer).Distinct().Where(i => i != output))
                {
                    (TokenBuffer a, TokenBuffer b) = (buffers[output], buffers[input]);
                    if (!a.Memory && !b.Memory && a.Offset < b.Offset + b.Columns && b.Offset < a.Offset + a.Columns)
                        violations.Add($"{kernel.Kind} of {kernel.Module} writes {output} over its own input {input}.");
                }
            }
        }

        return violations;
    }
}

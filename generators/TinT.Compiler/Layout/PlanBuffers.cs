using TinT.Compiler.Lowering;
using TinT.Model.Runs;

namespace TinT.Compiler.Layout;

/// <summary>Kernel program → arena. Buffers whose values are never needed together share floats.</summary>
public static class PlanBuffers
{
    /// <summary>
    /// Floats of logits that the head handles at once, 32 MiB. Every block reads all of E, so that short blocks would wait for memory: with 128 rows
    /// each float of E is multiplied 128 times.
    /// </summary>
    private const int HeadBlockLength = 1 << 23;

    private const int MinimumHeadRows = 16;

    private const int MaximumHeadRows = 256;

    /// <summary>Long blocks are whole multiples of this, which is two panels of lanes: usual sequences then end with a whole block.</summary>
    private const int WholeHeadRows = 64;

    /// <summary>Plans the arena: the widest buffers first, each at the lowest offset where it is in nobody's way.</summary>
    public static BufferPlan Run(KernelProgram program)
    {
        IReadOnlyList<Kernel> timeline = Timeline.Of(program);
        Liveness liveness = Liveness.Of(timeline);
        Dictionary<string, BufferKind> kinds = KindsOf(program);
        HashSet<string> trainingRows = [.. WrittenBackwards(program)];
        (string Name, int Columns)[] sizes =
        [
            .. timeline.SelectMany(k => k.Reads.Concat(k.Outputs))
                .GroupBy(o => o.Buffer)
                .Select(g => (g.Key, g.Max(o => o.FirstColumn + o.Columns))),
        ];

        var transients = new List<TokenBuffer>();
        foreach ((string name, int columns) in sizes.Where(s => !kinds.ContainsKey(s.Name)).OrderByDescending(s => s.Columns).ThenBy(
            s => s.Name, StringComparer.Ordinal))
        {
            TokenBuffer[] inTheWay = [.. transients.Where(b => liveness.Overlap(b.Name, name)).OrderBy(b => b.Offset)];
            int offset = 0;
            foreach (TokenBuffer other in inTheWay)
            {
                if (offset + columns <= other.Offset)
                    break;
                offset = Math.Max(offset, other.Offset + other.Columns);
            }

            transients.Add(new TokenBuffer(name, columns, BufferKind.Transient, trainingRows.Contains(name), offset));
        }

        var kept = new List<TokenBuffer>();
        int ColumnsOf(BufferKind kind) => kept.Where(b => b.Kind == kind).Sum(b => b.Columns);
        foreach ((string name, int columns) in sizes.Where(s => kinds.ContainsKey(s.Name)).OrderBy(s => kinds[s.Name]))
            kept.Add(new TokenBuffer(name, columns, kinds[name], trainingRows.Contains(name), ColumnsOf(kinds[name])));

        int vocabulary = program.Spec.Auxiliary.VocabularySize;
        int step = HeadBlockLength / vocabulary >= WholeHeadRows ? WholeHeadRows : MinimumHeadRows;
        int headRows = Math.Max(MinimumHeadRows, Math.Min(MaximumHeadRows, HeadBlockLength / vocabulary / step * step));
        return new BufferPlan(
            transients.OrderBy(b => b.Offset).ThenBy(b => b.Name, StringComparer.Ordinal).Concat(kept).ToEquatableArray(),
            transients.Max(b => b.Offset + b.Columns),
            ColumnsOf(BufferKind.Memory),
            ColumnsOf(BufferKind.KeptGradient),
            ColumnsOf(BufferKind.KeptInput),
            program.Spec.Training.Layers,
            headRows,
            vocabulary);
    }

    /// <summary>Buffers that are not transient.</summary>
    private static Dictionary<string, BufferKind> KindsOf(KernelProgram program)
    {
        Dictionary<string, BufferKind> kinds = MemoryOf(program).Distinct().ToDictionary(name => name, _ => BufferKind.Memory);
        foreach (Kernel attention in program[RoutineKind.ForwardBlock].Where(k => k.Kind == KernelKind.LinearAttention))
        {
            kinds[attention.Inputs[1].Buffer] = BufferKind.KeptInput;
            kinds[attention.Inputs[2].Buffer] = BufferKind.KeptGradient;
        }

        return kinds;
    }

    /// <summary>What only the loss gradient and the backward pass write.</summary>
    private static IEnumerable<string> WrittenBackwards(KernelProgram program)
    {
        bool IsBackward(RoutineKind kind) => kind is RoutineKind.Head or RoutineKind.FinalNormBackward or RoutineKind.BackwardBlock;
        IEnumerable<string> Written(bool backward) => program.Routines
            .Where(r => IsBackward(r.Kind) == backward)
            .SelectMany(r => r.Kernels.SelectMany(k => k.Outputs))
            .Select(o => o.Buffer);
        return Written(backward: true).Except(Written(backward: false));
    }

    /// <summary>What a layer's forward pass writes and its backward pass reads.</summary>
    private static IEnumerable<string> MemoryOf(KernelProgram program)
    {
        HashSet<string> written = [.. program[RoutineKind.ForwardBlock].SelectMany(k => k.Outputs).Select(o => o.Buffer)];
        var rewritten = new HashSet<string>();
        foreach (Kernel kernel in program[RoutineKind.BackwardBlock])
        {
            foreach (Operand operand in kernel.Reads.Where(o => written.Contains(o.Buffer) && !rewritten.Contains(o.Buffer)))
                yield return operand.Buffer;
            rewritten.UnionWith(kernel.Outputs.Select(o => o.Buffer));
        }
    }
}

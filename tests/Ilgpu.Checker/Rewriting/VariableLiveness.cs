using System.Collections;

namespace Ilgpu.Checker.Rewriting;

/// <summary>Which variables a thread needs behind a barrier: those that are read before they are overwritten.</summary>
internal static class VariableLiveness
{
    /// <summary>For each barrier, from 1, the variables that must be kept while a thread waits at it.</summary>
    /// <param name="steps">The instructions.</param>
    /// <param name="variables">Number of variables.</param>
    public static int[][] AtBarriers(IReadOnlyList<KernelStep> steps, int variables)
    {
        List<Stretch> stretches = Split(steps, variables);
        var labels = new Dictionary<int, Stretch>();
        foreach (Stretch stretch in stretches.Where(stretch => stretch.Label >= 0))
            labels[stretch.Label] = stretch;

        bool changed;
        do
        {
            changed = false;
            for (int i = stretches.Count - 1; i >= 0; i--)
            {
                Stretch stretch = stretches[i];
                var behind = new BitArray(variables);
                if (!stretch.Last.Leaves && i + 1 < stretches.Count)
                    behind.Or(stretches[i + 1].Before);
                foreach (int target in stretch.Last.Targets)
                    behind.Or(labels[target].Before);
                changed |= stretch.Update(behind);
            }
        }
        while (changed);

        return
        [
            .. stretches
                .Where(stretch => stretch.Last.Barrier > 0)
                .OrderBy(stretch => stretch.Last.Barrier)
                .Select(stretch => Enumerable.Range(0, variables).Where(variable => stretch.Behind[variable]).ToArray()),
        ];
    }

    /// <summary>Instructions that run one behind the other: a label begins a stretch, a jump, a return or a barrier ends it.</summary>
    private static List<Stretch> Split(IReadOnlyList<KernelStep> steps, int variables)
    {
        var stretches = new List<Stretch>();
        for (int start = 0; start < steps.Count;)
        {
            int end = start;
            while (end + 1 < steps.Count && steps[end + 1].Label < 0 && steps[end] is { Targets.Length: 0, Leaves: false, Barrier: 0 })
                end++;
            stretches.Add(new Stretch([.. Enumerable.Range(start, end + 1 - start).Select(index => steps[index])], variables));
            start = end + 1;
        }

        return stretches;
    }

    private sealed class Stretch
    {
        private readonly BitArray read;
        private readonly BitArray untouched;

        public Stretch(KernelStep[] steps, int variables)
        {
            Label = steps[0].Label;
            Last = steps[^1];
            read = new BitArray(variables);
            untouched = new BitArray(variables, defaultValue: true);
            foreach (KernelStep step in steps)
            {
                if (step.Read >= 0 && untouched[step.Read])
                    read[step.Read] = true;
                if (step.Written >= 0)
                    untouched[step.Written] = false;
            }

            Before = new BitArray(variables);
            Behind = new BitArray(variables);
        }

        /// <summary>The label that it begins with; −1 for none.</summary>
        public int Label { get; }

        /// <summary>Its last instruction.</summary>
        public KernelStep Last { get; }

        /// <summary>Variables needed before it.</summary>
        public BitArray Before { get; private set; }

        /// <summary>Variables needed behind it.</summary>
        public BitArray Behind { get; private set; }

        /// <summary>Takes what is needed behind it; says whether more is needed before it than was known.</summary>
        public bool Update(BitArray behind)
        {
            Behind = behind;
            BitArray before = new BitArray(behind).And(untouched).Or(read);
            bool changed = new BitArray(before).Xor(Before).HasAnySet();
            Before = before;
            return changed;
        }
    }
}

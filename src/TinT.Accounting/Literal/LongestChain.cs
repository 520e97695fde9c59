using TinT.Compiler.Construction;
using TinT.Literal.Schedule;

namespace TinT.Accounting.Literal;

/// <summary>The longest chain of layers in which each needs what the one before makes, followed through signals, memory and weights.</summary>
internal static class LongestChain
{
    /// <summary>Layers of the chain.</summary>
    public static int Of(IEnumerable<RunStep> steps)
    {
        Dictionary<string, int> signals = new(StringComparer.Ordinal);
        Dictionary<string, int> memories = new(StringComparer.Ordinal);
        Dictionary<(int Layer, PrefixMatrix Matrix), int> weights = [];
        int head = 0;
        int longest = 0;
        foreach (RunStep step in steps)
        {
            int layers = LiteralCost.LayersOf(step).Count;
            switch (step)
            {
                case EmbeddingStep embedding:
                    signals[embedding.Output] = 0;
                    break;
                case CopyStep copy:
                    signals[copy.Output] = signals[copy.Input];
                    break;
                case ProjectionStep projection:
                    signals[projection.Output] = signals[projection.Input];
                    break;
                case SumStep sum:
                    signals[sum.Output] = sum.Inputs.Max(signal => signals[signal]);
                    break;
                case HeadStep logits:
                    head = signals[logits.Input];
                    break;
                case LossGradientStep gradient:
                    longest = Math.Max(longest, signals[gradient.Output] = head + layers);
                    break;
                case ModuleCall call:
                    int weight = call.Matrix is { } matrix ? weights.GetValueOrDefault((call.Layer, matrix)) : 0;
                    int end = layers + call.Inputs.Select(place => signals[place.Signal])
                        .Concat(call.MemoryRead.Select(place => memories[place.Name]))
                        .Append(weight)
                        .Max();
                    foreach (SignalPlace place in call.Outputs)
                        signals[place.Signal] = end;
                    foreach (MemoryPlace place in call.MemoryWritten)
                        memories[place.Name] = end;
                    if (call.ReplacesPrefix)
                        weights[(call.Layer, call.Matrix!)] = end;
                    longest = Math.Max(longest, end);
                    break;
                default:
                    throw new NotSupportedException($"The accounting does not know the step {step.GetType().Name}.");
            }
        }

        return longest;
    }
}

using TinT.Model;
using TinT.Model.Runs;
using TinT.Runtime.Cpu.Memory;
using TinT.Runtime.Simulation;

namespace TinT.Runtime.Execution;

/// <content>Several inner trainings of the same sequences that share passes.</content>
public abstract partial class CpuPasses
{
    /// <summary>Runs sequences of a batch with several trainings.</summary>
    /// <param name="shared">The trainings, checked.</param>
    /// <param name="first">The first of the sequences.</param>
    /// <param name="sequences">How many, no more than may run together.</param>
    /// <param name="cancellationToken">Asked before each layer.</param>
    internal void Run(SharedRun shared, int first, int sequences, CancellationToken cancellationToken)
    {
        SharedSchedule schedule = shared.Schedule;
        Group.Take(shared.Batch, first, sequences, LargestWith(schedule, 0), schedule.Copies, cancellationToken);
        Updated.Reserve(sequences * shared.MostTrainings, copies: !Group.Dual);
        CopyMasks(shared.Batch);
        clock?.Start();
        foreach (SharedCall call in schedule.Calls(_ => Group.TrainingRows > 0))
            Run(call, shared, first);
        clock?.Stop();
    }

    private void Run(SharedCall call, SharedRun shared, int first)
    {
        switch (call.Action)
        {
            case SharedAction.Routine:
                Run(call.Routine);
                break;
            case SharedAction.KeepHidden:
                HiddenState.CopyTo(CopyOf(call.Index, HiddenState));
                break;
            case SharedAction.RestoreHidden:
                CopyOf(call.Index, HiddenState).CopyTo(HiddenState);
                break;
            case SharedAction.KeepGradient:
                LossGradient.CopyTo(CopyOf(call.Index, LossGradient));
                break;
            case SharedAction.RestoreGradient:
                CopyOf(call.Index, LossGradient).CopyTo(LossGradient);
                break;
            case SharedAction.TurnToSplit:
                Group.Turn(shared.BatchOf(call.Index), first);
                break;
            case SharedAction.DescendAll:
                Group.DescendAll(shared.RatesFrom(call.Index));
                break;
            case SharedAction.TurnToTraining:
                Group.Turn(LargestWith(shared.Schedule, call.Index), shared.PlaceOf(call.Index));
                break;
            case SharedAction.TurnToSetting:
                foreach (SequenceRun run in Group.Sequences)
                    shared.ResultsOf(call.Index).Open(run);
                break;
            default:
                throw new InvalidOperationException($"{call.Action} is not part of the passes.");
        }
    }

    /// <summary>Width of a copy of the hidden state or of the loss gradient.</summary>
    internal static int CopyColumns(AuxiliaryDescription auxiliary) => Math.Max(auxiliary.HiddenSize, auxiliary.EmbeddingSize);

    /// <summary>Places are those of the training with the most steps and layers, whatever one trains itself.</summary>
    private static InnerTraining LargestWith(SharedSchedule schedule, int training) =>
        new(schedule.MostSteps, schedule.MostLayers, schedule.Trainings[training].LearningRate);

    private MatrixView CopyOf(int index, MatrixView like) => Group.Copy(index, like.Columns).RowRange(0, like.Rows);
}

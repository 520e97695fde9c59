using TinT.Compiler.Construction;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;

namespace TinT.Accounting.Literal;

/// <summary>What a step of the schedule is.</summary>
/// <param name="Stage">Which part of the run it belongs to.</param>
/// <param name="Direction">Forward, backward or descent.</param>
/// <param name="Name">The auxiliary module, or the signal that is made.</param>
/// <param name="Program">What is executed.</param>
internal sealed record StepDescription(RunStage Stage, Direction Direction, string Name, string Program)
{
    /// <summary>Describes the steps of a schedule; sums and copies belong to the stage of what runs in front of them.</summary>
    public static IEnumerable<(RunStep Step, StepDescription Description)> Of(IEnumerable<RunStep> steps)
    {
        StepDescription last = new(RunStage.Embedding, Direction.Forward, "", "");
        foreach (RunStep step in steps)
        {
            last = step switch
            {
                EmbeddingStep => new StepDescription(RunStage.Embedding, Direction.Forward, "embedding", "embedding"),
                HeadStep => new StepDescription(RunStage.Head, Direction.Forward, "head", "head"),
                LossGradientStep => new StepDescription(RunStage.Head, Direction.Backward, "head", "loss_gradient"),
                ProjectionStep projection => last with
                {
                    Stage = projection.Back ? RunStage.FinalNormBackward : RunStage.FinalNorm,
                    Direction = projection.Back ? Direction.Backward : Direction.Forward,
                    Name = "head.project_out",
                    Program = "projection",
                },
                ModuleCall call => new StepDescription(StageOf(call.Block.Kind), call.Source.Direction, call.Source.Name, call.Module.Program),
                SumStep sum => last with { Direction = DirectionOf(last.Stage), Name = sum.Output, Program = "sum" },
                CopyStep copy => last with { Direction = DirectionOf(last.Stage), Name = copy.Output, Program = "copy" },
                _ => throw new NotSupportedException($"The accounting does not know the step {step.GetType().Name}."),
            };
            yield return (step, last);
        }
    }

    private static RunStage StageOf(BlockKind kind) => kind switch
    {
        BlockKind.Forward => RunStage.Forward,
        BlockKind.FinalNorm => RunStage.FinalNorm,
        BlockKind.FinalNormBackward => RunStage.FinalNormBackward,
        BlockKind.Backward => RunStage.Backward,
        _ => throw new NotSupportedException($"The accounting does not know blocks of the kind {kind}."),
    };

    private static Direction DirectionOf(RunStage stage) =>
        stage is RunStage.Backward or RunStage.FinalNormBackward ? Direction.Backward : Direction.Forward;
}

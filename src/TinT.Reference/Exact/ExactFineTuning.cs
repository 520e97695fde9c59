using System.Numerics;
using TinT.Model;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Exact;

/// <summary>
/// Exact SGD: W −= lr ∂L/∂W with the true gradients of L = Σ_t f_t · (−log softmax(logits_t)[id_{t+1}]), where f_t is
/// 1 (or the gradient mask of token t + 1) if token t + 1 is a training token, else 0. The loss is summed, never averaged;
/// it is the softmax loss whatever loss the spec names.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="model">Weights; not changed.</param>
/// <param name="description">What is simulated: steps, layers, learning rate and, for the subset, what TinT updates.</param>
/// <param name="subset">Which parameters are trained.</param>
/// <param name="threadCount">Most threads at work; <see langword="null"/> for all processors.</param>
/// <exception cref="ArgumentException">The model's shape is not the one described.</exception>
public sealed class ExactFineTuning<T>(AuxiliaryModel<T> model, SimulatorDescription description, ParameterSubset subset, int? threadCount = null)
    : FineTuning<T>(model, description, new(subset, "softmax", new BackwardRules<T>()), threadCount), ILearningSimulator
    where T : IFloatingPointIeee754<T>
{
    /// <summary>Takes steps on one sequence and gives the model that comes of it, whose scores are bit for bit those after the steps in a run.</summary>
    /// <param name="batch">One sequence.</param>
    /// <param name="options">Steps, layers and learning rate; <see langword="null"/> for those of the spec.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model, or there are several sequences.</exception>
    public ExactFineTuning<T> Learn(SimulationBatch batch, RunOptions? options = null)
    {
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        if (batch.BatchSize != 1)
            throw new SimulationInputException(FormattableString.Invariant($"One sequence is learned, not {batch.BatchSize}; learn each by itself."));
        return With(Learned([new Sequence<T>(batch, 0)], training, options?.CancellationToken ?? default));
    }

    /// <summary>Takes steps on several texts together, by the mean loss over all their targets, and gives the model that comes of it.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="options">Steps, layers and learning rate; <see langword="null"/> for those of the spec.</param>
    /// <exception cref="SimulationInputException">The options do not fit the model, or an id, a position or a text's length.</exception>
    public ExactFineTuning<T> LearnMean(IReadOnlyList<TargetedText> texts, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(texts);
        InnerTraining training = SimulationInput.CheckTraining(options, Description.Training);
        foreach (TargetedText text in texts)
            text.Check(Description.Auxiliary);
        T share = T.One / T.CreateChecked(Math.Max(1, texts.Sum(text => text.TargetCount)));
        return With(Learned([.. texts.Select(text => text.ToSequence(share))], training, options?.CancellationToken ?? default));
    }

    /// <summary>Scores sequences by the model as it is: the training mask tells whose losses count, and nothing is trained.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute.</param>
    /// <returns>A result that is the same before and after.</returns>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    public ReferenceResult<T> Score(SimulationBatch batch, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Run(new RunSetting { GradientMask = new float[batch.TrainingMask.Length] }.Of(batch), options);
    }

    /// <inheritdoc/>
    ScoreResult ILearningSimulator.Score(SimulationBatch batch, RunOptions? options)
    {
        SimulationResult result = Score(batch, options).ToSimulationResult();
        return new ScoreResult
        {
            BatchSize = result.BatchSize,
            TokenCount = result.TokenCount,
            VocabularySize = result.VocabularySize,
            Logits = result.LogitsBefore,
            TokenLosses = result.TokenLossesBefore,
            Losses = result.LossesBefore,
        };
    }

    /// <inheritdoc/>
    ILearningSimulator ILearningSimulator.Learn(SimulationBatch batch, RunOptions? options) => Learn(batch, options);

    private ExactFineTuning<T> With(AuxiliaryModel<T> learned) => new(learned, Description, subset, ThreadCount);
}

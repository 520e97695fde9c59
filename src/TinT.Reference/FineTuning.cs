using System.Numerics;
using TinT.Model;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference;

/// <summary>
/// Runs an auxiliary model, fine-tunes it on the training part of each sequence and runs it again. Each sequence trains its
/// own copy of the weights. Results do not depend on the number of threads. As a simulator it rounds what it computes to single precision.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>An instance is not safe for concurrent calls: it owns its working memory.</remarks>
public abstract class FineTuning<T> : ISimulator
    where T : IFloatingPointIeee754<T>
{
    private readonly FineTuningRules<T> rules;
    private readonly Workers workers;
    private readonly LossGradient<T> loss;
    private Tape<T>? tape;

    private protected FineTuning(AuxiliaryModel<T> model, SimulatorDescription description, FineTuningRules<T> rules, int? threadCount)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Description != description.Auxiliary)
            throw new ArgumentException($"The model has the shape {model.Description}, but {description.Auxiliary} is to be simulated.", nameof(model));
        Model = model;
        Description = description;
        this.rules = rules;
        workers = new Workers(threadCount ?? Environment.ProcessorCount);
        loss = new LossGradient<T>(rules.Loss, rules.KeepsLastRow, workers);
    }

    /// <summary>What is simulated.</summary>
    public SimulatorDescription Description { get; }

    /// <summary>The weights as loaded; runs do not change them.</summary>
    public AuxiliaryModel<T> Model { get; }

    /// <summary>Most threads at work.</summary>
    private protected int ThreadCount => workers.Count;

    /// <summary>Runs a batch.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public ReferenceResult<T> Run(SimulationBatch batch, RunOptions? options = null)
    {
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        options ??= new RunOptions();
        if (tape?.Tokens != batch.TokenCount)
            tape = new Tape<T>(batch.TokenCount, workers, rules.Backward);
        ReferenceResultRecorder<T> recorder = new(batch, options, Model.Description.VocabularySize, workers);
        ParameterSelection selection = new(rules.Subset, Description, training.Layers);
        TrainedWeights<T> weights = new(Model, selection, rules.GainMatrices);
        AuxiliaryForward<T> forward = new(Model.Description, tape, weights);
        for (int index = 0; index < batch.BatchSize; index++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            weights.Reset();
            Sequence<T> sequence = new(batch, index);
            Matrix<T> logits = forward.Run(sequence);
            recorder.RecordBefore(index, logits);

            // What has no target learns nothing, and is scored after as before.
            int steps = loss.Rows(sequence) == 0 && !rules.RecordsBlockGradients ? 0 : training.Steps;
            for (int step = 0; step < steps; step++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                int recorded = step * (training.Layers + 1);
                PassBack(forward, logits, selection, gradient =>
                {
                    if (rules.RecordsBlockGradients)
                        recorder.RecordBlockGradient(recorded++, training.Steps * (training.Layers + 1), index, gradient);
                });
                weights.Descend(T.CreateChecked(training.LearningRate), rules.SharesBiases);
                weights.ClearGradients();
                options.CancellationToken.ThrowIfCancellationRequested();
                logits = selection.TrainsEmbeddings ? forward.Run(sequence) : forward.RunFrom(selection.FirstTrainedLayer);
            }

            recorder.RecordAfter(index, logits);
            if (options.WeightUpdates)
                recorder.RecordUpdates(CheckpointConversion<T>.Updates(Model, weights.Model, selection));
        }

        return recorder.Finish();
    }

    /// <inheritdoc/>
    SimulationResult ISimulator.Run(SimulationBatch batch, RunOptions? options) => Run(batch, options).ToSimulationResult();

    /// <summary>Nothing is held open: the working memory is managed.</summary>
    void IDisposable.Dispose() => GC.SuppressFinalize(this);

    /// <summary>The weights after steps on several texts together, by the sum of their losses.</summary>
    /// <param name="texts">The texts, prepared.</param>
    /// <param name="training">Layers, steps and learning rate.</param>
    /// <param name="cancellationToken">Asked between passes.</param>
    private protected AuxiliaryModel<T> Learned(IReadOnlyList<Sequence<T>> texts, InnerTraining training, CancellationToken cancellationToken)
    {
        ParameterSelection selection = new(rules.Subset, Description, training.Layers);
        TrainedWeights<T> weights = new(Model, selection, rules.GainMatrices);
        for (int step = 0; step < training.Steps; step++)
        {
            foreach (Sequence<T> text in texts.Where(text => loss.Rows(text) > 0))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (tape?.Tokens != text.Length)
                    tape = new Tape<T>(text.Length, workers, rules.Backward);
                AuxiliaryForward<T> forward = new(Model.Description, tape, weights);
                PassBack(forward, forward.Run(text), selection, _ => { });
            }

            weights.Descend(T.CreateChecked(training.LearningRate), rules.SharesBiases);
            weights.ClearGradients();
        }

        return weights.Model;
    }

    private void PassBack(AuxiliaryForward<T> forward, Matrix<T> logits, ParameterSelection selection, Action<Matrix<T>> below)
    {
        tape!.Begin(loss.Rows(tape.Sequence));
        Matrix<T> gradient = tape.TakeGradient(logits.Columns);
        loss.Compute(tape.Sequence, logits, gradient);
        forward.PassBack(gradient, selection, below);
    }
}

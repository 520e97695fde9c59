using System.Numerics;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference;

/// <summary>
/// Runs an auxiliary model, fine-tunes it on the training part of each sequence and runs it again. Each sequence trains its
/// own copy of the weights. Results do not depend on the number of threads.
/// </summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>An instance is not safe for concurrent calls: it owns its working memory.</remarks>
public abstract class FineTuning<T>
    where T : IFloatingPointIeee754<T>
{
    private readonly ForwardPass<T> forward;
    private ModelActivations<T>? activations;

    private protected FineTuning(AuxiliaryModel<T> model, SimulatorDescription description, int? threadCount)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(description);
        if (model.Description != description.Auxiliary)
            throw new ArgumentException($"The model has the shape {model.Description}, but {description.Auxiliary} is to be simulated.", nameof(model));
        Model = model;
        Description = description;
        Workers = new Workers(threadCount ?? Environment.ProcessorCount);
        forward = new ForwardPass<T>(model.Description, Workers);
    }

    /// <summary>What is simulated.</summary>
    public SimulatorDescription Description { get; }

    /// <summary>The weights as loaded; runs do not change them.</summary>
    public AuxiliaryModel<T> Model { get; }

    private protected Workers Workers { get; }

    /// <summary>Runs a batch.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public ReferenceResult<T> Run(SimulationBatch batch, RunOptions? options = null)
    {
        InnerTraining training = SimulationInput.Check(batch, options, Description);
        options ??= new RunOptions();
        if (activations?.Rows != batch.TokenCount)
            activations = new ModelActivations<T>(Model.Description, batch.TokenCount);
        ReferenceResultRecorder<T> recorder = new(batch, options, Model.Description.VocabularySize, Workers);
        ParameterSelection selection = Select(training.Layers);
        for (int index = 0; index < batch.BatchSize; index++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            Sequence<T> sequence = new(batch, index);
            forward.Run(Model, sequence, activations);
            recorder.RecordBefore(index, activations.Logits);
            AuxiliaryModel<T> trained = CopyModel(selection);
            for (int step = 0; step < training.Steps; step++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                TakeStep(new TrainingStep<T>(trained, sequence, activations, selection, training, index, step, recorder));
                options.CancellationToken.ThrowIfCancellationRequested();
                if (selection.TrainsEmbeddings)
                    forward.Run(trained, sequence, activations);
                else
                    forward.RunFrom(selection.FirstTrainedLayer, trained, sequence, activations);
            }

            recorder.RecordAfter(index, activations.Logits);
            if (options.WeightUpdates)
                recorder.RecordUpdates(CheckpointConversion<T>.Updates(Model, trained, selection));
        }

        return recorder.Finish();
    }

    /// <summary>The parameters that are trained.</summary>
    /// <param name="trainedLayers">Trained layers, the top n.</param>
    private protected abstract ParameterSelection Select(int trainedLayers);

    /// <summary>The copy of the weights that a sequence trains.</summary>
    /// <param name="selection">The trained tensors.</param>
    private protected virtual AuxiliaryModel<T> CopyModel(ParameterSelection selection) => Model.CopyFor(selection);

    /// <summary>Changes the weights by one step; the forward pass is already done.</summary>
    /// <param name="step">Weights, tokens and activations.</param>
    private protected abstract void TakeStep(TrainingStep<T> step);
}

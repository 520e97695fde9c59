using System.Numerics;
using TinT.Reference.Forward;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference;

/// <summary>What one inner step works on.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Model">The sequence's own weights, changed by the step.</param>
/// <param name="Sequence">Tokens and masks.</param>
/// <param name="Activations">The forward pass with the weights before the step.</param>
/// <param name="Selection">The trained tensors.</param>
/// <param name="Training">Steps, layers and learning rate of the run.</param>
/// <param name="SequenceIndex">Which sequence of the batch.</param>
/// <param name="Index">Which step, from 0.</param>
/// <param name="Recorder">Takes what is recorded on the way.</param>
internal sealed record TrainingStep<T>(
    AuxiliaryModel<T> Model,
    Sequence<T> Sequence,
    ModelActivations<T> Activations,
    ParameterSelection Selection,
    InnerTraining Training,
    int SequenceIndex,
    int Index,
    ReferenceResultRecorder<T> Recorder)
    where T : IFloatingPointIeee754<T>;

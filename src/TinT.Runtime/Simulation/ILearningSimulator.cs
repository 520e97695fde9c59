namespace TinT.Runtime.Simulation;

/// <summary>A simulator whose inner training can be taken apart: learn once, score many sequences.</summary>
/// <remarks>
/// <see cref="ISimulator.Run"/> scores a sequence by the model as loaded, learns from it and scores it again. Where several sequences are scored by what was
/// learned from one, <see cref="Learn"/> and <see cref="Score"/> do each part once.
/// </remarks>
public interface ILearningSimulator : ISimulator
{
    /// <summary>Scores sequences by the model as it is: one forward pass.</summary>
    /// <param name="batch">Token ids and masks; the training mask tells whose losses count, and nothing is trained.</param>
    /// <param name="options">What to compute; steps, layers, learning rate and weight updates mean nothing here. <see langword="null"/> for the defaults.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model.</exception>
    ScoreResult Score(SimulationBatch batch, RunOptions? options = null);

    /// <summary>Takes the inner steps on one sequence and gives the model that comes of it.</summary>
    /// <remarks>
    /// The new model holds weights of its own, in single precision, and is independent of this one. Its scores of the sequence that was learned are, bit for bit,
    /// those after the steps in a run in the primal form of the update; in the dual form they differ by the rounding of the updated weights.
    /// </remarks>
    /// <param name="batch">One sequence.</param>
    /// <param name="options">Steps, layers and learning rate; <see langword="null"/> for those of the spec.</param>
    /// <exception cref="SimulationInputException">The batch or the options do not fit the model, or there are several sequences.</exception>
    ILearningSimulator Learn(SimulationBatch batch, RunOptions? options = null);
}

using System.Globalization;
using TinT.Model;

namespace TinT.Runtime.Simulation;

/// <summary>The input checks shared by every <see cref="ISimulator"/>.</summary>
public static class SimulationInput
{
    /// <summary>Checks a batch and the options of a run against what is simulated.</summary>
    /// <param name="batch">Token ids and masks.</param>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <param name="description">What is simulated; its training gives the defaults and the most steps and layers.</param>
    /// <returns>The inner training with the overrides of <paramref name="options"/> applied.</returns>
    /// <exception cref="SimulationInputException">
    /// The sequences are longer than the context; a token or position id is outside its table; a training or ICL mask
    /// holds something else than 0 and 1; a gradient mask is not finite; an ICL mask leaves a token nothing to attend to;
    /// or the steps, trained layers or learning rate are out of range. The message names the tensor, the index and the value.
    /// </exception>
    public static InnerTraining Check(SimulationBatch batch, RunOptions? options, SimulatorDescription description)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(description);
        AuxiliaryDescription auxiliary = description.Auxiliary;
        int tokenCount = batch.TokenCount;
        if (tokenCount > auxiliary.MaxPositionEmbeddings)
            throw Error($"input_ids has sequences of {tokenCount} tokens, but the context of {description.Model} is {auxiliary.MaxPositionEmbeddings} tokens; cut the text into shorter blocks.");
        CheckIds("input_ids", batch.InputIds, tokenCount, auxiliary.VocabularySize, "the vocabulary");
        CheckBinary("training_mask", batch.TrainingMask, tokenCount, tokenCount);
        if (batch.GradientMask is { } gradientMask)
            CheckFinite("gradient_mask", gradientMask, tokenCount);
        if (batch.PositionIds is { } positionIds)
            CheckIds("position_ids", positionIds, tokenCount, auxiliary.MaxPositionEmbeddings, "the position table");
        if (batch.IclMask is { } iclMask)
        {
            CheckBinary("icl_mask", iclMask, tokenCount, tokenCount * tokenCount);
            CheckReachable(iclMask, batch.BatchSize, tokenCount);
        }

        return CheckTraining(options, description.Training);
    }

    /// <summary>Checks the overrides of a run and applies them to the compiled training.</summary>
    /// <param name="options">What to compute; <see langword="null"/> for the defaults.</param>
    /// <param name="training">The inner training as compiled.</param>
    /// <exception cref="SimulationInputException">The steps, trained layers or learning rate are out of range.</exception>
    public static InnerTraining CheckTraining(RunOptions? options, TrainingDescription training)
    {
        ArgumentNullException.ThrowIfNull(training);
        int steps = options?.Steps ?? training.Steps;
        if (steps < 1 || steps > training.Steps)
            throw Error($"Steps is {steps}, but the spec compiled 1 to {training.Steps} inner steps; raise training.steps in the spec for more.");
        int layers = options?.TrainedLayers ?? training.Layers;
        if (layers < 1 || layers > training.Layers)
            throw Error($"TrainedLayers is {layers}, but the spec compiled 1 to {training.Layers} trained layers; raise training.layers in the spec for more.");
        if (options?.LogitRows is < 1 and int rows)
            throw Error($"LogitRows is {rows}, but a result holds at least one row; set Logits to false for none.");
        double learningRate = options?.LearningRate ?? training.LearningRate;
        if (!double.IsFinite(learningRate))
            throw Error($"LearningRate is {learningRate}, but it must be a finite number.");
        return new InnerTraining(steps, layers, learningRate);
    }

    /// <summary>Checks that there is an inner training to run.</summary>
    /// <param name="settings">The inner trainings.</param>
    /// <exception cref="SimulationInputException">There is none.</exception>
    public static void CheckSettings(IReadOnlyList<RunSetting> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Count == 0)
            throw new SimulationInputException("There is no setting to run; give at least one.");
    }

    private static void CheckIds(string name, int[] ids, int tokenCount, int limit, string table)
    {
        for (int index = 0; index < ids.Length; index++)
        {
            if ((uint)ids[index] >= (uint)limit)
                throw Error($"{name}[{index / tokenCount}, {index % tokenCount}] is {ids[index]}, but {table} has the ids 0 to {limit - 1}.");
        }
    }

    private static void CheckBinary(string name, float[] mask, int tokenCount, int elementsPerSequence)
    {
        for (int index = 0; index < mask.Length; index++)
        {
            if (mask[index] is not (0 or 1))
                throw Error($"{name}[{Place(index, tokenCount, elementsPerSequence)}] is {mask[index]}, but a mask holds only 0 and 1.");
        }
    }

    private static void CheckFinite(string name, float[] factors, int tokenCount)
    {
        for (int index = 0; index < factors.Length; index++)
        {
            if (!float.IsFinite(factors[index]))
                throw Error($"{name}[{Place(index, tokenCount, tokenCount)}] is {factors[index]}, but a factor of the gradient must be a finite number.");
        }
    }

    /// <summary>Every token needs at least one token to attend to, or its softmax is empty.</summary>
    private static void CheckReachable(float[] iclMask, int batchSize, int tokenCount)
    {
        for (int row = 0; row < batchSize * tokenCount; row++)
        {
            int token = row % tokenCount;
            if (iclMask.AsSpan(row * tokenCount, token + 1).IndexOf(1f) < 0)
                throw Error($"icl_mask[{row / tokenCount}, {token}, 0..{token}] is 0 throughout, so token {token} has nothing to attend to; let it attend at least to itself.");
        }
    }

    /// <summary>Index of an element of [B, T] or [B, T, T] as written in messages.</summary>
    private static string Place(int index, int tokenCount, int elementsPerSequence)
    {
        int sequence = index / elementsPerSequence;
        int rest = index % elementsPerSequence;
        return elementsPerSequence == tokenCount
            ? $"{sequence}, {rest}"
            : $"{sequence}, {rest / tokenCount}, {rest % tokenCount}";
    }

    private static SimulationInputException Error(FormattableString message) =>
        new(message.ToString(CultureInfo.InvariantCulture));
}

using TinT.Model;
using TinT.Reference.Forward;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Tests;

/// <summary>The losses of the inner training, computed from the logits by the shortest formulas, for finite differences.</summary>
internal static class SummedLoss
{
    /// <summary>
    /// Σ over the targets of a batch's first sequence, times their factors, of: softmax: log Σ exp(logits) − logits[target];
    /// quadratic: Σ logits² / 2 − logits[target]; mean_embedding: mean logits − logits[target].
    /// </summary>
    public static double Evaluate(AuxiliaryModel<double> model, SimulationBatch batch, string loss = "softmax")
    {
        Matrix<double> logits = Logits(model, batch);
        double sum = 0;
        for (int row = 0; row + 1 < batch.TokenCount; row++)
        {
            double factor = batch.TrainingMask[row + 1] * (batch.GradientMask?[row + 1] ?? 1);
            double[] scores = logits.Row(row).ToArray();
            double reference = loss switch
            {
                "softmax" => Math.Log(scores.Sum(Math.Exp)),
                "quadratic" => scores.Sum(score => score * score) / 2,
                _ => scores.Average(),
            };
            sum += factor * (reference - scores[batch.InputIds[row + 1]]);
        }

        return sum;
    }

    /// <summary>The logits of a batch's first sequence.</summary>
    public static Matrix<double> Logits(AuxiliaryModel<double> model, SimulationBatch batch)
    {
        SimulatorDescription description = RandomCase.Description(model.Description);
        TrainedWeights<double> weights = new(model, new ParameterSelection(ParameterSubset.TintSubset, description, 1), gainMatrices: false);
        Tape<double> tape = new(batch.TokenCount, new Workers(1), new BackwardRules<double>());
        return new AuxiliaryForward<double>(model.Description, tape, weights).Run(new Sequence<double>(batch, 0));
    }

    /// <summary>(L(W + ε D) − L(W − ε D)) / 2ε for a random direction D of length 1 of one tensor, and the direction.</summary>
    public static (double Slope, double[] Direction) Differentiate(
        AuxiliaryModel<double> model, double[] values, SimulationBatch batch, Random random, string loss = "softmax")
    {
        const double Step = 1e-5;
        double[] original = [.. values];
        double[] direction = [.. values.Select(_ => RandomCase.Normal(random))];
        double length = Math.Sqrt(direction.Sum(value => value * value));
        direction = [.. direction.Select(value => value / length)];
        double above = Shifted(Step);
        double below = Shifted(-Step);
        original.CopyTo(values, 0);
        return ((above - below) / (2 * Step), direction);

        double Shifted(double step)
        {
            for (int index = 0; index < values.Length; index++)
                values[index] = original[index] + step * direction[index];
            return Evaluate(model, batch, loss);
        }
    }
}

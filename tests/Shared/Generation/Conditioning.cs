using TinT.Model;
using TinT.Reference;
using TinT.Reference.Plain;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>
/// How far an update moves, relative to it, if the weights move by their own rounding: no computation in single precision knows it better.
/// Where a ReLU lies within |g|/N of its kink, N (act(z + g/N) − act(z)) multiplies an error of z by N = 1000; a case with such a unit is
/// off by 1e-4 where others are by 1e-6, and by how much depends on the order of sums, hence on the width of the processor's vectors.
/// </summary>
internal sealed class Conditioning
{
    private const int Draws = 6;

    /// <summary>Half a unit in the last place, relative.</summary>
    private const double HalfUnit = 1.0 / (1 << 24);

    private readonly List<double> updates = [];
    private readonly List<Dictionary<string, double>> deltas;

    /// <summary>Measures it: runs in double precision with weights that are off by at most half a unit in the last place of single precision.</summary>
    /// <param name="model">Weights.</param>
    /// <param name="description">What is simulated.</param>
    /// <param name="batch">Inputs.</param>
    /// <param name="options">Overrides of the training.</param>
    public Conditioning(AuxiliaryModel<double> model, SimulatorDescription description, SimulationBatch batch, RunOptions options)
    {
        ReferenceResult<double> expected = new PlainTint<double>(model, description).Run(batch, options);
        double[] update = Update(expected);
        deltas = [.. expected.WeightUpdates.Select(updates => updates.ToDictionary(delta => delta.Name, _ => 0.0))];
        for (int seed = 0; seed < Draws; seed++)
        {
            var random = new Random(seed);
            AuxiliaryModel<double> moved = new(
                description.Auxiliary, (kind, layer) => [.. model.Values(kind, layer).Select(
                    value => value * (1 + (HalfUnit * ((2 * random.NextDouble()) - 1))))]);
            ReferenceResult<double> result = new PlainTint<double>(moved, description).Run(batch, options);
            updates.Add(Difference.Relative(Update(result), update));
            for (int sequence = 0; sequence < batch.BatchSize; sequence++)
            {
                foreach ((ReferenceWeightUpdate<double> first, ReferenceWeightUpdate<double> second) in expected.WeightUpdates[sequence].Zip(
                    result.WeightUpdates[sequence]))
                    deltas[sequence][first.Name] = Math.Max(deltas[sequence][first.Name], Difference.Relative(second.Delta, first.Delta));
            }
        }
    }

    /// <summary>Movement of the logits' update.</summary>
    public double OfUpdate => updates.Max();

    /// <summary>Movement of a weight tensor's change.</summary>
    public double OfDelta(int sequence, string name) => deltas[sequence][name];

    private static double[] Update(ReferenceResult<double> result) => [.. result.LogitsAfter!.Zip(result.LogitsBefore!, (after, before) => after - before)];
}

using System.Numerics;
using TinT.Model.Architectures;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;
using TinT.Runtime.Simulation;

namespace TinT.Reference.Forward;

/// <summary>The auxiliary model's forward pass, written once: the section <i>Forward</i> of the TinT equations as operations of a tape.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="architecture">Which parts the model has and where they stand.</param>
/// <param name="description">Shape of the model.</param>
/// <param name="tape">Records the operations.</param>
/// <param name="weights">The weights.</param>
internal sealed class AuxiliaryForward<T>(Architecture architecture, AuxiliaryDescription description, Tape<T> tape, TrainedWeights<T> weights)
    where T : IFloatingPointIeee754<T>
{
    private readonly ActivationFormula activation = ActivationFormulas.Of(description.Activation);
    private readonly NormFormula norm = NormFormulas.Of(architecture.Norm);

    // Where each block starts, and at last what is above all blocks.
    private readonly List<(int Length, Node<T> Input)> places = [];
    private Node<T>? output;

    /// <summary>Runs embedding, all blocks and head.</summary>
    /// <param name="sequence">Tokens and masks.</param>
    /// <returns>Logits, [T, V].</returns>
    public Matrix<T> Run(Sequence<T> sequence)
    {
        tape.Start(sequence);
        places.Clear();
        Node<T> hidden = tape.Embed(
            Weight(ParameterKind.TokenEmbedding, -1), Weight(ParameterKind.PositionEmbedding, -1), architecture.UnusedPositions);
        places.Add((tape.Length, hidden));
        return RunFrom(0);
    }

    /// <summary>Runs the blocks from a given one on again, from its saved input, and the head.</summary>
    /// <param name="firstLayer">The lowest block that runs.</param>
    /// <returns>Logits, [T, V].</returns>
    public Matrix<T> RunFrom(int firstLayer)
    {
        tape.Rewind(places[firstLayer].Length);
        places.RemoveRange(firstLayer + 1, places.Count - firstLayer - 1);
        for (int layer = firstLayer; layer < description.LayerCount; layer++)
        {
            Node<T> hidden = Block(layer, places[layer].Input);
            places.Add((tape.Length, hidden));
        }

        Node<T> top = places[^1].Input;
        if (architecture.Has(ParameterKind.FinalNormGain))
            top = Norm(ParameterKind.FinalNormGain, ParameterKind.FinalNormBias, -1, top);
        output = tape.Linear(top, Weight(ParameterKind.TokenEmbedding, -1), null);
        return output.Value;
    }

    /// <summary>Passes a gradient back to below the lowest trained block.</summary>
    /// <param name="gradient">The gradient of the logits; the tape owns it from now on.</param>
    /// <param name="selection">The trained parameters.</param>
    /// <param name="below">Sees the gradient of what is above all blocks, then of each trained block's input, top down.</param>
    public void PassBack(Matrix<T> gradient, ParameterSelection selection, Action<Matrix<T>>? below = null)
    {
        tape.Give(output!, gradient);
        int place = tape.Length;
        for (int layer = description.LayerCount; layer >= selection.FirstTrainedLayer; layer--)
        {
            tape.PassBack(places[layer].Length, place);
            place = places[layer].Length;
            below?.Invoke(places[layer].Input.Gradient!);
        }

        tape.PassBack(selection.TrainsEmbeddings ? 0 : place, place);
        tape.Drop(places[selection.FirstTrainedLayer].Input);
    }

    private Node<T> Block(int layer, Node<T> hidden)
    {
        bool post = architecture.NormPlacement == NormPlacement.Post;
        Node<T> input = post ? hidden : Norm1(hidden);
        Node<T> context = tape.Attend(
            Linear(ParameterKind.QueryWeight, ParameterKind.QueryBias, input),
            Linear(ParameterKind.KeyWeight, ParameterKind.KeyBias, input),
            Linear(ParameterKind.ValueWeight, ParameterKind.ValueBias, input),
            description.HeadCount);
        hidden = tape.Add(hidden, Linear(ParameterKind.OutputWeight, ParameterKind.OutputBias, context));
        if (architecture.Block == BlockShape.Parallel)
            return tape.Add(hidden, FeedForward(input));
        if (post)
            hidden = Norm1(hidden);
        hidden = tape.Add(hidden, FeedForward(post ? hidden : Norm2(hidden)));
        return post ? Norm2(hidden) : hidden;

        Node<T> FeedForward(Node<T> x) => Linear(
            ParameterKind.ContractWeight, ParameterKind.ContractBias, tape.Activate(Linear(ParameterKind.ExpandWeight, ParameterKind.ExpandBias, x), activation));

        Node<T> Linear(ParameterKind weight, ParameterKind bias, Node<T> x) => tape.Linear(x, Weight(weight, layer), weights.Find(bias, layer));

        Node<T> Norm1(Node<T> x) => Norm(ParameterKind.AttentionNormGain, ParameterKind.AttentionNormBias, layer, x);

        Node<T> Norm2(Node<T> x) => Norm(ParameterKind.FeedForwardNormGain, ParameterKind.FeedForwardNormBias, layer, x);
    }

    /// <summary>y = x̂ Gᵀ + β, G a diagonal or, where TinT trains it as one, a full matrix.</summary>
    private Node<T> Norm(ParameterKind gain, ParameterKind bias, int layer, Node<T> x)
    {
        Node<T> normalized = tape.Normalize(x, norm, description.NormEpsilon);
        return weights.FindGainMatrix(gain, layer) is { } matrix
            ? tape.Linear(normalized, matrix, weights.Find(bias, layer))
            : tape.Scale(normalized, Weight(gain, layer), weights.Find(bias, layer));
    }

    private Parameter<T> Weight(ParameterKind kind, int layer) =>
        weights.Find(kind, layer) ?? throw new InvalidOperationException($"The architecture {architecture} has no {kind}.");
}

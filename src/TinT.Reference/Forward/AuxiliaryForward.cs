using System.Numerics;
using TinT.Model;
using TinT.Model.Parameters;
using TinT.Reference.Matrices;
using TinT.Reference.Tape;
using TinT.Reference.Weights;
using TinT.Runtime.Formulas;

namespace TinT.Reference.Forward;

/// <summary>The auxiliary model's forward pass, written once: the section <i>Forward</i> of the TinT equations as operations of a tape.</summary>
/// <typeparam name="T">Element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="description">The model.</param>
/// <param name="tape">Records the operations.</param>
/// <param name="weights">The weights.</param>
internal sealed class AuxiliaryForward<T>(AuxiliaryDescription description, Tape<T> tape, TrainedWeights<T> weights)
    where T : IFloatingPointIeee754<T>
{
    private readonly ActivationFormula activation = ActivationFormulas.Of(description.Activation);
    private readonly NormFormula norm = NormFormulas.Of(description.Norm);

    // Where each block starts, and at last what is above all blocks.
    private readonly List<(int Length, Node<T> Input)> places = [];
    private Node<T>? output;
    private RotaryAngles<T>? angles;

    /// <summary>Runs embedding, all blocks and head.</summary>
    /// <param name="sequence">Tokens and masks.</param>
    /// <returns>Logits, [T, V].</returns>
    public Matrix<T> Run(Sequence<T> sequence)
    {
        tape.Start(sequence);
        places.Clear();
        angles = description.Rotary is { } rotary ? new RotaryAngles<T>(rotary, sequence.Positions) : null;
        Node<T> hidden = Embed(sequence);
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

        output = Head(places[^1].Input);
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

    private Node<T> Embed(Sequence<T> sequence)
    {
        Node<T> hidden = tape.Embed(Weight(ParameterKind.TokenEmbedding, -1), sequence.TokenIds, T.CreateChecked(description.EmbeddingScale));
        if (description.IsProjected)
            hidden = tape.Linear(hidden, Weight(ParameterKind.ProjectInWeight, -1), null);
        if (description.Positions == PositionKind.Learned)
        {
            int[] rows = [.. sequence.Positions.Select(position => position + description.UnusedPositions)];
            hidden = tape.Add(hidden, tape.Embed(Weight(ParameterKind.PositionEmbedding, -1), rows, T.One));
        }

        return description.HasEmbeddingNorm ? Norm(ParameterKind.EmbeddingNormGain, ParameterKind.EmbeddingNormBias, -1, hidden) : hidden;
    }

    private Node<T> Head(Node<T> top)
    {
        if (description.Has(ParameterKind.FinalNormGain))
            top = Norm(ParameterKind.FinalNormGain, ParameterKind.FinalNormBias, -1, top);
        if (description.IsProjected)
            top = tape.Linear(top, Weight(ParameterKind.ProjectOutWeight, -1), null);
        Node<T> logits = tape.Linear(top, Weight(description.HeadKind(), -1), weights.Find(ParameterKind.HeadBias, -1));
        return description.LogitCap is { } cap ? tape.Cap(logits, T.CreateChecked(cap)) : logits;
    }

    private Node<T> Block(int layer, Node<T> hidden)
    {
        bool post = description.NormPlacement == NormPlacement.Post;
        Node<T> input = post ? hidden : Norm1(hidden);
        Node<T> attended = tape.Add(hidden, OutputNorm(ParameterKind.AttentionOutputNormGain, Attention(layer, input)));
        if (post)
            attended = Norm1(attended);
        Node<T> second = description.Block switch
        {
            BlockShape.Parallel => input,
            BlockShape.ParallelTwoNorms => Norm2(hidden),
            _ => post ? attended : Norm2(attended),
        };
        Node<T> sum = tape.Add(attended, OutputNorm(ParameterKind.FeedForwardOutputNormGain, FeedForward(layer, second)));
        return post ? Norm2(sum) : sum;

        Node<T> Norm1(Node<T> x) => Norm(ParameterKind.AttentionNormGain, ParameterKind.AttentionNormBias, layer, x);

        Node<T> Norm2(Node<T> x) => Norm(ParameterKind.FeedForwardNormGain, ParameterKind.FeedForwardNormBias, layer, x);

        Node<T> OutputNorm(ParameterKind gain, Node<T> x) => description.Has(gain) ? Norm(gain, null, layer, x) : x;
    }

    private Node<T> Attention(int layer, Node<T> input)
    {
        Node<T> q = Positioned(NormOfHeads(ParameterKind.QueryNormGain, layer, Linear(ParameterKind.QueryWeight, ParameterKind.QueryBias, layer, input)));
        Node<T> k = Positioned(NormOfHeads(ParameterKind.KeyNormGain, layer, Linear(ParameterKind.KeyWeight, ParameterKind.KeyBias, layer, input)));
        Node<T> v = Linear(ParameterKind.ValueWeight, ParameterKind.ValueBias, layer, input);
        return Linear(ParameterKind.OutputWeight, ParameterKind.OutputBias, layer, tape.Attend(q, k, v, AttentionShape<T>.Of(description, layer)));

        Node<T> Positioned(Node<T> x) => angles is null ? x : tape.Rotate(x, angles, description.HeadSize);
    }

    /// <summary>y = act(x W₁ᵀ + c₁) W₂ᵀ + c₂, or with a gate (act(x W_gᵀ + b_g) ∘ (x W₁ᵀ + c₁)) W₂ᵀ + c₂.</summary>
    private Node<T> FeedForward(int layer, Node<T> x)
    {
        Node<T> inner = Linear(ParameterKind.UpWeight, ParameterKind.UpBias, layer, x);
        inner = description.IsGated
            ? tape.Multiply(tape.Activate(Linear(ParameterKind.GateWeight, ParameterKind.GateBias, layer, x), activation), inner)
            : tape.Activate(inner, activation);
        return Linear(ParameterKind.DownWeight, ParameterKind.DownBias, layer, inner);
    }

    private Node<T> Linear(ParameterKind weight, ParameterKind bias, int layer, Node<T> x) => tape.Linear(x, Weight(weight, layer), weights.Find(bias, layer));

    /// <summary>y = x̂ Gᵀ + β, G a diagonal or, where TinT trains it as one, a full matrix.</summary>
    private Node<T> Norm(ParameterKind gain, ParameterKind? bias, int layer, Node<T> x)
    {
        Node<T> normalized = tape.Normalize(x, norm, description.NormEpsilon, x.Value.Columns);
        Parameter<T>? added = bias is { } kind ? weights.Find(kind, layer) : null;
        return weights.FindGainMatrix(gain, layer) is { } matrix
            ? tape.Linear(normalized, matrix, added)
            : tape.Scale(normalized, Weight(gain, layer), added);
    }

    /// <summary>y = x̂ Gᵀ for each head, where the model normalizes queries and keys.</summary>
    private Node<T> NormOfHeads(ParameterKind gain, int layer, Node<T> x)
    {
        if (!description.HasQueryKeyNorm)
            return x;
        Node<T> normalized = tape.Normalize(x, norm, description.NormEpsilon, description.HeadSize);
        return weights.FindGainMatrix(gain, layer) is { } matrix ? tape.LinearOfHeads(normalized, matrix) : tape.Scale(normalized, Weight(gain, layer), null);
    }

    private Parameter<T> Weight(ParameterKind kind, int layer) =>
        weights.Find(kind, layer) ?? throw new InvalidOperationException($"The model has no {kind}.");
}

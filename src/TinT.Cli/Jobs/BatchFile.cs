using System.Globalization;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Cli.Jobs;

/// <summary>Reads the input of <c>tint run</c>.</summary>
internal static class BatchFile
{
    private const string InputIds = "input_ids";
    private const string TrainingMask = "training_mask";
    private const string GradientMask = "gradient_mask";
    private const string IclMask = "icl_mask";
    private const string PositionIds = "position_ids";

    private static readonly string[] names = [InputIds, TrainingMask, GradientMask, IclMask, PositionIds];

    /// <summary>Reads a batch; a single sequence may lack the first axis, in all tensors or in some.</summary>
    /// <param name="path">Safetensors file.</param>
    /// <exception cref="CheckpointFormatException">The file is malformed, or a tensor is missing, unknown or of the wrong type.</exception>
    /// <exception cref="SimulationInputException">A tensor has the wrong shape.</exception>
    public static SimulationBatch Read(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        SafetensorsTensor ids = file[InputIds];
        SafetensorsTensor mask = file[TrainingMask];
        file.RequireOnly(names);

        if (ids.Shape.Count is not (1 or 2) || ids.Shape.Contains(0))
            throw new SimulationInputException(
                $"{path}: {InputIds} has the shape {Text(ids.Shape)}; give it [sequences, tokens] or, for a single sequence, [tokens].");
        long sequences = ids.Shape.Count == 2 ? ids.Shape[0] : 1;
        long tokens = ids.Shape[^1];
        long[] perToken = [sequences, tokens];

        // An array holds no more than 2³¹ elements, so reading the ids makes sure that the sizes fit into 32 bits.
        int[] inputIds = ids.ReadInt32s();
        return new SimulationBatch((int)sequences, (int)tokens, inputIds, Checked(path, mask, perToken).ReadSingles())
        {
            GradientMask = Optional(path, file, GradientMask, perToken)?.ReadSingles(),
            IclMask = Optional(path, file, IclMask, [sequences, tokens, tokens])?.ReadSingles(),
            PositionIds = Optional(path, file, PositionIds, perToken)?.ReadInt32s(),
        };
    }

    private static SafetensorsTensor? Optional(string path, SafetensorsFile file, string name, long[] shape) =>
        file.TryGetTensor(name, out SafetensorsTensor? tensor) ? Checked(path, tensor, shape) : null;

    private static SafetensorsTensor Checked(string path, SafetensorsTensor tensor, long[] shape)
    {
        bool fits = tensor.Shape.SequenceEqual(shape) || (shape[0] == 1 && tensor.Shape.SequenceEqual(shape.Skip(1)));
        return fits
            ? tensor
            : throw new SimulationInputException(
                $"{path}: {tensor.Name} has the shape {Text(tensor.Shape)}, but with these {InputIds} it must be {Text(shape)}.");
    }

    private static string Text(IEnumerable<long> shape) =>
        $"[{string.Join(", ", shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
}

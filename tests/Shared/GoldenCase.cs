using System.Text.Json;
using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>One run of the authors' code; the files are described in <c>tests/Golden/README.md</c>.</summary>
public sealed class GoldenCase
{
    /// <summary>Both sides compute in double from the same float weights; the order of summation leaves 2e-14 (measured) at logits up to 10.</summary>
    public const double DoubleLogitTolerance = 1e-12;

    /// <summary>Of an update in double, relative to it: the Taylor differences amplify rounding by N = 1000; 7e-12 measured in the worst case, two steps of OPT.</summary>
    public const double DoubleUpdateTolerance = 1e-10;

    /// <summary>Expected values that are stored in single precision: at most half a unit in the last place, 2⁻²⁴.</summary>
    public const double StoredRounding = 6e-8;

    /// <summary>Reads a case's sizes and options.</summary>
    /// <param name="folder">Folder of the case, which is also its checkpoint folder.</param>
    public GoldenCase(string folder)
    {
        Folder = folder;
        Name = Path.GetFileName(folder);
        Description = ReadDescription();
    }

    /// <summary>Name of the case.</summary>
    public string Name { get; }

    /// <summary>Folder of the case; <c>config.json</c> and <c>model.safetensors</c> in it are a checkpoint.</summary>
    public string Folder { get; }

    /// <summary>Path of the spec.</summary>
    public string SpecPath => Path.Combine(Folder, Name + ".tint.yaml");

    /// <summary>Path of the inputs, with the tensor names of <c>tint run</c>.</summary>
    public string InputPath => Path.Combine(Folder, "input.safetensors");

    /// <summary>What the case simulates, read from <c>config.json</c> and the spec without the compiler.</summary>
    public SimulatorDescription Description { get; }

    /// <summary>Reads the inputs.</summary>
    public SimulationBatch ReadBatch()
    {
        using SafetensorsFile file = SafetensorsFile.Open(InputPath);
        SafetensorsTensor ids = file["input_ids"];
        return new SimulationBatch((int)ids.Shape[0], (int)ids.Shape[1], ids.ReadInt32s(), file["training_mask"].ReadSingles())
        {
            GradientMask = file.TryGetTensor("gradient_mask", out SafetensorsTensor? gradientMask) ? gradientMask.ReadSingles() : null,
            IclMask = file.TryGetTensor("icl_mask", out SafetensorsTensor? iclMask) ? iclMask.ReadSingles() : null,
            PositionIds = file.TryGetTensor("position_ids", out SafetensorsTensor? positions) ? positions.ReadInt32s() : null,
        };
    }

    /// <summary>Whether the expectations hold a tensor.</summary>
    /// <param name="tensor">Its name, for example <c>exact_sgd.tint_subset</c>.</param>
    public bool HasExpected(string tensor)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));
        return file.TryGetTensor(tensor, out _);
    }

    /// <summary>Reads a tensor of the expectations.</summary>
    /// <param name="tensor">Its name, for example <c>logits_after</c>.</param>
    public double[] ReadExpected(string tensor)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));
        return file[tensor].ReadDoubles();
    }

    /// <summary>Reads the expected change of every updated weight, by its name in the checkpoint.</summary>
    /// <param name="sequence">Index of the sequence in the batch.</param>
    public IReadOnlyDictionary<string, float[]> ReadDeltas(int sequence)
    {
        string prefix = ReadBatch().BatchSize == 1 ? "delta." : $"b{sequence}.delta.";
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(Folder, "delta.safetensors"));
        return file.Tensors
            .Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name[prefix.Length..], tensor => tensor.ReadSingles(), StringComparer.Ordinal);
    }

    /// <summary>Reads a number that the authors' run reported; <see langword="null"/> if it did not.</summary>
    /// <param name="key">Its key in <c>authors_code</c> of <c>case.json</c>.</param>
    public double? ReadReported(string key)
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "case.json")));
        return json.RootElement.GetProperty("authors_code").TryGetProperty(key, out JsonElement value) ? value.GetDouble() : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private SimulatorDescription ReadDescription()
    {
        FlatSpec spec = new(SpecPath);
        AuxiliaryDescription auxiliary = HuggingFaceConfiguration.Read(Path.Combine(Folder, "config.json")).Description with
        {
            MaxPositionEmbeddings = spec.Whole("auxiliary.max_position_embeddings"),
        };
        int sharding = spec.Whole("simulator.sharding");
        TrainingDescription training = new(
            spec.Whole("training.steps"),
            spec.Whole("training.layers"),
            spec.Number("training.learning_rate"),
            spec.Text("training.loss"),
            spec.Text("training.layer_norm"),
            spec.Text("training.attention"),
            spec.Number("training.taylor_scale"),
            spec.Text("training.compatibility"));
        return new SimulatorDescription(
            spec.Text("model"),
            auxiliary,
            training,
            sharding,
            auxiliary.HiddenSize / sharding,
            spec.Whole("simulator.hidden_size", absent: 4 * auxiliary.HiddenSize),
            spec.Whole("simulator.num_attention_heads", absent: 1));
    }
}

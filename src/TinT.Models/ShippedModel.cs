using TinT.Model;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;

namespace TinT.Models;

/// <summary>A spec of this repository, compiled when this assembly was built.</summary>
/// <param name="SpecName">File name of the spec, such as <c>gpt2.tint.yaml</c>.</param>
/// <param name="Description">What is simulated.</param>
/// <param name="Load">
/// Loads weights from a Hugging Face model directory; throws <see cref="CheckpointFormatException"/> if they do not fit.
/// </param>
public sealed record ShippedModel(string SpecName, SimulatorDescription Description, Func<string, SimulatorOptions?, ISimulator> Load)
{
    /// <summary>Text of the spec as it was compiled.</summary>
    public string ReadSpec()
    {
        using Stream stream = typeof(ShippedModel).Assembly.GetManifestResourceStream(SpecName)
            ?? throw new InvalidOperationException($"There is no spec '{SpecName}' in this assembly; ShippedModels names one that specs/ lacks.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using TinT.Compiler.Compilation;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Checkpoints of public bug reports beside the repository, whose logits come from an independent implementation in double.</summary>
public sealed partial class CheckpointCaseTests
{
    public static TheoryData<string> Cases =>
    [
        "config-bom", "config-nan", "config-gelu-accurate", "config-gelu-python-tanh", "config-reorder-upcast", "alias-without-prefix", "only-lm-head", "extra-f8-tensor",
    ];

    [SharedFolderTheory("cases"), MemberData(nameof(Cases))]
    public void An_odd_checkpoint_is_loaded_and_gives_the_right_logits(string name)
    {
        string folder = RepositoryFiles.InShared("cases", name);
        CompilationResult compiled = SpecCompiler.Compile(File.ReadAllText(Path.Combine(folder, "spec.tint.yaml")), "spec.tint.yaml");
        Assembly assembly = GeneratedCode.Load(compiled.Sources.Select(source => (source.HintName, source.Text)));
        using ISimulator simulator = GeneratedCode.LoadSimulator(assembly, compiled.Model!.Value, folder);
        SimulationBatch batch = ReadBatch(folder);

        SimulationResult result = simulator.Run(batch);

        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(folder, "expected.safetensors"));
        double[] before = expected["logits_before"].ReadDoubles();
        Assert.InRange(Difference.Largest(Difference.Widen(result.LogitsBefore!), before), 0, Agreements.LogitTolerance);
        Assert.InRange(
            Difference.OfUpdate(Difference.Widen(result.LogitsAfter!), expected["logits_after"].ReadDoubles(), before), 0, Agreements.UpdateTolerance);
        double[] losses = [.. LossesInReadme().Match(File.ReadAllText(Path.Combine(folder, "README"))).Groups.Values
            .Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(losses[0], result.LossesBefore[0], 1e-5);
        Assert.Equal(losses[1], result.LossesAfter[0], 1e-5);
    }

    private static SimulationBatch ReadBatch(string folder)
    {
        using SafetensorsFile file = SafetensorsFile.Open(Path.Combine(folder, "input.safetensors"));
        int[] ids = file["input_ids"].ReadInt32s();
        return new SimulationBatch(1, ids.Length, ids, file["training_mask"].ReadSingles());
    }

    [GeneratedRegex(@"before ([0-9.]+), after one step ([0-9]+\.[0-9]+)")]
    private static partial Regex LossesInReadme();
}

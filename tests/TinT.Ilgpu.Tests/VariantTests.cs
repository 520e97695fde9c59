using System.Reflection;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>GPU simulators of other architectures against the numbers of their golden cases. Random specs run with wide groups too.</summary>
public sealed class VariantTests
{
    /// <summary>Cases that run in the dual form of the update too: grouped heads and two steps; rotary neighbours; slopes; windows.</summary>
    private static readonly HashSet<string> InBothForms = ["llama3_gqa_tied_2step", "gptj_parallel_interleaved", "bloom_alibi", "mistral_sliding_window"];

    private static readonly Lazy<Assembly> Code = new(() => GpuCode.Compile(
        Forms.Select(row => (File.ReadAllText(GoldenCases.Open(row.Name).SpecPath), GoldenCases.Open(row.Name).SpecPath, row.Form))));

    /// <summary>Every case with a form of the update.</summary>
    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach ((string name, string form) in Forms)
                data.Add(name, form);
            return data;
        }
    }

    private static IEnumerable<(string Name, string Form)> Forms => ((IEnumerable<object[]>)GoldenCases.Variants)
        .Select(row => (string)row[0])
        .SelectMany(name => InBothForms.Contains(name) ? SmallSpec.Updates.Select(form => (name, form)) : [(name, "primal")]);

    [SharedFolderTheory("golden-variants"), MemberData(nameof(Cases))]
    public void A_GPU_simulator_agrees_with_the_cases_of_other_architectures(string name, string form)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using var device = new TestDevice(16);
        using ISimulator simulator = GpuCode.Load(Code.Value, golden.Description.Model, golden.Folder, device.Accelerator, form);

        Agreements.AssertVariant(simulator, golden);
    }
}

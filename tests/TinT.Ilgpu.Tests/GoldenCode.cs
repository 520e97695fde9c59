using System.Reflection;
using TinT.Tests.Common;

namespace TinT.Ilgpu.Tests;

/// <summary>GPU simulators of all golden cases in all forms of the update, which have most kernels in common.</summary>
internal static class GoldenCode
{
    private static readonly Lazy<Assembly> Compiled = new(Compile);

    /// <summary>The simulators; each form has a namespace.</summary>
    public static Assembly All => Compiled.Value;

    /// <summary>The forms that a case has.</summary>
    /// <param name="golden">The case.</param>
    public static IReadOnlyList<string> Forms(GoldenCase golden) => golden.Description.Training.LayerNorm == "full" ? ["primal"] : SmallSpec.Updates;

    private static Assembly Compile()
    {
        IEnumerable<object[]>[] rows = [GoldenCases.InRepository, GoldenCases.InSharedFolder];
        IEnumerable<GoldenCase> cases = rows.SelectMany(row => row).Select(row => GoldenCases.Open((string)row[0]));
        return GpuCode.Compile(cases.SelectMany(golden => Forms(golden).Select(form => (File.ReadAllText(golden.SpecPath), golden.SpecPath, form))));
    }
}

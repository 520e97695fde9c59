using System.Collections.Concurrent;
using System.Reflection;
using TinT.Compiler.Compilation;
using TinT.Generated;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>Golden specs as classes: those that the generator made of the repository's, and one of each form of the update, compiled in memory.</summary>
internal static class GoldenSimulators
{
    private static readonly ConcurrentDictionary<(string Name, string Form), Assembly> compiled = new();

    /// <summary>Every case of the repository in each form of the update.</summary>
    public static TheoryData<string, string> CasesAndForms
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string name in Directory.GetDirectories(RepositoryFiles.InRepository("tests", "Golden")).Select(path => Path.GetFileName(path)!).Order(
                StringComparer.Ordinal))
            {
                foreach (string form in SmallSpec.Updates)
                    data.Add(name, form);
            }

            return data;
        }
    }

    /// <summary>Loads a golden case's weights with its class.</summary>
    /// <param name="golden">A case of the repository.</param>
    /// <param name="threads">Threads; <see langword="null"/> for the default.</param>
    public static ISimulator Load(GoldenCase golden, int? threads = null)
    {
        SimulatorOptions? options = threads is { } count ? new SimulatorOptions { Threads = count } : null;
        return golden.Name switch
        {
            "gpt2_var_mask_all_ones" => Gpt2VarMaskAllOnesSimulator.Load(golden.Folder, options),
            "gpt2_var_gradmask_iclmask_posids" => Gpt2VarGradmaskIclmaskPosidsSimulator.Load(golden.Folder, options),
            "opt_2step_all_f70" => Opt2stepAllF70Simulator.Load(golden.Folder, options),
            _ => throw new ArgumentException($"The golden case {golden.Name} has no class here; add it.", nameof(golden)),
        };
    }

    /// <summary>Loads a golden case's weights with a class that has one form of the update.</summary>
    /// <param name="golden">Any case.</param>
    /// <param name="form">Value of <c>training.update</c>.</param>
    /// <param name="threads">Threads; <see langword="null"/> for the default.</param>
    public static ISimulator Load(GoldenCase golden, string form, int? threads = null) =>
        GeneratedCode.LoadSimulator(compiled.GetOrAdd((golden.Name, form), _ => Compile(golden, form)), golden.Description.Model, golden.Folder, threads);

    /// <summary>Loads a checkpoint with the class of a golden case that has one form of the update.</summary>
    /// <param name="golden">Any case.</param>
    /// <param name="form">Value of <c>training.update</c>.</param>
    /// <param name="directory">Model directory that fits the case.</param>
    /// <param name="options">Options.</param>
    public static CpuSimulator Load(GoldenCase golden, string form, string directory, SimulatorOptions options) =>
        (CpuSimulator)GeneratedCode.LoadSimulator(
            compiled.GetOrAdd((golden.Name, form), _ => Compile(golden, form)), golden.Description.Model, directory, options);

    private static Assembly Compile(GoldenCase golden, string form)
    {
        string text = File.ReadAllText(golden.SpecPath).Replace("training:", $"training:\n  update: {form}", StringComparison.Ordinal);
        CompilationResult result = SpecCompiler.Compile(text, golden.SpecPath);
        Assert.Empty(result.Diagnostics);
        return GeneratedCode.Load(result.Sources.Select(source => (source.HintName, source.Text)));
    }
}

using System.Reflection;
using TinT.Compiler.Compilation;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;

namespace TinT.Tests.Common;

/// <summary>Small specs compiled in memory, with random weights on disk.</summary>
public sealed class SmallSimulators : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, SmallSpec> specs;
    private readonly Assembly assembly;

    /// <summary>Compiles specs and writes a checkpoint for each.</summary>
    /// <param name="specs">Specs with names of their own.</param>
    public SmallSimulators(params SmallSpec[] specs)
    {
        this.specs = specs.ToDictionary(spec => spec.Model, StringComparer.Ordinal);
        assembly = GeneratedCode.Load(specs.SelectMany(Compile));
    }

    /// <summary>Folder of the checkpoint that fits a spec; specs with one auxiliary model and seed have the same weights.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="seed">Number that the weights follow from.</param>
    public string Checkpoint(SmallSpec spec, int seed)
    {
        string directory = folder.File($"{spec.Model}-{seed}");
        if (Directory.CreateDirectory(directory).EnumerateFiles().Any())
            return directory;
        RandomCheckpoint.Write(directory, spec.Description.Auxiliary, seed);
        return directory;
    }

    /// <summary>Loads the random checkpoint of a seed.</summary>
    /// <param name="model">Name of the model.</param>
    /// <param name="seed">Number that the weights follow from.</param>
    /// <param name="threads">Threads; <see langword="null"/> for the default.</param>
    public ISimulator Load(string model, int seed, int? threads = null) =>
        GeneratedCode.LoadSimulator(assembly, model, Checkpoint(specs[model], seed), threads);

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static IEnumerable<(string, string)> Compile(SmallSpec spec)
    {
        CompilationResult result = SpecCompiler.Compile(spec.Text, spec.FileName);
        Assert.Empty(result.Diagnostics);
        return result.Sources.Select(source => (source.HintName, source.Text));
    }
}

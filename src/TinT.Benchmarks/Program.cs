using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using TinT.Benchmarks;
using TinT.Benchmarks.Generation;
using TinT.Benchmarks.Peers;
using TinT.Models;

if (args is ["quick", ..])
{
    QuickTable.Print(Console.Out, args.Length > 1 ? args[1] : "");
    return;
}

int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

// Nothing that the environment says of peers' kernels, threads and memory is left.
IReadOnlyList<string> presets = args is ["products" or "peer" or "tables", ..] ? PeerEnvironment.Neutralise() : [];

if (args is ["tables", ..])
{
    PeerTables.Run(Console.Out, presets, turns: Number(1, 7), threads: Number(2, Environment.ProcessorCount), python: args.Length > 3 ? args[3] : "python3");
    return;
}

if (args is ["products", ..])
{
    PeerTables.PrintMachine(Console.Out, presets, Number(1, Environment.ProcessorCount));
    ProductComparison.Run(Console.Out, threads: Number(1, Environment.ProcessorCount), onlyTokens: Number(2, 0));
    return;
}

if (args is ["generate"])
{
    GenerationTable.Print(Console.Out);
    return;
}

if (args is ["peer", ..])
{
    string name = args.Length > 1 ? args[1] : "gpt2";
    ShippedModel model = ShippedModels.All.FirstOrDefault(model => model.SpecName == name + ".tint.yaml")
        ?? throw new ArgumentException(
            $"There is no spec '{name}'; there are {string.Join(", ", ShippedModels.All.Select(model => model.SpecName.Replace(".tint.yaml", "")))}.");
    int threads = Number(4, Environment.ProcessorCount);
    PeerTables.PrintMachine(Console.Out, presets, threads);
    PeerTables.Print(
        Console.Out,
        [PeerComparison.Run(Console.Out, model, tokens: Number(2, 256), turns: Number(3, 5), threads, python: args.Length > 5 ? args[5] : "python3")]);
    return;
}

// In this process: a separate project would be built with output folders that the references to the generator cannot follow.
IConfig configuration = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine(AppContext.BaseDirectory, "artifacts"));
BenchmarkSwitcher.FromAssembly(typeof(QuickTable).Assembly).Run(args, configuration);

using System.Globalization;
using BenchmarkDotNet.Running;
using TinT.Benchmarks;
using TinT.Benchmarks.Peers;

if (args is ["quick", ..])
{
    QuickTable.Print(Console.Out, args.Length > 1 ? args[1] : "");
    return;
}

if (args is ["peer", ..])
{
    int Number(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
    PeerComparison.Run(
        Console.Out,
        tokens: Number(1, 256),
        pairs: Number(2, 5),
        threads: Number(3, Environment.ProcessorCount),
        python: args.Length > 4 ? args[4] : "python3");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickTable).Assembly).Run(args);

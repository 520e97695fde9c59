using BenchmarkDotNet.Running;
using TinT.Benchmarks;

if (args is ["quick", ..])
{
    QuickTable.Print(Console.Out, args.Length > 1 ? args[1] : "");
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(QuickTable).Assembly).Run(args);

using ILGPU.Runtime;

namespace TinT.Cli.Tests;

/// <summary>A machine with an integrated GPU, which has the most memory, and a CUDA card.</summary>
internal static class Machine
{
    public const string Card = "Fast Card", Integrated = "Integrated Graphics";

    public static EmulatedMachine WithGpus() => new(
        new EmulatedDevice(Integrated, AcceleratorType.OpenCL, 256, 64L << 30),
        new EmulatedDevice(Card, AcceleratorType.Cuda, 1024, 4L << 30) { Processors = 14 });
}

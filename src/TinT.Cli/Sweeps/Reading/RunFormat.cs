using TinT.Compiler.Specs.Format;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>The section <c>run</c>: how work is cut and where it runs.</summary>
internal static class RunFormat
{
    public static readonly IntegerKey Batch = new("batch", Required: false, 1, 1 << 10, "4")
    {
        Description = "Blocks of a text that are one unit of work. More keep more threads of a small model busy; fewer lose less when a process is lost.",
        Default = 4,
    };

    public static readonly TextKey Device = new("device", Required: false, "cpu") { Description = "Where compiled simulators run, as --device. Default: cpu." };

    public static readonly IntegerKey Threads = new("threads", Required: false, 1, 1024, "2")
    {
        Description = "Threads of a process, and cores of a job. Default: one for each processor; in a job one for each block of a batch.",
    };

    public static readonly SectionKey Section = new("run", "run", Required: false, [Batch, Device, Threads])
    {
        Description = "How work is cut into units, and where it runs.",
    };
}

using System.Diagnostics;
using TinT.Runtime.Ilgpu;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;
namespace TinT.Devices.Tests;
public class Measure
{
    [Theory, InlineData("Wide"), InlineData("Narrow")]
    public void All(string devices)
    {
        var lines = new List<string>();
        void Log(string s) { lines.Add(s); File.AppendAllText("/tmp/w/measure.txt", s + "\n"); }
        TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew(); var cpu = Cpu();
        void Lap(string what) { Log($"{devices} {what}: wall {watch.Elapsed.TotalSeconds:0.0} cpu {(Cpu() - cpu).TotalSeconds:0.0}"); watch.Restart(); cpu = Cpu(); }
        var cases = new[] { "gpt2_var_gradmask_iclmask_posids", "opt_2step_all_f70", "gpt2_var_mask_all_ones" }.Select(GoldenCases.Open).ToArray();
        var specs = cases.SelectMany(g => new[] { "primal", "dual" }.Select(f => (File.ReadAllText(g.SpecPath).Replace("training:", $"training:\n  update: {f}"), g.SpecPath, f))).ToArray();
        var code = new GpuCode(devices, specs);
        Lap($"C#, {code.Kernels} members");
        using GpuDevice device = devices == "Wide" ? ProcessorOpenCl.Open() : GpuDevices.Open("ilgpu-cpu");
        Lap("open " + device.Description);
        foreach (var g in cases)
            foreach (var f in new[] { "primal", "dual" })
            {
                using ISimulator s = code.Load(device, f, g.Description.Model, g.Folder);
                Lap($"load {g} {f}");
                Agreement.AssertAuthors(s, g);
                Lap($"run {g} {f}");
                var r = s.Run(g.ReadBatch(), new RunOptions { WeightUpdates = true });
                Lap($"rerun {g} {f}");
                Log($"error {Difference.OfUpdate(Difference.Widen(r.LogitsAfter!), g.ReadExpected("logits_after"), g.ReadExpected("logits_before"))} before {Difference.Largest(Difference.Widen(r.LogitsBefore!), g.ReadExpected("logits_before"))}");
            }
    }
}

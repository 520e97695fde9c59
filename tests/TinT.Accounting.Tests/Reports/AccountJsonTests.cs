using System.Text;
using TinT.Accounting.Accounts;
using TinT.Accounting.Gpu;
using TinT.Accounting.Reports;
using TinT.Compiler.Compilation;
using TinT.Compiler.Layout;
using TinT.Runtime.Cpu.Memory;
using TinT.Tests.Common;

namespace TinT.Accounting.Tests.Reports;

/// <summary>The format of <c>tint plan --json</c>, by which programs read it: every field in its place. Of long lists the first two entries stand for all.</summary>
public sealed class AccountJsonTests
{
    private static readonly SmallSpec spec = new("Planned") { LayerCount = 1, TrainedLayers = 1 };

    private static readonly CompiledModel model = SpecCompiler.Compile(spec.Text, spec.FileName).Compiled!;

    [Fact]
    public void A_plan_has_these_fields() => Snapshot.Match(Shortened(Json(new PlannedRun(8, 3, 2, 1, 1) { Weights = WeightStorage.BFloat16 })), "json");

    [Fact]
    public void A_plan_for_a_GPU_has_these_fields_more()
    {
        PlannedRun run = new(8, 3, 1, 1, 1);
        string whole = Json(run, GpuAccount.Of(model, run, GpuProfile.Laptop, [model]));

        string start = Json(run);
        Assert.StartsWith(start[..^"\n}\n".Length], whole, StringComparison.Ordinal);
        Snapshot.Match(Shortened(whole[(start.Length - "}\n".Length)..]), "json");
    }

    /// <summary>Without the third and further objects of each list.</summary>
    private static string Shortened(string json)
    {
        StringBuilder shortened = new();
        Stack<int> objects = new([0]);
        int left = int.MaxValue;
        foreach (string line in json.TrimEnd().Split('\n'))
        {
            int indent = line.Length - line.TrimStart().Length;
            if (line.EndsWith('['))
                objects.Push(0);
            if (line.EndsWith('{') && line.Trim() == "{")
            {
                objects.Push(objects.Pop() + 1);
                left = objects.Peek() > 2 ? Math.Min(left, indent) : left;
            }

            if (left == int.MaxValue)
                shortened.Append(line).Append('\n');
            if (indent == left && line.Trim() is "}" or "},")
                left = int.MaxValue;
            if (line.Trim() is "]" or "],")
                objects.Pop();
        }

        return shortened.ToString();
    }

    private static string Json(PlannedRun run, params GpuAccount[] gpus)
    {
        using MemoryStream stream = new();
        AccountJson.Write(stream, SimulatorAccount.Of(model, run, threads: 2) with { Gpus = gpus });
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

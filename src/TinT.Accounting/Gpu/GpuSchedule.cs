using TinT.Accounting.Kernels;
using TinT.Accounting.Launches;
using TinT.Compiler.Devices;
using TinT.Compiler.Emission.Ilgpu;
using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Runs;

namespace TinT.Accounting.Gpu;

/// <summary>The launches of a generated GPU simulator for one sequence, in order.</summary>
public static class GpuSchedule
{
    /// <summary>The launches of a run whose training part is its first tokens, without ICL mask and without logits for the caller.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    /// <param name="tile">Shape of the groups.</param>
    /// <param name="run">The run.</param>
    /// <exception cref="NotSupportedException">The program has a kernel whose cost is not known.</exception>
    public static IEnumerable<GpuLaunch> Of(CompiledModel model, GroupTile tile, PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(tile);
        ArgumentNullException.ThrowIfNull(run);
        LaunchShapes shapes = new(tile);
        HeadLaunches head = new(model, shapes, GpuArena.Of(model), run);
        UpdateForm form = model.Program.FormOf(run.Tokens);
        foreach (RoutineCall call in run.Calls(model.Spec.Auxiliary.LayerCount))
        {
            IEnumerable<GpuLaunch> launches = call.Head is { } pass ? head.Of(pass) : Launches(model, shapes, run, form, call);
            foreach (GpuLaunch launch in launches)
                yield return launch with { Routine = call.Routine, Head = call.Head };
        }
    }

    private static IEnumerable<GpuLaunch> Launches(CompiledModel model, LaunchShapes shapes, PlannedRun run, UpdateForm form, RoutineCall call)
    {
        Routine routine = model.Program.Routines[(int)call.Routine];
        foreach (GpuStep step in IlgpuKernels.Launches(model, call.Routine))
        {
            bool attention = step.Kernel.Kind == KernelKind.LinearAttention;
            int attended = form == UpdateForm.Dual ? call.Updates : 0;
            bool skipped = (call.Lowest && !attention && routine.LeavesBlock(step.Index))
                || (step.Kernel.Form is { } only && only != form)
                || (step.OnlyAttended && attended == 0);
            if (skipped)
                continue;
            for (int earlier = 0; earlier < (attention ? attended : 1); earlier++)
            {
                foreach (GpuLaunch launch in KernelAccount.Of(step.Kernel.Kind).Launches(new LaunchRun(model, shapes, run, call, step)))
                    yield return launch;
            }
        }
    }
}

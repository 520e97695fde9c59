using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The model as GPU kernels run it: with updated copies of the weights, whatever form of the update the CPU chooses.</summary>
internal static class GpuModel
{
    /// <summary>The same model lowered to the primal form.</summary>
    /// <exception cref="InvalidOperationException">The forms lay parameters out differently.</exception>
    public static CompiledModel Of(CompiledModel model)
    {
        if (!model.Program.HasDual)
            return model;
        TrainingSpec training = model.Spec.Training;
        ModelSpec spec = model.Spec with { Training = training with { Update = training.Update with { Value = UpdateForm.Primal } } };
        KernelProgram program = LowerGraph.Run(model.Graph with { Spec = spec });
        ParameterLayout parameters = PlanParameters.Run(program);
        if (parameters != model.Parameters)
            throw new InvalidOperationException($"The forms of {model.Name} lay its parameters out differently.");
        return model with { Spec = spec, Program = program, Parameters = parameters, Buffers = PlanBuffers.Run(program) };
    }

    /// <summary>Floats of attention statistics for each token.</summary>
    /// <param name="model">The model as GPU kernels run it.</param>
    public static int StatisticsColumns(CompiledModel model) => model.Program.Kernels
        .Where(kernel => kernel.Kind == KernelKind.AttentionBackward)
        .Select(kernel => model.Spec.Auxiliary.HeadCount * IlgpuAttentionBackward.StatisticsPerRow(kernel))
        .DefaultIfEmpty(0)
        .Max();
}

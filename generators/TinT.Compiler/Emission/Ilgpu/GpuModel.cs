using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>The model as GPU kernels run it: with updated copies of the weights, whatever form of the update the CPU chooses.</summary>
public static class GpuModel
{
    /// <summary>The same model lowered to the primal form.</summary>
    /// <param name="model">The model as the CPU runs it.</param>
    /// <exception cref="InvalidOperationException">The forms lay parameters out differently.</exception>
    public static CompiledModel Of(CompiledModel model)
    {
        if (!model.Program.HasDual)
            return model;
        ModelSpec spec = SpecOf(model.Spec);
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

    /// <summary>The spec with the update in its primal form.</summary>
    /// <param name="spec">The spec.</param>
    public static ModelSpec SpecOf(ModelSpec spec) =>
        spec with { Training = spec.Training with { Update = spec.Training.Update with { Value = UpdateForm.Primal } } };
}

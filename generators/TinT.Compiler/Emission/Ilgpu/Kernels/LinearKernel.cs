using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>y = x Wᵀ + b, with the residual or the activation behind it if there is one.</summary>
internal sealed class LinearKernel : IKernelKind
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are both.</exception>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        (Kernel kernel, Kernel? activation, _, _) = step;
        Operand x = kernel.Inputs[0];
        Operand y = kernel.Outputs[0];
        string result = MatrixText.OfTokens(model, "y", y);
        IlgpuParameter bias = IlgpuParameter.Floats("bias", $"{PlanParameters.BiasName(kernel)}, [{y.Columns}].");
        IlgpuParameter stored = IlgpuParameter.Floats("y", $"{y.Buffer}, [T, {y.Columns}].");
        (string formula, string finish, IlgpuParameter[] views, string[] arguments) = (kernel.Residual, activation) switch
        {
            (null, null) => ("y = x Wᵀ + b", "Bias", new[] { bias, stored }, new[] { "bias", result }),
            ({ } residual, null) => (
                "y = residual + x Wᵀ + b",
                "BiasAndResidual",
                [bias, IlgpuParameter.Floats("residual", $"{residual.Buffer}, [T, {y.Columns}]; may be y."), stored],
                ["bias", MatrixText.OfTokens(model, "residual", residual), result]),
            (null, { } behind) => (
                "y = x Wᵀ + b, s = act(y)",
                $"BiasAndActivation<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                [bias, stored, IlgpuParameter.Floats("activated", $"{behind.Outputs[0].Buffer}, [T, {y.Columns}].")],
                ["bias", result, MatrixText.OfTokens(model, "activated", behind.Outputs[0])]),
            _ => throw new InvalidOperationException($"{kernel.Module} has a residual and an activation, for which there is no GPU kernel."),
        };
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            formula,
            KernelText.Folded(model, kernel, "LinearForward" + (activation is null ? string.Empty : " and ActivationForward"), KernelText.Widest(kernel)),
            kernel.Origin,
            [
                IlgpuParameter.Floats("x", $"{x.Buffer}, [T, {x.Columns}]."),
                IlgpuParameter.Floats("weight", ProductDocs.Weight(kernel, y.Columns, x.Columns)),
                .. views,
                IlgpuParameter.Count("rows", ProductDocs.Rows),
            ],
            CallText.Of(
                $"Product.TimesTransposed<TGroup, {finish}>",
                MatrixText.OfTokens(model, "x", x),
                MatrixText.OfWeights("weight", y.Columns, x.Columns),
                $"new({string.Join(", ", arguments)})"));
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ProductTiles({Integer(launch.Kernel.Outputs[0].Columns)}, {launch.Rows})",
            [launch.Inputs[0], launch.Weight, launch.Bias],
            launch.Residual,
            [launch.Outputs[0]],
            launch.Activation is null ? [] : [launch.View(launch.Activation.Outputs[0])],
            [launch.Rows]);
    }
}

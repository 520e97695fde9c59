using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Kernels;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>∂x = ∂y W, with the residual or the activation's difference behind it if there is one.</summary>
internal sealed class LinearBackwardKernel : IKernelKind
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">There are both.</exception>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        (Kernel kernel, Kernel? activation, _, _) = step;
        Operand gradient = kernel.Inputs[0];
        Operand result = activation?.Outputs[0] ?? kernel.Outputs[0];
        int terms = gradient.Columns / kernel.Heads;
        int columns = kernel.Outputs[0].Columns / kernel.Heads;
        string activationType = model.Spec.Auxiliary.Activation.Value.TypeName;
        string stored = MatrixText.OfTokens(model, "inputGradient", result, heads: kernel.Heads);
        (string formula, string finish, IlgpuParameter[] views, string[] arguments) = (kernel.Residual, activation) switch
        {
            (null, null) => ("∂x = ∂y W", "Result", Array.Empty<IlgpuParameter>(), new[] { stored }),
            ({ } residual, null) => (
                "∂x = residual + ∂y W",
                "Residual",
                [IlgpuParameter.Floats("residual", $"{residual.Buffer}, [R, {columns}]; may be the result.")],
                [MatrixText.OfTokens(model, "residual", residual, heads: kernel.Heads), stored]),
            (null, { Kind: KernelKind.GateBackward } behind) => (
                "∂s = ∂y W, ∂p = ∂s ∘ act(z), ∂z = N (act(z + ∂s ∘ p/N) − act(z))",
                $"GateGradient<{activationType}>",
                [
                    IlgpuParameter.Floats("gate", $"{behind.Inputs[1].Buffer} at the same rows, z in [R, {columns}]."),
                    IlgpuParameter.Floats("up", $"{behind.Inputs[2].Buffer} at the same rows, p in [R, {columns}]."),
                    IlgpuParameter.Floats("upGradient", $"{behind.Outputs[1].Buffer}, ∂p in [R, {columns}]."),
                ],
                [
                    MatrixText.OfTokens(model, "gate", behind.Inputs[1]),
                    MatrixText.OfTokens(model, "up", behind.Inputs[2]),
                    stored,
                    MatrixText.OfTokens(model, "upGradient", behind.Outputs[1]),
                    "TaylorScale",
                ]),
            (null, { } behind) => (
                "∂s = ∂y W, ∂z = N (act(z + ∂s/N) − act(z))",
                $"ActivationGradient<{activationType}>",
                [IlgpuParameter.Floats("preActivation", $"{behind.Inputs[1].Buffer} at the same rows, [R, {columns}].")],
                [MatrixText.OfTokens(model, "preActivation", behind.Inputs[1]), stored, "TaylorScale"]),
            _ => throw new InvalidOperationException(
                $"{kernel.Module} has a residual and an activation behind its backward, for which there is no GPU kernel."),
        };
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            formula,
            KernelText.Folded(model, kernel, "LinearBackward" + (activation is null ? string.Empty : $" and {activation.Kind}"), KernelText.Widest(kernel)),
            kernel.Origin,
            [
                IlgpuParameter.Floats("gradient", $"{gradient.Buffer}, [R, {terms}]."),
                IlgpuParameter.Floats("weight", ProductDocs.Weight(kernel, terms, columns)),
                .. views,
                IlgpuParameter.Floats("inputGradient", $"{result.Buffer}, [R, {columns}]."),
                IlgpuParameter.Count("rows", ProductDocs.Rows),
            ],
            CallText.Of(
                $"Product.Times<TGroup, {finish}>",
                MatrixText.OfTokens(model, "gradient", gradient, heads: kernel.Heads),
                MatrixText.OfWeights("weight", terms, columns),
                $"new({string.Join(", ", arguments)})"))
        {
            Product = finish == "Result"
                ? new PlainProduct(
                    MatrixText.Stride(model, gradient, kernel.Heads), Integer(columns), Transposed: false, MatrixText.Stride(model, result, kernel.Heads), Integer(columns), Integer(terms))
                : null,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ProductTiles({Integer(launch.Kernel.Outputs[0].Columns / launch.Kernel.Heads)}, {launch.Rows})",
            [launch.Inputs[0], launch.Weight],
            launch.Activation is null ? [] : launch.Activation.Inputs.Skip(1).Concat(launch.Activation.Outputs.Skip(1)).Select(launch.View),
            launch.Residual,
            [launch.Activation is null ? launch.Outputs[0] : launch.View(launch.Activation.Outputs[0]), launch.Rows]);
    }
}

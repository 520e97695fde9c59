using TinT.Compiler.Emission.Ilgpu.Launches;
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
        int inputs = x.Columns / kernel.Heads;
        int outputs = y.Columns / kernel.Heads;
        bool biased = HasBias(kernel);
        string sum = biased ? "x Wᵀ + b" : "x Wᵀ";
        string result = MatrixText.OfTokens(model, "y", y, heads: kernel.Heads);
        IlgpuParameter[] bias = biased ? [IlgpuParameter.Floats("bias", $"{PlanParameters.BiasName(kernel)}, [{outputs}].")] : [];
        IlgpuParameter stored = IlgpuParameter.Floats("y", $"{y.Buffer}, [T, {outputs}].");
        (string formula, string finish, IlgpuParameter[] views, string[] arguments) = (kernel.Residual, activation) switch
        {
            (null, null) => ($"y = {sum}", biased ? "Bias" : "Result", new[] { stored }, new[] { result }),
            ({ } residual, null) => (
                $"y = residual + {sum}",
                biased ? "BiasAndResidual" : "Residual",
                [IlgpuParameter.Floats("residual", $"{residual.Buffer}, [T, {outputs}]; may be y."), stored],
                [MatrixText.OfTokens(model, "residual", residual, heads: kernel.Heads), result]),
            (null, { } behind) => (
                $"y = {sum}, s = act(y)",
                $"{(biased ? "BiasAndActivation" : "Activated")}<{model.Spec.Auxiliary.Activation.Value.TypeName}>",
                [stored, IlgpuParameter.Floats("activated", $"{behind.Outputs[0].Buffer}, [T, {outputs}].")],
                [result, MatrixText.OfTokens(model, "activated", behind.Outputs[0])]),
            _ => throw new InvalidOperationException($"{kernel.Module} has a residual and an activation, for which there is no GPU kernel."),
        };
        yield return new IlgpuKernel(
            KernelNames.Of(kernel),
            formula,
            KernelText.Folded(model, kernel, "LinearForward" + (activation is null ? string.Empty : " and ActivationForward"), KernelText.Widest(kernel)),
            kernel.Origin,
            [
                IlgpuParameter.Floats("x", $"{x.Buffer}, [T, {inputs}]."),
                IlgpuParameter.Floats("weight", ProductDocs.Weight(kernel, outputs, inputs)),
                .. bias,
                .. views,
                IlgpuParameter.Count("rows", ProductDocs.Rows),
            ],
            CallText.Of(
                $"Product.TimesTransposed<TGroup, {finish}>",
                MatrixText.OfTokens(model, "x", x, heads: kernel.Heads),
                MatrixText.OfWeights("weight", outputs, inputs),
                $"new({string.Join(", ", [.. bias.Select(view => view.Name), .. arguments])})"))
        {
            Product = finish == "Result"
                ? new PlainProduct(
                    MatrixText.Stride(model, x, kernel.Heads), Integer(inputs), Transposed: true, MatrixText.Stride(model, y, kernel.Heads), Integer(outputs), Integer(inputs))
                : null,
        };
    }

    /// <inheritdoc/>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        yield return launch.Call(
            $"ProductTiles({Integer(launch.Kernel.Outputs[0].Columns / launch.Kernel.Heads)}, {launch.Rows})",
            [launch.Inputs[0], launch.Weight],
            HasBias(launch.Kernel) ? [launch.Bias] : [],
            launch.Residual,
            [launch.Outputs[0]],
            launch.Activation is null ? [] : [launch.View(launch.Activation.Outputs[0])],
            [launch.Rows]);
    }

    private static bool HasBias(Kernel kernel) => kernel.BiasShare != Share.None;
}

using TinT.Compiler.Emission.Ilgpu.Launches;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using static TinT.Compiler.Text.Identifiers;

namespace TinT.Compiler.Emission.Ilgpu.Kernels;

/// <summary>
/// Backward of the auxiliary model's own attention. A first kernel finds each row's largest score and sum again; the others
/// recompute the weights from them, tile by tile, and apply them to the gradient.
/// </summary>
internal sealed class AttentionBackwardKernels : IKernelKind
{
    /// <summary>Name of the kernel that finds the rows' statistics.</summary>
    public const string Statistics = "AttentionStatistics";

    private const string OfKeys = "AttentionBackward: one group for each tile of keys and head. Rows that are not trained are cleared.";

    private static readonly IlgpuParameter[] Range =
    [
        IlgpuParameter.Count("firstRow", "First row of the training part."),
        IlgpuParameter.Count("rows", "Rows R of the training part."),
    ];

    private static readonly IlgpuParameter Trained = IlgpuParameter.Floats("trained", "1 where a row is trained, else 0, [R].");

    /// <summary>Floats of a row's statistics: its largest score, the inverse of its sum, and Σ A ∘ ∂A for exact gradients.</summary>
    public static int StatisticsPerRow(Kernel kernel) => IsExact(kernel) ? 3 : 2;

    /// <summary>Floats of attention statistics for each token; 0 if no gradient goes through attention.</summary>
    public static int StatisticsColumns(CompiledModel model) => model.Program.Kernels
        .Where(kernel => kernel.Kind == KernelKind.AttentionBackward)
        .Select(kernel => model.Spec.Auxiliary.HeadCount * StatisticsPerRow(kernel))
        .DefaultIfEmpty(0)
        .Max();

    /// <summary>Whether the gradient goes through the scores as well.</summary>
    public static bool IsExact(Kernel kernel) => kernel.Outputs.Count > 1;

    /// <inheritdoc/>
    public IEnumerable<IlgpuKernel> Kernels(CompiledModel model, GpuStep step)
    {
        Kernel kernel = step.Kernel;
        bool exact = IsExact(kernel);
        string scores = Compiler.Kernels.Attention.Scores(model);
        bool scaled = model.Spec.Auxiliary.Model.ScalesScores;
        string slopes = Compiler.Kernels.Attention.ScoreGradients(model.Spec.Auxiliary.Model);
        string divisor = Compiler.Kernels.Attention.Divisor(model.Spec.Auxiliary.Model);
        string query = MatrixText.OfTokens(model, "query", kernel.Inputs[1], "tokens");
        string key = MatrixText.OfTokens(model, "key", kernel.Inputs[2], "tokens");
        string gradient = MatrixText.OfTokens(model, "contextGradient", kernel.Inputs[0]);
        string[] operands = exact ? [query, key, MatrixText.OfTokens(model, "value", kernel.Inputs[3], "tokens"), gradient] : [query, key];
        string[] place = [.. AttentionText.Arguments(model), "firstRow", "rows"];
        IlgpuKernel Of(string name, string formula, string construction, IEnumerable<IlgpuParameter> parameters, string body, params string[] arguments) => new(
            name,
            $"{scores}{formula}",
            construction,
            kernel.Origin,
            [
                .. Operands(kernel),
                IlgpuParameter.Floats("statistics", $"[heads, R, {StatisticsPerRow(kernel)}]."),
                .. parameters,
                .. AttentionText.Parameters(model),
                .. Range,
            ],
            CallText.Of($"AttentionGradient.{body}<TGroup>", [.. arguments, .. place]));
        IlgpuParameter Result(string name, Operand operand) => IlgpuParameter.Floats(name, $"{operand.Buffer}, [R, {operand.Columns}].");

        yield return Of(
            Statistics,
            ": the largest score and 1 / Σ exp(score − largest) of each row" + (exact ? ", and Σ_j A ∘ ∂A" : string.Empty),
            "AttentionBackward: scores recomputed from the tokens' memory.",
            [],
            exact ? "ExactStatistics" : "Statistics",
            [.. operands, "statistics"]);
        yield return Of(
            "AttentionToValues",
            "; ∂v = Aᵀ ∂c",
            OfKeys,
            [Trained, Result("valueGradient", kernel.Outputs[0])],
            "ToValues",
            query,
            key,
            gradient,
            "statistics",
            Integer(StatisticsPerRow(kernel)),
            "trained",
            MatrixText.OfTokens(model, "valueGradient", kernel.Outputs[0]));
        if (!exact)
            yield break;
        yield return Of(
            "AttentionToQueries",
            $"; ∂A = ∂c vᵀ, {slopes}, ∂q = ∂S k{divisor}",
            "AttentionBackward: one group for each tile of queries and head.",
            [Result("queryGradient", kernel.Outputs[1])],
            "ToQueries",
            [.. operands, "statistics", MatrixText.OfTokens(model, "queryGradient", kernel.Outputs[1])]);
        yield return Of(
            "AttentionToKeys",
            scaled ? $"; ∂k = ∂Sᵀ q{divisor}, {slopes}" : $"; ∂k = ∂Sᵀ q, {slopes}",
            OfKeys,
            [Trained, Result("keyGradient", kernel.Outputs[2])],
            "ToKeys",
            [.. operands, "statistics", "trained", MatrixText.OfTokens(model, "keyGradient", kernel.Outputs[2])]);
    }

    /// <inheritdoc/>
    /// <remarks>Statistics of the rows first; scores need the queries and keys of all rows.</remarks>
    public IEnumerable<string> Launches(LaunchText launch)
    {
        Kernel kernel = launch.Kernel;
        string[] outputs = launch.Outputs;
        string[] operands = [.. kernel.Inputs.Skip(1).Select(launch.AllRows), launch.View(kernel.Inputs[0])];
        string[] range = [.. AttentionText.Launched(launch.Model), "run.FirstTrainingRow", "run.TrainingRows"];
        string ofKeys = AttentionText.KeyTiles(launch.Model, "run.TrainingRows");
        string Call(string name, params string[] arguments) => CallText.Of(name, arguments) + ";";
        yield return Call(Statistics, ["AttentionTiles(run.TrainingRows, HeadCount, 1)", .. operands, "Statistics", .. range]);
        yield return Call("AttentionToValues", [ofKeys, .. operands, "Statistics", "Trained", outputs[0], .. range]);
        if (!IsExact(kernel))
            yield break;
        yield return Call("AttentionToQueries", [AttentionText.Tiles(launch.Model, "run.TrainingRows"), .. operands, "Statistics", outputs[1], .. range]);
        yield return Call("AttentionToKeys", [ofKeys, .. operands, "Statistics", "Trained", outputs[2], .. range]);
    }

    private static IEnumerable<IlgpuParameter> Operands(Kernel kernel)
    {
        yield return IlgpuParameter.Floats("query", $"query, [T, {kernel.Inputs[1].Columns}].");
        yield return IlgpuParameter.Floats("key", $"key, [T, {kernel.Inputs[2].Columns}].");
        if (IsExact(kernel))
            yield return IlgpuParameter.Floats("value", $"value, [T, {kernel.Inputs[3].Columns}].");
        yield return IlgpuParameter.Floats("contextGradient", $"context_gradient, [R, {kernel.Inputs[0].Columns}].");
    }
}

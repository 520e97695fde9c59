using TinT.Literal.Parameters;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// The descent of the gain that all heads of queries or keys share, as a matrix [d, d] or its diagonal: head after head moves it, so that it moves by their
/// sum. The embeddings are as for <see cref="HeadNormBackward"/>.
/// </summary>
public sealed class HeadNormDescent : ProgramModule
{
    private const string Heads = "heads";
    private const string Moved = "moved";
    private const string Input = "raw";
    private const string Normalized = "raw_normalised";

    private readonly HeadSlices slices;
    private readonly LinearDescent descent;
    private readonly int normalized;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and learning rate.</param>
    /// <param name="heads">Heads of the signal.</param>
    /// <param name="keepsDiagonal">Whether the gain moves as a vector.</param>
    public HeadNormDescent(string scope, ConstructionSettings construction, int heads, bool keepsDiagonal = false)
        : base(scope)
    {
        slices = new HeadSlices(construction, heads, trainsGain: true);
        normalized = construction.HiddenSize - construction.AuxiliarySize;
        descent = new LinearDescent(scope, construction, normalized, hasBias: false, keepsDiagonal);
    }

    /// <inheritdoc/>
    public override string Program => "head_norm_descent";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => descent.Parameters;

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new TakePrefixStep(from, Moved),
        .. slices.All.SelectMany(slice => (IEnumerable<ModuleStep>)
        [
            .. HeadSlices.Take(null, from, slices.Width + slice.Start, slice.Width, Input),
            new NormalizeStep(Input, Normalized, slices.Norm),
            .. HeadSlices.Take(Moved, from, slice.Start, slice.Width, Heads),
            new AddToTokensStep(Normalized, 0, Heads, normalized, slice.Width),
            .. descent.StepsBetween(Heads, Moved),
        ]),
        new TakePrefixStep(Moved, to),
    ];
}

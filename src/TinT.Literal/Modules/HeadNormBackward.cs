using TinT.Literal.Parameters;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// Through a norm of each head: the Taylor difference along ∂y G, slice after slice of heads. The gradient is in front of the tokens, and behind it, as wide, what
/// was normalized, made again of what queries and keys are made of.
/// </summary>
public sealed class HeadNormBackward : ProgramModule
{
    private const string Heads = "heads";
    private const string Input = "raw";
    private const string Normalized = "raw_normalised";
    private const string Difference = "difference";

    private readonly HeadSlices slices;
    private readonly LayerNormBackward norm;
    private readonly int normalized;
    private readonly int input;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes and Taylor scale.</param>
    /// <param name="heads">Heads of the signal.</param>
    /// <param name="trainsGain">Whether the gain is trained.</param>
    public HeadNormBackward(string scope, ConstructionSettings construction, int heads, bool trainsGain)
        : base(scope)
    {
        slices = new HeadSlices(construction, heads, trainsGain);
        input = construction.HiddenSize - construction.AuxiliarySize;
        normalized = input - construction.AuxiliarySize;
        norm = new LayerNormBackward(scope, construction, normalized, input, slices.Norm);
    }

    /// <inheritdoc/>
    public override string Program => "head_norm_backward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => norm.Parameters;

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new TakePrefixStep(from, to),
        .. slices.All.SelectMany(slice => (IEnumerable<ModuleStep>)
        [
            .. HeadSlices.Take(null, from, slices.Width + slice.Start, slice.Width, Input),
            new NormalizeStep(Input, Normalized, slices.Norm),
            .. HeadSlices.Take(from, from, slice.Start, slice.Width, Heads),
            new AddToTokensStep(Normalized, 0, Heads, normalized, slice.Width),
            new AddToTokensStep(Input, 0, Heads, input, slice.Width),
            .. norm.StepsBetween(Heads, Difference),
            new AddToTokensStep(Difference, 0, to, slice.Start, slice.Width),
        ]),
    ];
}

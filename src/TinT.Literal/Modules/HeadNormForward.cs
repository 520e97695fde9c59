using TinT.Literal.Parameters;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// Queries or keys normalized head by head, times a gain that all heads share. One norm module runs for each slice of heads that a row of D coordinates holds.
/// </summary>
public sealed class HeadNormForward : ProgramModule
{
    private const string Heads = "heads";
    private const string Product = "product";

    private readonly HeadSlices slices;
    private readonly LayerNormForward norm;

    /// <summary>Creates a module.</summary>
    /// <param name="scope">Name in front of its parameters, empty or with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    /// <param name="heads">Heads of the signal.</param>
    /// <param name="trainsGain">Whether the gain is trained.</param>
    public HeadNormForward(string scope, ConstructionSettings construction, int heads, bool trainsGain)
        : base(scope)
    {
        slices = new HeadSlices(construction, heads, trainsGain);
        int size = construction.AuxiliarySize;
        norm = new LayerNormForward(scope, construction, construction.HiddenSize - (2 * size), construction.HiddenSize - size, slices.Norm);
    }

    /// <inheritdoc/>
    public override string Program => "head_norm_forward";

    /// <inheritdoc/>
    public override IEnumerable<ParameterDefinition> Parameters => norm.Parameters;

    /// <inheritdoc/>
    internal override IEnumerable<ModuleStep> StepsBetween(string from, string to) =>
    [
        new TakePrefixStep(from, to),
        .. slices.All.SelectMany(slice => (IEnumerable<ModuleStep>)
        [
            .. HeadSlices.Take(from, from, slice.Start, slice.Width, Heads),
            .. norm.StepsBetween(Heads, Product),
            new AddToTokensStep(Product, 0, to, slice.Start, slice.Width),
        ]),
    ];
}

using TinT.Literal.Parameters;
using TinT.Literal.Primitives;
using TinT.Literal.Programs;

namespace TinT.Literal.Modules;

/// <summary>
/// Clears what a descent has made beside the diagonal of a matrix in the prefix, so that diag(gain) stays one: linear attention of each prefix to itself, whose
/// value is its one-hot code, and a split map that brings the code to the places of the diagonal give a mask, a product applies it. Of the bias, which
/// prefix 0 alone has, all is kept; of tokens nothing.
/// </summary>
internal sealed class DiagonalMask
{
    private const string Mask = "diagonal";

    private readonly SimulatorAttention codes;
    private readonly SplitMap places;

    /// <summary>Creates a mask.</summary>
    /// <param name="scope">Name in front of its parameters, with a dot at the end.</param>
    /// <param name="construction">Sizes.</param>
    public DiagonalMask(string scope, ConstructionSettings construction)
    {
        int size = construction.AuxiliarySize;
        int sharding = construction.Sharding;
        codes = Attention(scope + "attnt_module.", construction);
        IEnumerable<(int Part, Link Link)> rows =
            from row in Enumerable.Range(0, sharding)
            from prefix in Enumerable.Range(0, construction.PrefixCount)
            select (row, new Link(prefix, (prefix * sharding) + row));
        IEnumerable<(int Part, Link Link)> bias = Enumerable.Range(0, size).Select(element => (sharding, new Link(0, element)));
        places = new SplitMap(scope + "diagonal_conv", construction.HiddenSize / size, size, rows.Concat(bias));
    }

    /// <summary>Every parameter of the mask.</summary>
    public IEnumerable<ParameterDefinition> Parameters => [.. codes.Parameters, .. places.Parameters];

    /// <summary>The operations that apply it to a register.</summary>
    /// <param name="from">Register with embeddings; the mask is made of their positions.</param>
    /// <param name="change">Register that is masked.</param>
    public IEnumerable<ModuleStep> StepsOver(string from, string change) =>
    [
        new AttentionStep(from, Mask, codes, MaskRule.Causal),
        new MapStep(Mask, Mask, places),
        new MultiplyStep(change, Mask, change),
    ];

    private static SimulatorAttention Attention(string scope, ConstructionSettings construction)
    {
        // The first head of each row of the prefix, and of the bias.
        int[] heads =
        [
            .. LinearMaps.WeightHeads(construction).Where(head => head.Part == 0).Select(head => head.Head),
            .. LinearMaps.BiasHeads(construction).Where(head => head.Part == 0).Select(head => head.Head),
        ];
        AttentionRole[] roles = [AttentionRole.Query, AttentionRole.Key, AttentionRole.Value];
        return new SimulatorAttention
        {
            HeadCount = construction.LinearHeadCount,
            Kind = AttentionKind.Linear,
            Query = LinearMaps.None(scope + "q_attn", construction),
            Key = LinearMaps.None(scope + "k_attn", construction),
            Value = LinearMaps.None(scope + "v_attn", construction),
            Positions = LinearMaps.Positions(scope + "p_attn", construction, roles.SelectMany(role => LinearMaps.PrefixCodes(construction, role))),
            Expansion = LinearMaps.Expansion(scope + "p_expand", construction, roles.SelectMany(role => heads.Select(head => (role, head)))),
            Projection = LinearMaps.Projection(scope + "c_proj", construction, heads.Select(head => new Link(head, head))),
        };
    }
}

using TinT.Literal.Parameters;
using TinT.Reference.Matrices;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Modules;

/// <summary>A literal module with one wrong parameter gives wrong embeddings: nothing goes past the parameters.</summary>
public sealed class MutationTests
{
    // The values that are lost or moved are of the order of 0.01 … 1; agreement is at 1e-12.
    private const double Disagreement = 1e-3;

    // Sizes of the golden modules.
    private const int Context = 16;
    private const int PrefixCount = 8;
    private const int Codes = 3 * PrefixCount;
    private const int Heads = 20;
    private const int Parts = 5;
    private const int Size = 32;

    public static TheoryData<string, string, int> WrongEntries => new()
    {
        { "linear_forward", "gates.new_v.bias", 0 },
        { "linear_forward", "gates.new_v.weight", Context },
        { "linear_forward", "gates.old_v.weight", Context },
        { "linear_forward", "attnt_module.q_attn_head.weight", 0 },
        { "linear_forward", "attnt_module.q_attn.weight", 0 },
        { "linear_forward", "attnt_module.k_attn_head.weight", 0 },
        { "linear_forward", "attnt_module.k_attn.weight", 0 },
        { "linear_forward", "attnt_module.v_attn_head.weight", (Heads + 1) * 16 },
        { "linear_forward", "attnt_module.v_attn.weight", 16 * PrefixCount * PrefixCount },
        { "linear_forward", "attnt_module.p_attn.weight", 0 },
        { "linear_forward", "attnt_module.p_attn.weight", (Context * Codes) + PrefixCount },
        { "linear_forward", "attnt_module.p_attn.weight", ((Context + 5) * Codes) + (2 * PrefixCount) + 5 },
        { "linear_forward", "attnt_module.p_expand.weight", 16 },
        { "linear_forward", "attnt_module.p_expand.weight", Heads + 16 },
        { "linear_forward", "attnt_module.p_expand.weight", 2 * Heads },
        { "linear_forward", "attnt_module.c_proj.weight", 0 },
        { "linear_forward", "permutation_conv.weight", Size + 4 },
        { "linear_forward", "permutation_conv.weight", Size * Size },
        { "linear_forward", "bias_add_conv.weight", 0 },
        { "linear_forward", "bias_add_conv.weight", Parts },
        { "linear_descent", "gates.new_v.bias", 0 },
        { "linear_descent", "gates.old_v.weight", Context },
        { "linear_descent", "attnt_module.k_attn_head.weight", 0 },
        { "linear_descent", "attnt_module.k_attn.weight", 0 },
        { "linear_descent", "attnt_module.v_attn_head.weight", 16 * Heads },
        { "linear_descent", "attnt_module.v_attn_head.weight", 16 },
        { "linear_descent", "attnt_module.p_attn.weight", PrefixCount },
        { "linear_descent", "attnt_module.p_attn.weight", ((Context + 5) * Codes) + 5 },
        { "linear_descent", "attnt_module.p_expand.weight", 0 },
        { "linear_descent", "attnt_module.p_expand.weight", Heads + 16 },
        { "linear_descent", "attnt_module.c_proj.weight", 0 },
        { "activation_backward_gelu_new", "c_fc.weight", 0 },
        { "activation_backward_gelu_new", "c_fc.weight", 4 * Parts },
        { "activation_backward_gelu_new", "proj_fc.weight", 4 * Parts },
    };

    [Theory, MemberData(nameof(WrongEntries))]
    public void One_entry_of_the_wrong_sign_breaks_the_agreement(string module, string parameter, int entry) =>
        Assert.InRange(Distance(module, values => values[parameter][entry] = -NotZero(values[parameter][entry])), Disagreement, double.PositiveInfinity);

    [Theory, MemberData(nameof(WrongEntries))]
    public void One_entry_that_is_missing_breaks_the_agreement(string module, string parameter, int entry) =>
        Assert.InRange(
            Distance(module, values => values[parameter][entry] = 0 * NotZero(values[parameter][entry])), Disagreement, double.PositiveInfinity);

    [Fact]
    public void Two_entries_of_the_permutation_exchanged_break_the_agreement() =>
        Assert.InRange(
            Distance("linear_forward", values =>
            {
                double[] permutation = values["permutation_conv.weight"];
                (permutation[0], permutation[4]) = (permutation[4], permutation[0]);
                (permutation[Size], permutation[Size + 4]) = (permutation[Size + 4], permutation[Size]);
            }),
            Disagreement,
            double.PositiveInfinity);

    [Fact]
    public void A_one_hot_key_at_another_place_breaks_the_agreement() =>
        Assert.InRange(
            Distance("linear_forward", values =>
            {
                double[] codes = values["attnt_module.p_attn.weight"];
                int first = (Context * Codes) + PrefixCount;
                (codes[first], codes[first + 1]) = (codes[first + 1], codes[first]);
            }),
            Disagreement,
            double.PositiveInfinity);

    private static double NotZero(double value)
    {
        Assert.NotEqual(0, value);
        return value;
    }

    private static double Distance(string name, Action<ParameterValues<double>> change)
    {
        GoldenModule golden = GoldenModule.Open(name);
        ModuleUnderTest module = new(name);
        ParameterValues<double> parameters = ParameterAllocation.Allocate<double>(module.Parameters);
        change(parameters);
        LiteralRun<double> run = new(module.Construction, parameters, golden.Training, gates: GateFunction.Hard);
        Matrix<double> hidden = module.Run(run, golden);
        return Difference.Largest(hidden.Values, golden.Read("hidden_out.f64_hardgate").Values);
    }
}

using TinT.Literal.Parameters;
using TinT.Reference.Matrices;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Modules;

public sealed class GoldenModuleTests
{
    // Both sides compute in double; Taylor differences amplify the rounding of values near 1 by N = 1000 to 3e-13.
    private const double DoubleTolerance = 1e-12;

    // The authors' own float32 modules are up to 3.4e-4 from their plain formulas, by the same amplification; ours may be as far.
    private const double SingleTolerance = 1e-3;

    [Theory, MemberData(nameof(GoldenModule.InRepository), MemberType = typeof(GoldenModule))]
    public void The_authors_parameters_give_the_authors_embeddings(string name) => CheckAuthorsParameters(name);

    [SharedFolderTheory("golden-modules"), MemberData(nameof(GoldenModule.InSharedFolder), MemberType = typeof(GoldenModule))]
    public void The_authors_parameters_give_the_authors_embeddings_in_shared_cases(string name) => CheckAuthorsParameters(name);

    [Theory, MemberData(nameof(GoldenModule.InRepository), MemberType = typeof(GoldenModule))]
    public void The_construction_has_the_authors_parameters(string name) => CheckParameters(name);

    [SharedFolderTheory("golden-modules"), MemberData(nameof(GoldenModule.InSharedFolder), MemberType = typeof(GoldenModule))]
    public void The_construction_has_the_authors_parameters_in_shared_cases(string name) => CheckParameters(name);

    [Theory, MemberData(nameof(GoldenModule.InRepository), MemberType = typeof(GoldenModule))]
    public void The_construction_gives_the_authors_embeddings(string name) => CheckConstruction(name);

    [SharedFolderTheory("golden-modules"), MemberData(nameof(GoldenModule.InSharedFolder), MemberType = typeof(GoldenModule))]
    public void The_construction_gives_the_authors_embeddings_in_shared_cases(string name) => CheckConstruction(name);

    [Theory, MemberData(nameof(GoldenModule.InRepository), MemberType = typeof(GoldenModule))]
    public void In_single_precision_with_soft_gates_it_is_the_authors_module(string name) => CheckSingles(name);

    [SharedFolderTheory("golden-modules"), MemberData(nameof(GoldenModule.InSharedFolder), MemberType = typeof(GoldenModule))]
    public void In_single_precision_with_soft_gates_it_is_the_authors_module_in_shared_cases(string name) => CheckSingles(name);

    private static void CheckAuthorsParameters(string name)
    {
        GoldenModule golden = GoldenModule.Open(name);
        CheckHidden(golden, new ModuleUnderTest(name), golden.ReadParameters());
    }

    private static void CheckConstruction(string name)
    {
        ModuleUnderTest module = new(name);
        CheckHidden(GoldenModule.Open(name), module, ParameterAllocation.Allocate<double>(module.Parameters));
    }

    private static void CheckHidden(GoldenModule golden, ModuleUnderTest module, ParameterValues<double> parameters)
    {
        LiteralRun<double> run = new(module.Construction, parameters, golden.Training, gates: GateFunction.Hard);
        Matrix<double> hidden = module.Run(run, golden);
        Assert.InRange(Difference.Largest(hidden.Values, golden.Read("hidden_out.f64_hardgate").Values), 0, DoubleTolerance);
    }

    private static void CheckSingles(string name)
    {
        GoldenModule golden = GoldenModule.Open(name);
        ModuleUnderTest module = new(name);
        LiteralRun<float> run = new(module.Construction, ParameterAllocation.Allocate<float>(module.Parameters), golden.Training);
        double[] hidden = Difference.Widen(module.Run(run, golden).Values);
        Assert.InRange(Difference.Largest(hidden, golden.Read("hidden_out.f32").Values), 0, SingleTolerance);
    }

    private static void CheckParameters(string name)
    {
        GoldenModule golden = GoldenModule.Open(name);
        ParameterDefinition[] definitions = [.. new ModuleUnderTest(name).Parameters];
        Assert.Equal(golden.Shapes, definitions.Select(definition => $"{definition.Name} [{string.Join(", ", definition.Dimensions)}]"));
        Assert.Equal(golden.ParameterCount, definitions.Sum(definition => definition.Count));

        ParameterValues<double> expected = golden.ReadParameters();
        ParameterValues<double> ours = ParameterAllocation.Allocate<double>(definitions);
        Assert.Equal(golden.ParameterCount, ours.Count);
        foreach (string parameter in ours.Names)
        {
            // Softmax attention leaves this map at random in the authors' code: the expansion behind it is 0 for every head.
            bool unused = parameter.EndsWith("p_attn.weight", StringComparison.Ordinal)
                && expected[parameter.Replace("p_attn", "p_expand", StringComparison.Ordinal)].All(value => value == 0);
            if (!unused)
                Assert.Equal(expected[parameter], ours[parameter]);
        }
    }
}

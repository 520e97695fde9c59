using TinT.Compiler.Construction;
using TinT.Literal.Execution;
using TinT.Literal.Parameters;
using TinT.Literal.Simulator;
using TinT.Model;
using TinT.Reference.Matrices;
using TinT.Reference.Weights;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Simulator;

/// <summary>The graph's memory slots are the coordinates of a token that the literal modules write and read, no more and no fewer.</summary>
public sealed class MemorySlotTests
{
    private const int Tokens = 5;

    [Theory, MemberData(nameof(VariantSpecs.Names), MemberType = typeof(VariantSpecs))]
    public void A_forward_module_writes_its_signal_and_its_slots(string name)
    {
        LiteralLayout layout = Layout(name, "values", "bias");
        LiteralRun<double> run = Run(layout);
        int size = layout.Construction.AuxiliarySize;
        foreach ((LiteralBlock block, SimulatorModule module) in Modules(
            layout.Forward(0, 0), layout.Graph.ForwardBlock, layout.FinalNorm, layout.Graph.FinalNorm))
        {
            bool attention = module.Kind == ModuleKind.Attention;
            Matrix<double> input = Embeddings(layout.Construction, seed: 1, (module.Input.Count + (attention ? 1 : 0)) * size);
            Matrix<double> output = attention
                ? block.Attention.Softmax.Run(run, input)
                : block[module].Run(run, input);

            bool[] written = [.. Enumerable.Range(0, output.Columns).Select(column => TokenRows(layout.Construction).Any(row => output[row, column] != 0))];

            // A linear map fills its block; attention and norms of heads write their heads.
            int front = module.Kind is ModuleKind.Attention or ModuleKind.HeadNorm ? module.Output.Sum(signal => signal.Width) : size;
            Assert.Equal(Listed(module, output.Columns, front), written);
        }
    }

    [Theory, MemberData(nameof(VariantSpecs.Trainings), MemberType = typeof(VariantSpecs))]
    public void A_backward_or_descent_module_reads_its_gradient_and_its_slots(string name, string attention, string norm)
    {
        LiteralLayout layout = Layout(name, attention, norm);
        LiteralRun<double> run = Run(layout);
        int size = layout.Construction.AuxiliarySize;
        foreach ((LiteralBlock block, SimulatorModule module) in Modules(
            layout.Backward(0, 0), layout.Graph.BackwardBlock, layout.FinalNormBackward, layout.Graph.FinalNormBackward))
        {
            Matrix<double> input = Embeddings(layout.Construction, seed: 1, layout.Construction.HiddenSize);
            double[] expected = Result(run, block, module, input);

            // What is listed nowhere may hold anything. Norms of heads read what they normalized beside the gradient.
            int front = module.Kind switch
            {
                ModuleKind.Attention => layout.Construction.QueryWidth,
                ModuleKind.HeadNorm => 2 * module.Input.Count * size,
                _ => size,
            };
            bool[] listed = Listed(module, input.Columns, front);
            if (module.Kind == ModuleKind.Attention && block.ScoreBackward is { } scores)
                Array.Fill(listed, true, scores.QueryStart, input.Columns - scores.QueryStart);
            Matrix<double> other = Embeddings(layout.Construction, seed: 2, layout.Construction.HiddenSize);
            Assert.Equal(expected, Result(run, block, module, Replace(layout.Construction, input, other, column => !listed[column])));

            foreach (MemorySlot slot in module.Memory)
            {
                Matrix<double> changed = Replace(layout.Construction, input, other, column => column >= slot.Start && column < slot.Start + slot.Width);
                Assert.NotEqual(expected, Result(run, block, module, changed));
            }
        }
    }

    [Theory, MemberData(nameof(VariantSpecs.Trainings), MemberType = typeof(VariantSpecs))]
    public void The_smallest_simulator_computes_what_a_larger_one_computes(string name, string attention, string norm)
    {
        string training = $"attention: {attention}, layer_norm: {norm}, learning_rate: 0.01";
        Assert.InRange(Difference.Largest(LogitsOf(VariantSpecs.Smallest(name, training)), LogitsOf(VariantSpecs.Graph(name, training))), 0, 1e-10);

        static double[] LogitsOf(LayerGraph graph)
        {
            AuxiliaryModel<double> model = VariantSpecs.RandomModel(graph.Spec.Auxiliary.Model, seed: 3);
            return new LiteralTint<double>(graph, model).Run(new SimulationBatch(1, 6, [3, 1, 4, 1, 5, 9], [1, 1, 1, 1, 0, 0])).LogitsAfter!;
        }
    }

    [Theory, MemberData(nameof(VariantSpecs.Trainings), MemberType = typeof(VariantSpecs))]
    public void What_is_read_was_written_by_the_forward_module_at_the_same_place(string name, string attention, string norm)
    {
        LayerGraph graph = Layout(name, attention, norm).Graph;
        foreach (SimulatorModule module in graph.BackwardBlock.Concat(graph.FinalNormBackward))
        {
            foreach (MemorySlot slot in module.Memory)
                Assert.Contains(graph.ForwardBlock.Concat(graph.FinalNorm), forward => forward.Memory.Contains(slot));
        }
    }

    /// <summary>What a module makes: its signals, or its prefix for a descent.</summary>
    private static double[] Result(LiteralRun<double> run, LiteralBlock block, SimulatorModule module, Matrix<double> input)
    {
        Matrix<double> output = block[module].Run(run, input);
        if (module.Direction == Direction.Descent)
            return output.Values[..(run.PrefixCount * output.Columns)];
        IEnumerable<double> signal = Signal(output, module.Output[0].Width);
        return module.Kind == ModuleKind.Attention && block.ScoreBackward is { } scores
            ? [.. signal, .. Signal(scores.Run(run, input), scores.ValueStart - scores.QueryStart)]
            : [.. signal];

        IEnumerable<double> Signal(Matrix<double> matrix, int width) =>
            Enumerable.Range(run.PrefixCount, Tokens).SelectMany(row => matrix.Row(row)[..width].ToArray());
    }

    private static bool[] Listed(SimulatorModule module, int columns, int front) =>
        [.. Enumerable.Range(0, columns).Select(
            column => column < front || module.Memory.Any(slot => column >= slot.Start && column < slot.Start + slot.Width))];

    private static IEnumerable<(LiteralBlock, SimulatorModule)> Modules(
        LiteralBlock block, EquatableArray<SimulatorModule> modules, LiteralBlock finalBlock, EquatableArray<SimulatorModule> finalModules) =>
        modules.Select(module => (block, module)).Concat(finalModules.Select(module => (finalBlock, module))).Where(pair => LiteralBlock.IsModule(pair.module));

    private static IEnumerable<int> TokenRows(ConstructionSettings construction) => Enumerable.Range(construction.PrefixCount, Tokens);

    /// <summary>Prefix rows and a bias, and tokens with numbers in their first coordinates.</summary>
    private static Matrix<double> Embeddings(ConstructionSettings construction, int seed, int tokenColumns)
    {
        Random random = new(seed);
        Matrix<double> embeddings = new(construction.PrefixCount + Tokens, construction.HiddenSize);
        for (int row = 0; row < embeddings.Rows; row++)
        {
            int columns = row < construction.PrefixCount ? (construction.Sharding + 1) * construction.AuxiliarySize : tokenColumns;
            for (int column = 0; column < columns; column++)
                embeddings[row, column] = 0.5 + random.NextDouble();
        }

        return embeddings;
    }

    private static Matrix<double> Replace(ConstructionSettings construction, Matrix<double> embeddings, Matrix<double> other, Func<int, bool> replaces)
    {
        Matrix<double> replaced = new(embeddings.Rows, embeddings.Columns, [.. embeddings.Values]);
        foreach (int row in TokenRows(construction))
        {
            for (int column = 0; column < replaced.Columns; column++)
            {
                if (replaces(column))
                    replaced[row, column] = other[row, column];
            }
        }

        return replaced;
    }

    private static LiteralLayout Layout(string name, string attention, string norm) =>
        new(VariantSpecs.Graph(name, $"attention: {attention}, layer_norm: {norm}, learning_rate: 0.01"));

    private static LiteralRun<double> Run(LiteralLayout layout) => new(
        layout.Construction,
        ParameterAllocation.Allocate<double>(layout.ModuleParameters),
        [.. Enumerable.Repeat(true, Tokens)],
        gates: GateFunction.Hard);
}

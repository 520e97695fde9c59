using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Model.Parameters;
using TinT.Model.Runs;

namespace TinT.Compiler.Layout;

/// <summary>Kernel program → where each parameter lies.</summary>
public static class PlanParameters
{
    /// <summary>Vectors start on cache lines: 16 floats.</summary>
    private const int Alignment = 16;

    /// <summary>So do matrices, with 16-bit elements too.</summary>
    private const int MatrixAlignment = 32;

    /// <summary>Gives every parameter that a kernel reads a place.</summary>
    public static ParameterLayout Run(KernelProgram program)
    {
        AuxiliarySpec auxiliary = program.Spec.Auxiliary;
        Parameter[] declared =
        [
            .. Tables(auxiliary.Model),
            .. program.Routines.SelectMany(r => Declare(program, r)).GroupBy(p => p.Name).Select(g => g.First()),
        ];

        var lengths = new long[6];
        var offsets = new Dictionary<string, long>();
        void Place(Parameter parameter, int alignment)
        {
            offsets.Add(parameter.Name, lengths[(int)parameter.Region]);
            lengths[(int)parameter.Region] += (parameter.Length + alignment - 1) / alignment * alignment;
        }

        foreach (Parameter matrix in declared.Where(p => p.IsNarrowable))
            Place(matrix, MatrixAlignment);
        long[] matrices = [.. lengths];
        foreach (Parameter other in declared.Where(p => !p.IsNarrowable))
            Place(other, Alignment);
        return new ParameterLayout(
            declared.Select(p => p with { Offset = offsets[p.Name] }).ToEquatableArray(),
            lengths[0],
            matrices[0],
            lengths[1],
            matrices[1],
            lengths[2],
            matrices[2],
            lengths[3],
            matrices[3],
            lengths[4],
            lengths[5],
            auxiliary.LayerCount,
            program.Spec.Training.Layers);
    }

    /// <summary>Name of the weight or gain that a kernel reads.</summary>
    public static string WeightName(Kernel kernel) => $"{StackName(kernel.Parameters)}.{(IsGain(kernel) ? "gain" : "weight")}";

    /// <summary>Name of the bias that a kernel reads.</summary>
    public static string BiasName(Kernel kernel) => StackName(kernel.Parameters) + ".bias";

    private static bool IsGain(Kernel kernel) => CheckpointTensors.IsNorm(kernel.Parameters[0]);

    /// <summary>attention.query_key for attention.query and attention.key.</summary>
    private static string StackName(EquatableArray<string> modules)
    {
        string prefix = modules[0].Substring(0, modules[0].LastIndexOf('.') + 1);
        return prefix + string.Join("_", modules.Select(m => m.Substring(prefix.Length)));
    }

    private static IEnumerable<Parameter> Declare(KernelProgram program, Routine routine)
    {
        bool block = routine.Kind is RoutineKind.ForwardBlock or RoutineKind.BackwardBlock;
        foreach (Kernel kernel in routine.Kernels.Where(k => k.Parameters.Count > 0 && k.Kind != KernelKind.Embed))
        {
            ParameterRegion Region(KernelKind descent) => (block, IsTrained(program, kernel, descent)) switch
            {
                (true, true) => ParameterRegion.TrainedBlock,
                (true, false) => ParameterRegion.Block,
                (false, true) => ParameterRegion.TrainedModel,
                (false, false) => ParameterRegion.Model,
            };
            ParameterRegion weights = Region(KernelKind.LinearDescent);
            yield return IsGain(kernel)
                ? Gain(program.Spec, kernel, IsTrained(program, kernel, KernelKind.GainDescent) ? PerSequence(Region(KernelKind.GainDescent)) : weights)
                : Matrix(program.Spec.Auxiliary.Model, WeightName(kernel), [.. kernel.Parameters], weights);
            if (!kernel.Parameters.All(program.Spec.Auxiliary.Model.HasBias))
                continue;
            ParameterRegion biases = Region(KernelKind.BiasDescent);
            yield return Bias(program.Spec.Auxiliary.Model, BiasName(kernel), kernel.Parameters, kernel.Kind == KernelKind.Norm ? PerSequence(biases) : biases);
        }
    }

    /// <summary>The biases and gains of norms are applied row by row and small: each sequence has its own, whatever form the update of matrices has.</summary>
    private static ParameterRegion PerSequence(ParameterRegion region) => region switch
    {
        ParameterRegion.TrainedBlock => ParameterRegion.SequenceBlock,
        ParameterRegion.TrainedModel => ParameterRegion.SequenceModel,
        _ => region,
    };

    private static bool IsTrained(KernelProgram program, Kernel kernel, KernelKind descent) =>
        program.Kernels.Any(k => k.Kind == descent && k.Parameters == kernel.Parameters);

    /// <summary>What is looked up, and the output head with its bias where it is a matrix of its own.</summary>
    private static IEnumerable<Parameter> Tables(AuxiliaryDescription model)
    {
        yield return Matrix(model, "embedding.token.weight", ["embedding.token"], ParameterRegion.Model);
        if (model.Has(ParameterKind.PositionEmbedding))
            yield return Matrix(model, "embedding.position.weight", ["embedding.position"], ParameterRegion.Model);
        if (model.Has(ParameterKind.HeadWeight))
            yield return Matrix(model, "head.weight", ["head"], ParameterRegion.Model);
        if (model.Has(ParameterKind.HeadBias))
            yield return Bias(model, "head.bias", ["head"], ParameterRegion.Model);
    }

    private static Parameter Matrix(AuxiliaryDescription auxiliary, string name, string[] modules, ParameterRegion region) =>
        new(
            name,
            modules.Sum(m => CheckpointTensors.Shape(auxiliary, m, ParameterField.Weight).Rows),
            CheckpointTensors.Shape(auxiliary, modules[0], ParameterField.Weight).Columns,
            Vector: false,
            Diagonal: false,
            region,
            0,
            modules.Select(m => CheckpointTensors.Source(auxiliary, m, ParameterField.Weight)).ToEquatableArray());

    private static Parameter Gain(ModelSpec spec, Kernel kernel, ParameterRegion region)
    {
        bool matrix = kernel.Kind is not (KernelKind.Norm or KernelKind.NormBackward or KernelKind.GainDescent);
        int width = CheckpointTensors.Shape(spec.Auxiliary.Model, kernel.Parameters[0], ParameterField.Gain).Columns;
        EquatableArray<TensorSource> source = EquatableArray.Create(CheckpointTensors.Source(spec.Auxiliary.Model, kernel.Parameters[0], ParameterField.Gain));
        return new Parameter(WeightName(kernel), matrix ? width : 1, width, !matrix, matrix, region, 0, source);
    }

    private static Parameter Bias(AuxiliaryDescription auxiliary, string name, IReadOnlyList<string> modules, ParameterRegion region)
    {
        int length = modules.Sum(m => CheckpointTensors.Shape(auxiliary, m, ParameterField.Bias).Columns);
        EquatableArray<TensorSource> sources = modules.Select(m => CheckpointTensors.Source(auxiliary, m, ParameterField.Bias)).ToEquatableArray();
        return new Parameter(name, 1, length, Vector: true, Diagonal: false, region, 0, sources);
    }
}

using TinT.Compiler.Construction;
using TinT.Compiler.Layout;
using TinT.Compiler.Lowering;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Tests.Lowering;
using TinT.Tests.Common;

namespace TinT.Compiler.Tests.Layout;

public sealed class ParameterLayoutTests
{
    // Parameter counts of the published models: Hugging Face's num_parameters().
    [Theory]
    [InlineData("gpt2", 124_439_808)]
    [InlineData("gpt2-medium", 354_823_168)]
    [InlineData("gpt2-large", 774_030_080)]
    [InlineData("gpt2-xl", 1_557_611_200)]
    [InlineData("opt-125m", 125_239_296)]
    [InlineData("opt-1.3b", 1_315_758_080)]
    [InlineData("opt-2.7b", 2_651_596_800)]
    [InlineData("byte-gpt2", 858_880)]
    [InlineData("few-shot-gpt2", 964_736)]
    public void A_shipped_spec_has_the_parameters_of_the_published_model(string name, long expected)
    {
        string text = File.ReadAllText(RepositoryFiles.InRepository("specs", name + ".tint.yaml"));
        ParameterLayout layout = Plan(SpecReader.Read(text).Spec!);

        long perLayer = layout.Parameters.Where(IsPerLayer).Sum(p => p.Length);
        long perModel = layout.Parameters.Where(p => !IsPerLayer(p)).Sum(p => p.Length);
        Assert.Equal(expected, perModel + (layout.Layers * perLayer));
    }

    [Fact]
    public void Parameters_of_a_region_do_not_overlap_and_fill_it()
    {
        foreach (ModelSpec spec in TestSpecs.All())
        {
            ParameterLayout layout = Plan(spec);
            foreach (IGrouping<ParameterRegion, Parameter> region in layout.Parameters.GroupBy(p => p.Region))
            {
                long end = 0;
                foreach (Parameter parameter in region.OrderBy(p => p.Offset))
                {
                    Assert.True(parameter.Offset >= end, $"{parameter.Name} overlaps its predecessor.");
                    end = parameter.Offset + parameter.Length;
                }

                long length = region.Key switch
                {
                    ParameterRegion.Model => layout.ModelLength,
                    ParameterRegion.Block => layout.BlockLength,
                    ParameterRegion.TrainedBlock => layout.TrainedBlockLength,
                    ParameterRegion.TrainedModel => layout.TrainedModelLength,
                    ParameterRegion.SequenceBlock => layout.SequenceBlockLength,
                    _ => layout.SequenceModelLength,
                };
                Assert.InRange(length, end, end + 15);
            }
        }
    }

    [Theory]
    [InlineData("bias", new[] { true, true, true, false, true, true })]
    [InlineData("gain", new[] { true, true, true, false, true, true })]
    [InlineData("full", new[] { true, true, true, true, false, false })]
    public void Regions_follow_each_other_and_those_of_layers_once_for_each_layer(string layerNorm, bool[] used)
    {
        ParameterLayout layout = Plan(TestSpecs.Create(layerNorm: layerNorm, layers: 2));
        long[] lengths =
        [
            layout.ModelLength, 3 * layout.BlockLength, 3 * layout.TrainedBlockLength, layout.TrainedModelLength, 3 * layout.SequenceBlockLength, layout.SequenceModelLength,
        ];
        long[] starts =
        [
            layout.BlockStart, layout.TrainedBlockStart, layout.TrainedModelStart, layout.SequenceBlockStart, layout.SequenceModelStart, layout.StoredLength,
        ];

        Assert.Equal(used, lengths.Select(length => length > 0));
        Assert.Equal(lengths, starts.Select((start, region) => start - (region == 0 ? 0 : starts[region - 1])));
    }

    [Theory]
    [InlineData("bias", "values")]
    [InlineData("gain", "exact")]
    [InlineData("full", "exact")]
    public void Lengths_are_those_of_the_parameters_they_count(string layerNorm, string attention)
    {
        // Multiples of 32 leave no gaps between parameters.
        ParameterLayout layout = Plan(TestSpecs.Create(layerNorm: layerNorm, attention: attention, layers: 2, width: 96, vocabulary: 64));
        long Sum(Func<Parameter, bool> counted, int layers) => layout.Parameters.Where(counted).Sum(p => IsPerLayer(p) ? layers * p.Length : p.Length);

        Assert.Equal(Sum(_ => true, 3), layout.StoredLength);
        Assert.Equal(Sum(p => p.IsNarrowable, 3), layout.NarrowableLength);
        Assert.Equal(Sum(p => p.Region is ParameterRegion.TrainedBlock or ParameterRegion.TrainedModel, 2), layout.UpdatedLength);
        Assert.Equal(Sum(p => p.Region is ParameterRegion.SequenceBlock or ParameterRegion.SequenceModel, 2), layout.SequenceLength);
        Assert.Equal(layerNorm == "full", layout.TrainedModelLength > 0);
    }

    [Theory]
    [InlineData("bias", "values", "attention.output.bias attention.output.weight attention.value.bias attention.value.weight feed_forward.down.bias feed_forward.down.weight feed_forward.up.bias feed_forward.up.weight final_norm.bias norm1.bias norm2.bias")]
    [InlineData("none", "none", "attention.output.bias attention.output.weight attention.value.bias attention.value.weight feed_forward.down.bias feed_forward.down.weight feed_forward.up.bias feed_forward.up.weight")]
    [InlineData("gain", "values", "attention.output.bias attention.output.weight attention.value.bias attention.value.weight feed_forward.down.bias feed_forward.down.weight feed_forward.up.bias feed_forward.up.weight final_norm.bias final_norm.gain norm1.bias norm1.gain norm2.bias norm2.gain")]
    [InlineData("full", "exact", "attention.output.bias attention.output.weight attention.query_key_value.bias attention.query_key_value.weight feed_forward.down.bias feed_forward.down.weight feed_forward.up.bias feed_forward.up.weight final_norm.bias final_norm.gain norm1.bias norm1.gain norm2.bias norm2.gain")]
    public void What_the_options_train_has_an_updated_copy(string layerNorm, string attention, string expected)
    {
        ParameterLayout layout = Plan(TestSpecs.Create(layerNorm: layerNorm, attention: attention));
        IEnumerable<string> trained = layout.Parameters
            .Where(p => p.Region is not (ParameterRegion.Model or ParameterRegion.Block))
            .Select(p => p.Name)
            .Order(StringComparer.Ordinal);
        Assert.Equal(expected.Split(' '), trained);
    }

    private static bool IsPerLayer(Parameter parameter) =>
        parameter.Region is ParameterRegion.Block or ParameterRegion.TrainedBlock or ParameterRegion.SequenceBlock;

    private static ParameterLayout Plan(ModelSpec spec) => PlanParameters.Run(LowerGraph.Run(BuildLayerGraph.Run(spec)).Processor);
}

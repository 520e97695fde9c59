using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class RunInputTests : RunTests
{
    [Fact]
    public void A_single_sequence_needs_no_batch_axis()
    {
        byte[] batched = RunToBytes(Ids([1, 3]), Mask([1, 3]));

        Assert.Equal(batched, RunToBytes(Ids([3]), Mask([3])));
        Assert.Equal(batched, RunToBytes(Ids([3]), Mask([1, 3]), TensorData.FromInt64s("position_ids", [0, 1, 2], 3)));
        Assert.Equal(batched, RunToBytes(Ids([1, 3]), Mask([3]), TensorData.FromSingles("icl_mask", [1, 0, 0, 1, 1, 0, 1, 1, 1], 3, 3)));
    }

    [Fact]
    public void Ids_and_masks_may_have_other_types()
    {
        byte[] usual = RunToBytes(Ids([1, 3]), Mask([1, 3]));

        Assert.Equal(usual, RunToBytes(
            TensorData.FromInt64s("input_ids", [72, 105, 33], 1, 3), TensorData.FromBytes("training_mask", TensorType.Bool, [1, 1, 0], 1, 3)));
    }

    [Fact]
    public void A_missing_tensor_is_named_and_the_closest_proposed()
    {
        Write(Ids([1, 3]), TensorData.FromSingles("traning_mask", ThreeMasks, 1, 3));

        Run().AssertFailed(1, $"error: {Input}: there is no tensor 'training_mask'; did you mean 'traning_mask'?");
    }

    [Fact]
    public void An_unknown_tensor_is_named_and_the_closest_proposed()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromSingles("gradiant_mask", ThreeMasks, 1, 3));

        Run().AssertFailed(1, $"error: {Input}: the tensor 'gradiant_mask' is not known here; did you mean 'gradient_mask'?");
    }

    [Fact]
    public void An_unknown_tensor_unlike_any_input_is_answered_with_the_inputs()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromSingles("labels", ThreeMasks, 1, 3));

        Run().AssertFailed(
            1, $"error: {Input}: the tensor 'labels' is not known here; remove it; the file may hold 'input_ids', 'training_mask', 'gradient_mask', 'icl_mask', 'position_ids'.");
    }

    [Fact]
    public void Ids_that_are_no_integers_are_refused()
    {
        Write(TensorData.FromSingles("input_ids", [72, 105, 33], 1, 3), Mask([1, 3]));

        CommandResult result = Run();

        Assert.Equal($"error: {Input}: tensor 'input_ids' has type F32 but integers are needed; save it as I64 or I32.\n", result.Error);
        Assert.Equal(1, result.ExitCode);
    }

    [Fact]
    public void Ids_of_three_axes_are_refused()
    {
        Write(Ids([1, 1, 3]), Mask([1, 3]));

        Run().AssertFailed(1, $"error: {Input}: input_ids has the shape [1, 1, 3]; give it [sequences, tokens] or, for a single sequence, [tokens].");
    }

    [Fact]
    public void An_empty_batch_is_refused()
    {
        Write(TensorData.FromInt32s("input_ids", [], 0, 3), TensorData.FromSingles("training_mask", [], 0, 3));

        Run().AssertFailed(1, $"error: {Input}: input_ids has the shape [0, 3]; give it [sequences, tokens] or, for a single sequence, [tokens].");
    }

    [Theory]
    [InlineData("training_mask", "[1, 3]")]
    [InlineData("gradient_mask", "[1, 3]")]
    [InlineData("icl_mask", "[1, 3, 3]")]
    public void A_mask_of_another_shape_is_refused(string name, string expected)
    {
        TensorData mask = TensorData.FromSingles(name, [1, 1], 1, 2);
        Write(name == "training_mask" ? [Ids([1, 3]), mask] : [Ids([1, 3]), Mask([1, 3]), mask]);

        Run().AssertFailed(1, $"error: {Input}: {name} has the shape [1, 2], but with these input_ids it must be {expected}.");
    }

    [Fact]
    public void Positions_of_another_shape_are_refused()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromInt32s("position_ids", [0, 1, 2], 3, 1));

        Run().AssertFailed(1, $"error: {Input}: position_ids has the shape [3, 1], but with these input_ids it must be [1, 3].");
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_refused()
    {
        Write(TensorData.FromInt32s("input_ids", [72, 256, 33], 1, 3), Mask([1, 3]));

        Run().AssertFailed(1, "error: input_ids[0, 1] is 256, but the vocabulary has the ids 0 to 255.");
    }

    [Fact]
    public void A_negative_token_is_refused()
    {
        Write(TensorData.FromInt32s("input_ids", [72, 105, -1], 1, 3), Mask([1, 3]));

        Run().AssertFailed(1, "error: input_ids[0, 2] is -1, but the vocabulary has the ids 0 to 255.");
    }

    [Fact]
    public void A_token_of_more_than_32_bits_is_refused()
    {
        Write(TensorData.FromInt64s("input_ids", [72, 1L << 40, 33], 1, 3), Mask([1, 3]));

        Run().AssertFailed(1, $"error: {Input}: tensor 'input_ids' holds 1099511627776 at element 1, which does not fit into 32 bits; check what was saved.");
    }

    [Fact]
    public void A_position_outside_the_table_is_refused()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromInt32s("position_ids", [0, 1, 256], 1, 3));

        Run().AssertFailed(1, "error: position_ids[0, 2] is 256, but the position table has the ids 0 to 255.");
    }

    [Fact]
    public void A_sequence_longer_than_the_context_is_refused()
    {
        Write(TensorData.FromInt32s("input_ids", new int[257], 1, 257), TensorData.FromSingles("training_mask", new float[257], 1, 257));

        Run().AssertFailed(1, "error: input_ids has sequences of 257 tokens, but the context of ByteGpt2 is 256 tokens; cut the text into shorter blocks.");
    }

    [Theory]
    [InlineData(0.5f, "0.5")]
    [InlineData(float.NaN, "NaN")]
    public void A_mask_of_other_values_than_0_and_1_is_refused(float value, string shown)
    {
        Write(Ids([1, 3]), TensorData.FromSingles("training_mask", [1, value, 0], 1, 3));

        Run().AssertFailed(1, $"error: training_mask[0, 1] is {shown}, but a mask holds only 0 and 1.");
    }

    [Fact]
    public void A_gradient_mask_that_is_not_finite_is_refused()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromSingles("gradient_mask", [1, float.PositiveInfinity, 0], 1, 3));

        Run().AssertFailed(1, "error: gradient_mask[0, 1] is Infinity, but a factor of the gradient must be a finite number.");
    }

    [Fact]
    public void A_token_with_nothing_to_attend_to_is_refused()
    {
        Write(Ids([1, 3]), Mask([1, 3]), TensorData.FromSingles("icl_mask", [1, 1, 1, 0, 0, 1, 1, 1, 1], 1, 3, 3));

        Run().AssertFailed(1, "error: icl_mask[0, 1, 0..1] is 0 throughout, so token 1 has nothing to attend to; let it attend at least to itself.");
    }

    [Theory]
    [InlineData("--steps", "2", "error: --steps is 2, but the spec compiles 1 to 1; raise training.steps in the spec for more.")]
    [InlineData("--layers", "5", "error: --layers is 5, but the spec compiles 1 to 4; raise training.layers in the spec for more.")]
    public void More_training_than_the_spec_compiles_is_wrong_usage(string option, string value, string error)
    {
        Write(Ids([1, 3]), Mask([1, 3]));

        Run(option, value).AssertFailed(2, error);
    }

    [Fact]
    public void A_cancelled_run_writes_nothing()
    {
        Write(Ids([1, 3]), Mask([1, 3]));

        CommandResult result = Tint.Run(Arguments(), new CancellationToken(canceled: true));

        result.AssertFailed(130, "cancelled");
        Assert.Equal([Input], Directory.GetFileSystemEntries(Folder.Path));
    }

    [Fact]
    public void A_directory_as_output_is_told()
    {
        Write(Ids([1, 3]), Mask([1, 3]));
        Directory.CreateDirectory(Output);

        CommandResult result = Run();

        result.AssertFailed(2, $"error: --output {Output} is a directory; name a file in it.");
    }

    [Fact]
    public void A_smaller_learning_rate_and_fewer_layers_change_less()
    {
        Write(Ids([1, 3]), Mask([1, 3]));

        double full = Change("--weight-updates");
        double slower = Change("--learning-rate", "1e-5");
        double fewer = Change("--layers", "1");

        Assert.InRange(slower, full / 100, full / 10);
        Assert.InRange(fewer, full / 100, full);
        Assert.Equal(0, Change("--learning-rate", "0"));

        double Change(params string[] options)
        {
            Run(options).AssertDone();
            using SafetensorsFile result = SafetensorsFile.Open(Output);
            return Difference.Largest(result["logits_after"].ReadDoubles(), result["logits_before"].ReadDoubles());
        }
    }
}

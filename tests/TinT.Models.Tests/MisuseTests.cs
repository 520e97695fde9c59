using System.Diagnostics;
using TinT.Generated;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Models.Tests;

/// <summary>What a generated simulator refuses, in which words, and that it is fit for use afterwards.</summary>
public sealed class MisuseTests
{
    private const string Model = "Gpt2VarMaskAllOnes";

    private static readonly GoldenCase Golden = GoldenCases.Open("gpt2_var_mask_all_ones");

    private static readonly Dictionary<string, (SimulationBatch Batch, RunOptions Options, string Message)> wrongInputs = new()
    {
        ["a long sequence"] = (
            Batch(33), new RunOptions(),
            $"input_ids has sequences of 33 tokens, but the context of {Model} is 32 tokens; cut the text into shorter blocks."),
        ["a large id"] = (Batch(4, id: 101), new RunOptions(), "input_ids[0, 2] is 101, but the vocabulary has the ids 0 to 100."),
        ["a negative id"] = (Batch(4, id: -1), new RunOptions(), "input_ids[0, 2] is -1, but the vocabulary has the ids 0 to 100."),
        ["half a mask"] = (
            new SimulationBatch(1, 2, [1, 2], [1, 0.5f]), new RunOptions(), "training_mask[0, 1] is 0.5, but a mask holds only 0 and 1."),
        ["a factor that is no number"] = (
            new SimulationBatch(1, 2, [1, 2], [1, 1]) { GradientMask = [0, float.NaN] }, new RunOptions(),
            "gradient_mask[0, 1] is NaN, but a factor of the gradient must be a finite number."),
        ["a large position"] = (
            new SimulationBatch(1, 2, [1, 2], [1, 1]) { PositionIds = [0, 32] }, new RunOptions(),
            "position_ids[0, 1] is 32, but the position table has the ids 0 to 31."),
        ["a lonely token"] = (
            new SimulationBatch(1, 2, [1, 2], [1, 1]) { IclMask = [1, 1, 0, 0] }, new RunOptions(),
            "icl_mask[0, 1, 0..1] is 0 throughout, so token 1 has nothing to attend to; let it attend at least to itself."),
        ["too many steps"] = (
            Batch(4), new RunOptions { Steps = 2 },
            "Steps is 2, but the spec compiled 1 to 1 inner steps; raise training.steps in the spec for more."),
        ["too many layers"] = (
            Batch(4), new RunOptions { TrainedLayers = 3 },
            "TrainedLayers is 3, but the spec compiled 1 to 2 trained layers; raise training.layers in the spec for more."),
        ["no learning rate"] = (
            Batch(4), new RunOptions { LearningRate = double.NaN }, "LearningRate is NaN, but it must be a finite number."),
    };

    public static TheoryData<string> WrongInputs => [.. wrongInputs.Keys];

    [Theory, MemberData(nameof(WrongInputs))]
    public void A_wrong_input_is_refused_with_a_reason(string mistake)
    {
        (SimulationBatch batch, RunOptions options, string message) = wrongInputs[mistake];
        using ISimulator simulator = GoldenSimulators.Load(Golden);
        SimulationResult expected = simulator.Run(Golden.ReadBatch());

        Assert.Equal(message, Assert.Throws<SimulationInputException>(() => simulator.Run(batch, options)).Message);

        Bits.AssertSame(expected, simulator.Run(Golden.ReadBatch()));
    }

    [Fact]
    public void A_missing_batch_is_refused()
    {
        using ISimulator simulator = GoldenSimulators.Load(Golden);

        Assert.Throws<ArgumentNullException>("batch", () => simulator.Run(null!));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_cancelled_run_ends_and_leaves_the_simulator_fit_for_the_next(int threads)
    {
        using ISimulator simulator = GoldenSimulators.Load(Golden, threads);
        SimulationResult expected = simulator.Run(Golden.ReadBatch());
        using var source = new CancellationTokenSource();
        source.Cancel();

        OperationCanceledException cancellation = Assert.ThrowsAny<OperationCanceledException>(
            () => simulator.Run(Golden.ReadBatch(), new RunOptions { CancellationToken = source.Token }));

        Assert.Equal(source.Token, cancellation.CancellationToken);
        Bits.AssertSame(expected, simulator.Run(Golden.ReadBatch()));
    }

    [Theory, InlineData("primal"), InlineData("dual")]
    public void A_run_can_be_cancelled_while_it_is_going_on(string form)
    {
        // Much work, of which at most the pass of one layer is finished after the token is cancelled, at a fifth of what the whole takes here.
        const int sequences = 20_000;
        SimulationBatch golden = Golden.ReadBatch();
        int[] ids = [.. Enumerable.Repeat(golden.InputIds, sequences).SelectMany(tokens => tokens)];
        float[] mask = [.. Enumerable.Repeat(golden.TrainingMask, sequences).SelectMany(tokens => tokens)];
        var batch = new SimulationBatch(sequences, golden.TokenCount, ids, mask);
        using ISimulator simulator = GoldenSimulators.Load(Golden, form);
        SimulationResult expected = simulator.Run(golden);
        long start = Stopwatch.GetTimestamp();
        simulator.Run(batch, new RunOptions { Logits = false });
        TimeSpan whole = Stopwatch.GetElapsedTime(start);
        using var source = new CancellationTokenSource();
        Thread canceller = new(() =>
        {
            Thread.Sleep(whole / 5);
            source.Cancel();
        });
        canceller.Start();

        Assert.ThrowsAny<OperationCanceledException>(() => simulator.Run(batch, new RunOptions { Logits = false, CancellationToken = source.Token }));

        canceller.Join();
        Bits.AssertSame(expected, simulator.Run(golden));
    }

    [Fact]
    public void A_disposed_simulator_says_that_it_is()
    {
        ISimulator unused = GoldenSimulators.Load(Golden);
        ISimulator used = GoldenSimulators.Load(Golden, threads: 2);
        used.Run(Golden.ReadBatch());
        foreach (ISimulator simulator in new[] { unused, used })
        {
            simulator.Dispose();
            simulator.Dispose();

            ObjectDisposedException exception = Assert.Throws<ObjectDisposedException>(() => simulator.Run(Golden.ReadBatch()));
            Assert.Equal($"TinT.Generated.{Model}Simulator", exception.ObjectName);
        }
    }

    [Fact]
    public void A_checkpoint_of_another_model_is_refused_by_its_fields()
    {
        GoldenCase other = GoldenCases.Open("opt_2step_all_f70");

        CheckpointFormatException exception = Assert.Throws<CheckpointFormatException>(() => Gpt2VarMaskAllOnesSimulator.Load(other.Folder));

        Assert.EndsWith(
            "config.json: the checkpoint does not fit the spec: model_type is 'opt' but auxiliary.architecture is 'gpt2'. "
            + "Change these keys of the spec or load another checkpoint.",
            exception.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_a_checkpoint_is_refused()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<CheckpointFormatException>(() => Gpt2VarMaskAllOnesSimulator.Load(folder.Path));
        Assert.Throws<CheckpointFormatException>(() => Gpt2VarMaskAllOnesSimulator.Load(folder.File("absent")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_simulator_needs_a_thread(int threads)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Gpt2VarMaskAllOnesSimulator.Load(Golden.Folder, new SimulatorOptions { Threads = threads }));
    }

    private static SimulationBatch Batch(int tokens, int id = 0)
    {
        int[] ids = new int[tokens];
        ids[2] = id;
        return new SimulationBatch(1, tokens, ids, new float[tokens]);
    }
}

using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Commands;

public sealed class RunGoldenTests
{
    // Required of logits before the update; they are up to 10 and computed in single precision (2e-6 at most measured).
    private const double LogitTolerance = 1e-5;

    // Required of updates in single precision: the authors' own float32 code is at 1e-4 … 2e-3.
    private const double RequiredUpdateTolerance = 5e-3;

    // Required of updates in double precision.
    private const double DoubleUpdateTolerance = 1e-8;

    // Required of each tensor's change in single precision.
    private const double DeltaTolerance = 5e-3;

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_compiled_simulator_agrees_with_the_authors_code(string name) => CheckSingle(GoldenCases.Open(name));

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_compiled_simulator_agrees_with_the_authors_code_in_shared_cases(string name) => CheckSingle(GoldenCases.Open(name));

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Double_precision_agrees_with_the_authors_code(string name) => CheckDouble(GoldenCases.Open(name), "--double");

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void Double_precision_agrees_with_the_authors_code_in_shared_cases(string name) => CheckDouble(GoldenCases.Open(name), "--double");

    [SharedFolderTheory("golden"), MemberData(nameof(GoldenCases.InSharedFolder), MemberType = typeof(GoldenCases))]
    public void The_literal_construction_agrees_with_the_authors_code_in_shared_cases(string name) => CheckDouble(GoldenCases.Open(name), "--literal");

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void The_literal_construction_agrees_with_the_authors_code(string name) => CheckDouble(GoldenCases.Open(name), "--literal");

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Tanh_gates_are_as_near_as_the_authors_found_them(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using TemporaryFolder folder = new();
        double Error(params string[] options)
        {
            using SafetensorsFile result = Run(golden, folder, options);
            return Difference.OfUpdate(result["logits_after"].ReadDoubles(), golden.ReadExpected("logits_after"), golden.ReadExpected("logits_before"));
        }

        // An open gate of scale 10 is 1 − 4e-9, of scale 20 it is 1 in double precision.
        Assert.InRange(Error("--literal", "--gate-scale", "10"), 1e-8, 1e-2);
        Assert.InRange(Error("--literal", "--gate-scale", "20"), 0, DoubleUpdateTolerance);
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void One_thread_two_threads_and_repeated_runs_write_the_same_bytes(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using TemporaryFolder folder = new();
        byte[] two = RunToBytes(golden, folder, "--weight-updates", "--threads", "2");

        Assert.Equal(two, RunToBytes(golden, folder, "--weight-updates", "--threads", "2"));
        Assert.Equal(two, RunToBytes(golden, folder, "--weight-updates", "--threads", "1"));
    }

    [Theory, MemberData(nameof(GoldenCases.InRepository), MemberType = typeof(GoldenCases))]
    public void Double_precision_writes_the_same_bytes_with_one_and_two_threads(string name)
    {
        GoldenCase golden = GoldenCases.Open(name);
        using TemporaryFolder folder = new();

        Assert.Equal(RunToBytes(golden, folder, "--double", "--threads", "2"), RunToBytes(golden, folder, "--double", "--threads", "1"));
    }

    private static void CheckSingle(GoldenCase golden)
    {
        using TemporaryFolder folder = new();
        using SafetensorsFile result = Run(golden, folder, "--weight-updates");
        double[] before = golden.ReadExpected("logits_before");
        double[] after = golden.ReadExpected("logits_after");

        Assert.All(result.Tensors, tensor => Assert.Equal(TensorType.F32, tensor.Type));
        Assert.InRange(Difference.Largest(result["logits_before"].ReadDoubles(), before), 0, LogitTolerance);
        double error = Difference.OfUpdate(result["logits_after"].ReadDoubles(), after, before);
        Assert.InRange(error, 0, RequiredUpdateTolerance);
        Assert.InRange(error, 0, TinT.Tests.Common.Agreements.UpdateToleranceOf(golden, error));
        CheckLossesAndDeltas(golden, result, LogitTolerance, DeltaTolerance);
    }

    private static void CheckDouble(GoldenCase golden, string option)
    {
        using TemporaryFolder folder = new();
        using SafetensorsFile result = Run(golden, folder, "--weight-updates", option);
        double[] before = golden.ReadExpected("logits_before");

        Assert.All(result.Tensors, tensor => Assert.Equal(TensorType.F64, tensor.Type));
        Assert.InRange(Difference.OfUpdate(result["logits_after"].ReadDoubles(), golden.ReadExpected("logits_after"), before), 0, DoubleUpdateTolerance);

        Assert.InRange(Difference.Largest(result["logits_before"].ReadDoubles(), before), 0, GoldenCase.DoubleLogitTolerance);
        CheckLossesAndDeltas(golden, result, GoldenCase.DoubleLogitTolerance, GoldenCase.StoredRounding);
    }

    private static void CheckLossesAndDeltas(GoldenCase golden, SafetensorsFile result, double lossTolerance, double deltaTolerance)
    {
        int batch = golden.ReadBatch().BatchSize;
        List<string> names = ["logits_before", "logits_after", "loss_before", "loss_after"];
        for (int sequence = 0; sequence < batch; sequence++)
        {
            string prefix = batch == 1 ? "delta." : FormattableString.Invariant($"b{sequence}.delta.");
            foreach ((string name, float[] expected) in golden.ReadDeltas(sequence))
            {
                names.Add(prefix + name);
                Assert.InRange(Difference.Relative(result[prefix + name].ReadDoubles(), Difference.Widen(expected)), 0, deltaTolerance);
            }
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), result.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        foreach (string when in new[] { "before", "after" })
        {
            double[] losses = ExpectedLosses.Of(golden.ReadBatch(), result[$"logits_{when}"].ReadDoubles());
            Assert.InRange(Difference.Largest(result[$"loss_{when}"].ReadDoubles(), losses), 0, lossTolerance);
        }
    }

    private static SafetensorsFile Run(GoldenCase golden, TemporaryFolder folder, params string[] options)
    {
        string output = folder.File("output.safetensors");
        CommandResult result = Tint.Run(
            ["run", golden.SpecPath, "--checkpoint", golden.Folder, "--input", golden.InputPath, "--output", output, .. options]).AssertDone();
        Assert.Equal(output + "\n", result.Output);
        return SafetensorsFile.Open(output);
    }

    private static byte[] RunToBytes(GoldenCase golden, TemporaryFolder folder, params string[] options)
    {
        using SafetensorsFile result = Run(golden, folder, options);
        return File.ReadAllBytes(result.Path);
    }
}

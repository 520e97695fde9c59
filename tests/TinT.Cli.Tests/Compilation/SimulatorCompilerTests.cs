using TinT.Cli.Commands;
using TinT.Cli.Compilation;
using TinT.Model;
using TinT.Runtime.Execution;
using TinT.Runtime.Simulation;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Compilation;

public sealed class SimulatorCompilerTests
{
    [Fact]
    public void A_class_compiled_in_process_computes_the_same_bits_as_the_precompiled_one()
    {
        SpecFile spec = SpecFile.Read(ByteModel.Spec);
        SimulatorFactory compiled = SimulatorCompiler.CompileInProcess(spec, CancellationToken.None);
        SimulatorFactory shipped = SimulatorCompiler.FindShipped(spec)!;
        SimulationBatch batch = new(1, 40, [.. Enumerable.Range(0, 40).Select(i => 32 + (i * 37 % 90))], [.. Enumerable.Repeat(1f, 20), .. new float[20]]);

        Assert.Equal(shipped.Description, compiled.Description);
        Assert.Equal(Logits(shipped), Logits(compiled));

        float[] Logits(SimulatorFactory factory)
        {
            using ISimulator simulator = factory.Load(ByteModel.Checkpoint, new SimulatorOptions { Threads = 2 });
            return simulator.Run(batch).LogitsAfter!;
        }
    }

    [Fact]
    public void Two_specs_of_one_name_live_side_by_side()
    {
        using TemporaryFolder folder = new();
        SmallSpec small = new("Small");

        Assert.Equal(small.Description, Compile(small));
        Assert.Equal((small with { Steps = 2 }).Description, Compile(small with { Steps = 2 }));

        SimulatorDescription Compile(SmallSpec spec)
        {
            File.WriteAllText(folder.File(spec.FileName), spec.Text);
            return SimulatorCompiler.Compile(SpecFile.Read(folder.File(spec.FileName)), CancellationToken.None).Description;
        }
    }

    [Fact]
    public void Sources_that_do_not_compile_are_a_defect_and_no_answer_to_the_user()
    {
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
            () => SourceCompiler.Compile("Broken", [new TinT.Compiler.GeneratedSource("Broken.g.cs", "class {")], CancellationToken.None));

        Assert.StartsWith("The code generated for Broken does not compile, which is a defect of the spec compiler:\nBroken.g.cs(1,7): error CS1001", exception.Message, StringComparison.Ordinal);
        Assert.Null(Failure.ExitCodeOf(exception));
    }
}

using TinT.Cli.Compilation;
using TinT.Models;
using TinT.Tests.Common;

namespace TinT.Cli.Tests.Compilation;

public sealed class ShippedModelsTests
{
    [Fact]
    public void Every_spec_of_the_repository_ships_compiled()
    {
        string[] specs = [.. Directory.GetFiles(RepositoryFiles.InRepository("specs"), "*.tint.yaml").Order(StringComparer.Ordinal)];

        Assert.Equal(specs.Select(path => Path.GetFileName(path)), ShippedModels.All.Select(model => model.SpecName));
        foreach (string spec in specs)
        {
            SimulatorFactory? factory = SimulatorCompiler.FindShipped(SpecFile.Read(spec));
            ShippedModel shipped = ShippedModels.All.Single(model => model.SpecName == Path.GetFileName(spec));
            Assert.Equal(shipped.Description, factory?.Description);
            Assert.Contains($"model: {shipped.Description.Model}", File.ReadAllText(spec), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_changed_spec_is_not_taken_for_a_shipped_one()
    {
        using TemporaryFolder folder = new();
        string changed = folder.File("byte-gpt2.tint.yaml");
        File.WriteAllText(changed, File.ReadAllText(ByteModel.Spec).Replace("3e-4", "4e-4", StringComparison.Ordinal));

        SpecFile spec = SpecFile.Read(changed);

        Assert.Null(SimulatorCompiler.FindShipped(spec));
        Assert.Equal(4e-4, SimulatorCompiler.Compile(spec, CancellationToken.None).Description.Training.LearningRate);
    }

    [Fact]
    public void Line_ends_do_not_make_another_spec()
    {
        using TemporaryFolder folder = new();
        string windows = folder.File("byte-gpt2.tint.yaml");
        File.WriteAllText(windows, File.ReadAllText(ByteModel.Spec).Replace("\n", "\r\n", StringComparison.Ordinal));

        Assert.Equal(ShippedModels.ByteGpt2.Description, SimulatorCompiler.FindShipped(SpecFile.Read(windows))?.Description);
    }
}

using System.Globalization;
using System.Text.Json;
using TinT.Literal.Parameters;
using TinT.Reference.Matrices;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Literal.Tests.Modules;

/// <summary>One module of the authors' construction; the files are described in <c>tests/GoldenModules/README.md</c>.</summary>
public sealed class GoldenModule
{
    private const string FilePrefix = "D32P8H160__";

    private readonly string path;

    private GoldenModule(string folder, string name)
    {
        Name = name;
        path = Path.Combine(folder, FilePrefix + name);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path + ".json"));
        ParameterCount = json.RootElement.GetProperty("parameter_count").GetInt64();
        Shapes = [.. json.RootElement.GetProperty("parameters").EnumerateArray().Select(parameter =>
            $"{parameter[0].GetString()} [{string.Join(", ", parameter[1].EnumerateArray().Select(size => size.GetInt32()))}]")];
    }

    /// <summary>Modules in the repository.</summary>
    public static TheoryData<string> InRepository => Names(RepositoryFiles.InRepository("tests", "GoldenModules"), []);

    /// <summary>Modules that only the shared folder has.</summary>
    public static TheoryData<string> InSharedFolder =>
        Names(RepositoryFiles.InShared("golden-modules"), InRepository.Cast<object[]>().Select(row => (string)row[0]));

    /// <summary>Name of the module.</summary>
    public string Name { get; }

    /// <summary>Elements of all parameters.</summary>
    public long ParameterCount { get; }

    /// <summary>Names and shapes of the parameters.</summary>
    public IReadOnlyList<string> Shapes { get; }

    /// <summary>Whether each token belongs to the training part.</summary>
    public bool[] Training
    {
        get
        {
            using SafetensorsFile file = SafetensorsFile.Open(path + ".safetensors");
            return [.. file["token_mask"].ReadSingles().Select(value => value == 1)];
        }
    }

    /// <summary>Opens a module, from the repository if it has it.</summary>
    public static GoldenModule Open(string name)
    {
        string inRepository = RepositoryFiles.InRepository("tests", "GoldenModules");
        return new GoldenModule(
            File.Exists(Path.Combine(inRepository, FilePrefix + name + ".json")) ? inRepository : RepositoryFiles.InShared("golden-modules"), name);
    }

    /// <summary>Reads a matrix; a batch of one is dropped.</summary>
    public Matrix<double> Read(string tensor)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path + ".safetensors");
        SafetensorsTensor found = file[tensor];
        int columns = (int)found.Shape[^1];
        return new Matrix<double>((int)(found.ElementCount / columns), columns, found.ReadDoubles());
    }

    /// <summary>
    /// The parameters as the authors' float64 run had them: stored as floats, but 0.01 and 0.001 were doubles then, so the shortest decimal
    /// of each float is read again as a double.
    /// </summary>
    public ParameterValues<double> ReadParameters()
    {
        ParameterValues<double> parameters = new();
        using SafetensorsFile file = SafetensorsFile.Open(path + ".params.safetensors");
        foreach (SafetensorsTensor tensor in file.Tensors)
            parameters.Add(tensor.Name, [.. tensor.ReadSingles().Select(
                value => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))]);
        return parameters;
    }

    private static TheoryData<string> Names(string folder, IEnumerable<string> except) => Directory.Exists(folder)
        ? [.. Directory.GetFiles(folder, FilePrefix + "*.json")
            .Select(file => Path.GetFileNameWithoutExtension(file)[FilePrefix.Length..])
            .Except(except)
            .Order(StringComparer.Ordinal)]
        : [];
}

using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TinT.Literal.Modules;
using TinT.Literal.Parameters;
using TinT.Literal.Schedule;

namespace TinT.Literal.Export;

/// <summary>
/// The programs of a run's modules, each once: modules whose operations and parameter shapes are the same share a program and differ in what
/// stands in front of their parameters' names.
/// </summary>
internal sealed class ProgramTable
{
    private readonly Dictionary<ProgramModule, string> names = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Name, string Json)> programs = [];

    /// <summary>Collects the programs of a run.</summary>
    /// <param name="run">The run.</param>
    public ProgramTable(IEnumerable<RunStep> run)
    {
        Dictionary<string, string> nameByText = new(StringComparer.Ordinal);
        Dictionary<string, int> variants = new(StringComparer.Ordinal);
        foreach (ProgramModule module in run.OfType<ModuleCall>().Select(call => call.Module).Distinct())
        {
            string text = Describe(module);
            if (!nameByText.TryGetValue(text, out string? name))
            {
                int variant = variants[module.Program] = variants.GetValueOrDefault(module.Program) + 1;
                name = variant == 1 ? module.Program : string.Create(CultureInfo.InvariantCulture, $"{module.Program}_{variant}");
                nameByText.Add(text, name);
                programs.Add((name, text));
            }

            names.Add(module, name);
        }
    }

    /// <summary>Name of a module's program.</summary>
    /// <param name="module">The module.</param>
    public string this[ProgramModule module] => names[module];

    /// <summary>Writes the programs.</summary>
    /// <param name="json">Receives them.</param>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("programs");
        foreach ((string name, string text) in programs)
        {
            json.WritePropertyName(name);
            using JsonDocument program = JsonDocument.Parse(text);
            program.RootElement.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static string Describe(ProgramModule module)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, DescriptionWriter.Format))
        {
            json.WriteStartObject();
            json.WriteStartObject("parameters");
            foreach (ParameterDefinition parameter in module.Parameters)
            {
                json.WriteStartArray(parameter.Name[module.Scope.Length..]);
                foreach (int size in parameter.Dimensions)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
            }

            json.WriteEndObject();
            json.WriteStartArray("steps");
            StepWriter steps = new(json, module.Scope);
            foreach (Programs.ModuleStep step in module.Steps)
                steps.Write(step);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

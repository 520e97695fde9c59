using System.Text.Json;
using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Tasks;
using TinT.Evaluation.Tokenizers;
using TinT.Runtime.Checkpoints;

namespace TinT.Tests.Common;

/// <summary>A case of the authors' in-context evaluation; <c>golden-icl/README.md</c> describes its files.</summary>
public sealed class InContextCase
{
    private readonly JsonElement json;

    /// <summary>Reads a case.</summary>
    /// <param name="name">Its folder.</param>
    public InContextCase(string name)
    {
        Name = name;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "case.json")));
        json = document.RootElement.Clone();
        string[] task = Text("task_template").Split('/');
        Task = KnownTasks.Of(task[0]);
        Template = Task.Templates[int.Parse(task[1], System.Globalization.CultureInfo.InvariantCulture)];
        Tokenizer = TextTokenizer.Load(ModelFolder);
        Training = DataSetFolder.ReadFile(Path.Combine(Root, Text("data"), "train.jsonl"), Template.ClassCount);
        Test = DataSetFolder.ReadFile(Path.Combine(Root, Text("data"), "test.jsonl"), Template.ClassCount);
    }

    /// <summary>Names of all cases; none without the shared folder.</summary>
    public static TheoryData<string> All => [.. Names];

    /// <summary>Names of the cases of dynamic evaluation.</summary>
    public static TheoryData<string> Baselines => [.. Names.Where(name => new InContextCase(name).IsBaseline)];

    private static IEnumerable<string> Names => !Directory.Exists(Root)
        ? []
        : Directory.GetDirectories(Root).Where(folder => File.Exists(Path.Combine(folder, "case.json"))).Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal);

    private static string Root => RepositoryFiles.InShared("golden-icl");

    public string Name { get; }

    public string Folder => Path.Combine(Root, Name);

    public string ModelFolder => Path.Combine(Root, Text("model"));

    public string SpecPath => Path.Combine(Folder, Name + ".tint.yaml");

    public ClassificationTask Task { get; }

    public TaskTemplate Template { get; }

    public ITokenizer Tokenizer { get; }

    public LabelledTexts Training { get; }

    public LabelledTexts Test { get; }

    public bool IsBaseline => json.TryGetProperty("baseline", out _);

    public int Shots => Number("shots");

    public int TrainSeed => Number("train_seed");

    public int EvaluationSeed => Number("eval_seed");

    public int EvaluationSamples => Number("num_eval");

    public IReadOnlyList<int> TrainIndex => Numbers("train_index");

    public IReadOnlyList<int> EvaluationIndex => Numbers("eval_index");

    public bool IsAuthors => Text("compatibility") == "authors";

    public int? StartId => json.GetProperty("bos_id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt32() : null;

    public PromptOptions Options => new(
        Text("layout") == "single" ? PromptLayout.Separate : PromptLayout.Joint,
        Text("loss") == "label" ? PromptLoss.Label : PromptLoss.Context)
    {
        StartId = StartId,
        Authors = IsAuthors,
        CutTokens = json.TryGetProperty("max_length", out JsonElement most) && IsAuthors ? most.GetInt32() : null,
    };

    /// <summary>What dynamic evaluation learns of the demonstrations.</summary>
    public IReadOnlyList<LearnedText> LearnedTexts()
    {
        LabelledText[] demonstrations = [.. TrainIndex.Select(row => Training.Rows[row])];
        QueryPrompts premise = new PromptBuilder(Tokenizer, Template, Options).BuildAll(demonstrations, text: null);
        return DynamicEvaluation.TextsOf(premise, Options, Tokenizer.StartIds is [int id] ? id : null);
    }

    public double RmsUpdate => json.GetProperty("rms_update_of_label_logp").GetDouble();

    public IReadOnlyList<int> Predictions(string column) =>
        [.. json.GetProperty("predictions").GetProperty(column).EnumerateArray().Select(value => value.GetInt32())];

    public double Accuracy(string column) => json.GetProperty("accuracy").GetProperty(column).GetDouble();

    public IReadOnlyList<int> OptionLengths => Numbers("option_lens");

    public string Text(string key) => json.GetProperty(key).ToString();

    public bool Has(string key) => json.TryGetProperty(key, out _);

    public int Number(string key) => json.GetProperty(key).GetInt32();

    public double Real(string key) => json.GetProperty(key).GetDouble();

    public IReadOnlyList<int> Numbers(string key) => [.. json.GetProperty(key).EnumerateArray().Select(value => value.GetInt32())];

    public SafetensorsFile OpenInput() => SafetensorsFile.Open(Path.Combine(Folder, "input.safetensors"));

    public SafetensorsFile OpenExpected() => SafetensorsFile.Open(Path.Combine(Folder, "expected.safetensors"));

    public override string ToString() => Name;
}

using System.Globalization;
using TinT.Cli.Compilation;
using TinT.Cli.Jobs;
using TinT.Cli.Outcomes;
using TinT.Cli.Simulators;
using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Reading;
using TinT.Compiler.Specs.Syntax;
using TinT.Evaluation.InContext.Protocol;
using TinT.Evaluation.Sweeps;
using TinT.Evaluation.Tokenizers;
using TinT.Runtime.Cpu.Memory;

namespace TinT.Cli.Sweeps.Reading;

/// <summary>Reads sweeps: text, then a YAML tree, then fields, then the evaluations that they amount to.</summary>
internal sealed class SweepReader
{
    private readonly DiagnosticBag diagnostics = new();
    private readonly List<string> files = [];
    private readonly string path;
    private readonly string text;
    private readonly int? threads;

    private SweepReader(string path, string text, int? threads) => (this.path, this.text, this.threads) = (path, text, threads);

    /// <summary>Reads a sweep.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="threads">Threads of simulators; <see langword="null"/> for those of the sweep.</param>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    /// <exception cref="SpecException">The sweep, or a spec of it, has mistakes.</exception>
    public static SweepFile Read(string path, int? threads = null) => new SweepReader(path, SpecFile.Read(path).Text, threads).Read();

    private SweepFile Read()
    {
        SweepFile? sweep = DocumentReader.Read(text, diagnostics, SweepDiagnostics.EmptySweep, SweepDiagnostics.SweepNotMapping) is { } tree ? Read(tree) : null;
        return sweep is not null && diagnostics.IsEmpty
            ? sweep
            : throw new SpecException(
                string.Join('\n', diagnostics.ToEquatableArray().Select(diagnostic => DiagnosticText.WithExcerpt(path, text, diagnostic))));
    }

    private SweepFile? Read(MappingNode tree)
    {
        SectionReader root = SectionReader.OpenRoot(tree, SweepFormat.Root, diagnostics);
        if (root.ReadOrDefault(SweepFormat.FormatVersion) is { } version && version.Value != SweepFormat.Version)
            diagnostics.Report(SweepDiagnostics.UnknownFormatVersion, version.Span, version.Value.ToString(CultureInfo.InvariantCulture));
        Spanned<string>? name = root.Read(SweepFormat.Name).Value;
        if (name is { } given && !IsName(given.Value))
            diagnostics.Report(SweepDiagnostics.InvalidName, given.Span, PrintableText.Quote(given.Value));
        SourceSpan? perplexity = root.Find(PerplexityFormat.Section);
        SourceSpan? tasks = root.Find(InContextFormat.Section);
        if (perplexity is null == tasks is null)
            diagnostics.Report(SweepDiagnostics.OneKind, tasks ?? root.Span, tasks is null ? "this one has neither" : "this one has both");
        SectionReader run = root.OpenSection(RunFormat.Section);
        int batch = run.ReadOrDefault(RunFormat.Batch)?.Value ?? 1;
        int? ownThreads = run.Read(RunFormat.Threads).Value?.Value;
        ModelChoice[] models = [.. ReadModels(root.OpenSection(ModelsFormat.Section), run.Read(RunFormat.Device).Value?.Value, threads ?? ownThreads)];
        SweepEntry[] entries = perplexity is not null
            ? [.. ReadPerplexity(root.OpenSection(PerplexityFormat.Section), models, batch)]
            : tasks is not null ? [.. ReadInContext(root.OpenSection(InContextFormat.Section), models)] : [];
        if (!diagnostics.IsEmpty)
            return null;
        string ofFile = new([.. Path.GetFileName(path).Split('.')[0].Select(character => IsNameCharacter(character) ? character : '-')]);
        return new SweepFile(path, name?.Value ?? ofFile, entries, ownThreads, batch, files);
    }

    private static bool IsName(string name) => name.Length > 0 && name.Length <= SweepFormat.Name.MaximumLength && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_';

    private IEnumerable<ModelChoice> ReadModels(SectionReader section, string? device, int? count)
    {
        List<Spanned<string>> specs = Existing(section.Read(ModelsFormat.Specs), ModelsFormat.Section, ModelsFormat.Specs, File.Exists);
        List<Spanned<string>> checkpoints =
            Existing(section.Read(ModelsFormat.Checkpoints), ModelsFormat.Section, ModelsFormat.Checkpoints, Directory.Exists);
        Spanned<string>? tokenizer = section.Read(ModelsFormat.Tokenizer).Value;
        if (tokenizer is { } given && given.Value != TokenizerLoader.Bytes)
            tokenizer = Existing([given], ModelsFormat.Section, ModelsFormat.Tokenizer, Directory.Exists) is [var there] ? there : null;
        IReadOnlyList<Spanned<WeightStorage>> weights = Once(section.Read(ModelsFormat.Weights), ModelsFormat.Section, ModelsFormat.Weights);
        foreach (Spanned<WeightStorage> narrow in weights.Where(form => form.Value != WeightStorage.SinglePrecision))
        {
            if (device is not (null or ChosenDevice.Processor))
                diagnostics.Report(SweepDiagnostics.NarrowOnDevice, narrow.Span, narrow.Value.ShortName());
        }

        return
            from spec in specs.Select(spec => SpecFile.Read(spec.Value)).ToArray()
            from checkpoint in checkpoints
            from form in weights.Count == 0 ? [WeightStorage.SinglePrecision] : weights.Select(form => form.Value)
            select new ModelChoice(
                spec,
                tokenizer?.Value,
                new SimulatorChoice
                {
                    Spec = spec.Path,
                    Checkpoint = checkpoint.Value,
                    Device = device,
                    ThreadCounts = [count ?? Environment.ProcessorCount],
                    Weights = form,
                },
                string.Join(
                    ", ",
                    new[]
                    {
                        Path.GetFileName(spec.Path).Split('.')[0],
                        checkpoints.Count > 1 ? Path.GetFileName(Path.TrimEndingDirectorySeparator(checkpoint.Value)) : "",
                        weights.Count > 1 ? form.ShortName() : "",
                    }.Where(part => part.Length > 0)));
    }

    private IEnumerable<SweepEntry> ReadPerplexity(SectionReader section, ModelChoice[] models, int batch)
    {
        SectionKey format = PerplexityFormat.Section;
        List<Spanned<string>> texts = Existing(section.Read(PerplexityFormat.Texts), format, PerplexityFormat.Texts, File.Exists);
        IReadOnlyList<Spanned<double>> fractions = Once(section.Read(PerplexityFormat.TrainFractions), format, PerplexityFormat.TrainFractions);
        IReadOnlyList<Spanned<int>> layers = Once(section.Read(PerplexityFormat.Layers), format, PerplexityFormat.Layers);
        IReadOnlyList<Spanned<int>> steps = Once(section.Read(PerplexityFormat.Steps), format, PerplexityFormat.Steps);
        Sweep sweep = new()
        {
            LearningRates = Values(Once(section.Read(PerplexityFormat.LearningRates), format, PerplexityFormat.LearningRates)),
            Layers = Values(layers),
            Steps = Values(steps),
        };
        Field<int> blockSize = section.Read(PerplexityFormat.BlockSize);
        CheckTraining(models, format.Path, layers, steps);
        foreach (ModelSpec spec in models.Select(model => model.Spec.Model.Spec).Distinct())
            CheckMost("perplexity.block_size", blockSize.Value, spec, spec.Auxiliary.MaxPositionEmbeddings, "auxiliary.max_position_embeddings");
        PerplexityRequest request = new()
        {
            Simulator = new SimulatorChoice { Spec = "" },
            Texts = [],
            Sweep = fractions.Count > 0 ? sweep with { TrainFractions = Values(fractions) } : sweep,
            SpecialTokens = section.ReadOrDefault(PerplexityFormat.SpecialTokens)?.Value ?? false,
            Exact = section.ReadOrDefault(PerplexityFormat.Exact)?.Value,
            Blocks = section.Read(PerplexityFormat.Blocks).Value?.Value,
            BlockSize = blockSize.Value?.Value,
            GroupLines = section.Read(PerplexityFormat.GroupLines).Value?.Value,
            KeepsTokenLosses = section.ReadOrDefault(PerplexityFormat.TokenLosses)?.Value ?? false,
            BatchSize = batch,
        };
        return
            from model in models
            from file in texts
            select new PerplexityEntry(
                $"{model.Label} on {Path.GetFileName(file.Value)}",
                request with { Simulator = model.Simulator, Tokenizer = model.Tokenizer, Texts = [file.Value] });
    }

    private IEnumerable<SweepEntry> ReadInContext(SectionReader section, ModelChoice[] models)
    {
        SectionKey format = InContextFormat.Section;
        InContextOptions defaults = new();
        Spanned<string>? data = section.Read(InContextFormat.Data).Value;
        if (data is { } named)
            data = Existing([named], format, InContextFormat.Data, Directory.Exists) is [var there] ? there : null;
        List<Spanned<string>> taskFiles = Existing(section.Read(InContextFormat.TaskFiles), format, InContextFormat.TaskFiles, File.Exists);
        IReadOnlyList<Spanned<int>> templates = Once(section.Read(InContextFormat.Templates), format, InContextFormat.Templates);
        IReadOnlyList<Spanned<int>> layers = section.Read(InContextFormat.Layers);
        IReadOnlyList<Spanned<int>> steps = section.Read(InContextFormat.Steps);
        IReadOnlyList<double> rates = Values(Once(section.Read(InContextFormat.LearningRates), format, InContextFormat.LearningRates));
        CheckTraining(models, format.Path, layers, steps);
        InContextOptions options = new()
        {
            Shots = Or(Once(section.Read(InContextFormat.Shots), format, InContextFormat.Shots), defaults.Shots),
            Layouts = Or(Once(section.Read(InContextFormat.Layouts), format, InContextFormat.Layouts), defaults.Layouts),
            Losses = Or(Once(section.Read(InContextFormat.Losses), format, InContextFormat.Losses), defaults.Losses),
            TrainSeeds = Or(Once(section.Read(InContextFormat.TrainSeeds), format, InContextFormat.TrainSeeds), defaults.TrainSeeds),
            Calibrations = Or(Once(section.Read(InContextFormat.Calibrations), format, InContextFormat.Calibrations), defaults.Calibrations),
            EvaluationSeed = section.ReadOrDefault(InContextFormat.EvaluationSeed)?.Value ?? 0,
            TestSeed = section.ReadOrDefault(InContextFormat.TestSeed)?.Value ?? 0,
            EvaluationSamples = section.ReadOrDefault(InContextFormat.EvaluationSamples)?.Value ?? 1,
            Limit = section.Read(InContextFormat.Limit).Value?.Value,
            LearningRates = rates.Count > 0 ? rates : null,
            Depths = Depths(section.Span, Values(layers), Values(steps)),
            Selection = section.ReadOrDefault(InContextFormat.Select)?.Value ?? default,
            LongPrompts = section.ReadOrDefault(InContextFormat.TooLong)?.Value ?? default,
            MaxTokens = section.Read(InContextFormat.MaxLength).Value?.Value,
            Authors = section.ReadOrDefault(InContextFormat.Compatibility)?.Value ?? false,
        };
        string[] tasks = [.. Values(Once(section.Read(InContextFormat.Tasks), format, InContextFormat.Tasks))];
        var exact = section.ReadOrDefault(InContextFormat.Exact)?.Value;
        return
            from model in models
            from template in templates.Count == 0 ? [0] : Values(templates)
            select new InContextEntry(
                string.Create(CultureInfo.InvariantCulture, $"{model.Label}{(templates.Count > 1 ? $", template {template}" : "")}"),
                new InContextRequest
                {
                    Simulator = model.Simulator,
                    Tokenizer = model.Tokenizer,
                    Data = data?.Value ?? "",
                    Tasks = tasks,
                    TaskFiles = Values(taskFiles),
                    Template = template,
                    Options = options,
                    Exact = exact,
                });
    }

    private (int Layers, int Steps)[] Depths(SourceSpan section, IReadOnlyList<int> layers, IReadOnlyList<int> steps)
    {
        if (layers.Count == 0 && steps.Count == 0)
            return [];
        steps = steps.Count == 0 ? [1] : steps;
        if (layers.Count > 0 && (layers.Count == steps.Count || layers.Count == 1 || steps.Count == 1))
            return [.. Enumerable.Range(0, Math.Max(layers.Count, steps.Count)).Select(index => (layers[Math.Min(index, layers.Count - 1)], steps[Math.Min(index, steps.Count - 1)]))];
        diagnostics.Report(
            SweepDiagnostics.NoPairs, section, layers.Count.ToString(CultureInfo.InvariantCulture), steps.Count.ToString(CultureInfo.InvariantCulture));
        return [];
    }

    private void CheckTraining(IEnumerable<ModelChoice> models, string section, IReadOnlyList<Spanned<int>> layers, IReadOnlyList<Spanned<int>> steps)
    {
        foreach (ModelSpec spec in models.Select(model => model.Spec.Model.Spec).Distinct())
        {
            foreach (Spanned<int> count in layers)
                CheckMost($"{section}.layers", count, spec, spec.Training.Layers, "training.layers");
            foreach (Spanned<int> count in steps)
                CheckMost($"{section}.steps", count, spec, spec.Training.Steps, "training.steps");
        }
    }

    private void CheckMost(string key, Spanned<int>? value, ModelSpec spec, int most, string where)
    {
        if (value is { } given && given.Value > most)
        {
            diagnostics.Report(
                SweepDiagnostics.TooMany,
                given.Span,
                key,
                given.Value.ToString(CultureInfo.InvariantCulture),
                spec.Model.Value,
                most.ToString(CultureInfo.InvariantCulture),
                where);
        }
    }

    /// <summary>Paths from where the tool runs, of files that are there.</summary>
    private List<Spanned<string>> Existing(IReadOnlyList<Spanned<string>> names, SectionKey section, KeyFormat key, Func<string, bool> exists)
    {
        List<Spanned<string>> found = [];
        foreach (Spanned<string> name in Once(names, section, key).DistinctBy(name => name.Value))
        {
            string place = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name.Value));
            if (exists(place))
                found.Add(new Spanned<string>(place, name.Span));
            else
                diagnostics.Report(SweepDiagnostics.MissingFile, name.Span, section.PathOf(key), PrintableText.Quote(name.Value), PrintableText.Shorten(place, limit: 200));
        }

        files.AddRange(found.Select(file => file.Value));
        return found;
    }

    private IReadOnlyList<Spanned<T>> Once<T>(IReadOnlyList<Spanned<T>> values, SectionKey section, KeyFormat key)
    {
        for (int index = 0; index < values.Count; index++)
        {
            if (values.Take(index).Any(other => EqualityComparer<T>.Default.Equals(other.Value, values[index].Value)))
            {
                SourceSpan span = values[index].Span;
                diagnostics.Report(
                    SweepDiagnostics.RepeatedValue, span, section.PathOf(key), PrintableText.Quote(text.Substring(span.Start.Offset, span.Length)));
            }
        }

        return values;
    }

    private static IReadOnlyList<T> Values<T>(IReadOnlyList<Spanned<T>> values) => [.. values.Select(value => value.Value)];

    private static IReadOnlyList<T> Or<T>(IReadOnlyList<Spanned<T>> values, IReadOnlyList<T> defaults) => values.Count > 0 ? Values(values) : defaults;

    /// <summary>A model of the sweep.</summary>
    private sealed record ModelChoice(SpecFile Spec, string? Tokenizer, SimulatorChoice Simulator, string Label);
}

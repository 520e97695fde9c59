using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using TinT.Cli.Files;
using TinT.Evaluation.Tokenizers;

namespace TinT.Cli.Commands;

/// <summary>Arguments and options that several commands share, and how their values are read.</summary>
internal static class CommonArguments
{
    /// <summary>Most threads that simulators accept.</summary>
    private const int MostThreads = 1024;

    /// <summary>The spec.</summary>
    public static Argument<string> Spec() => new FileArgument<string>("SPEC") { Description = "The spec, a *.tint.yaml file." };

    /// <summary>The checkpoint.</summary>
    public static Option<string?> Checkpoint()
    {
        Option<string?> option = OptionalCheckpoint(
            "Hugging Face model directory: config.json and weights, model.safetensors or pytorch_model.bin or their shards.");
        option.Required = true;
        return option;
    }

    /// <summary>The checkpoint, where there may be none.</summary>
    public static Option<string?> OptionalCheckpoint(string description) =>
        new FileOption<string?>("--checkpoint", FileRole.InputDirectory) { HelpName = "DIR", Description = description };

    /// <summary>Texts.</summary>
    public static Option<string[]> Texts(string description) => new FileOption<string[]>("--text", FileRole.Input)
    {
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
        Description = description,
    };

    /// <summary>The tokenizer.</summary>
    public static Option<string?> Tokenizer() => new FileOption<string?>("--tokenizer", FileRole.InputDirectory)
    {
        HelpName = "bytes|DIR",
        Description = "'bytes', or a directory with tokenizer.json, vocab.json and merges.txt, or tokenizer.model. Default: bytes for a vocabulary of 256, else the checkpoint's directory.",
        OtherValue = TokenizerLoader.Bytes,
    };

    /// <summary>Whether special tokens in texts are read as such.</summary>
    public static Option<bool> SpecialTokens() => new("--special-tokens")
    {
        Description = "Reads special tokens that are spelled out in a text, such as <|endoftext|>, as such, as Hugging Face's tokenizers do. Default: they are plain text like any other.",
    };

    /// <summary>Threads.</summary>
    public static Option<int?> Threads() =>
        Count("--threads", "Threads that share the work; results do not depend on it. Default: one per processor.", MostThreads);

    /// <summary>Several numbers of threads.</summary>
    public static Option<int[]> ThreadCounts() => Counts(
        "--threads", "Threads that share the work; several, separated by commas, are measured one after another. Default: one per processor.", MostThreads);

    /// <summary>Where the compiled simulator runs.</summary>
    public static Option<string?> Device()
    {
        Option<string?> option = new("--device")
        {
            HelpName = "cpu|cuda|opencl|ilgpu-cpu|auto|NAME",
            Description = "Where the compiled simulator runs: the processor, the first device of a kind, a GPU if there is one (auto), or a device by part of its name; 'tint devices' lists them. Default: cpu.",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError("--device needs the name of a device, not an empty text.");
        });
        return option;
    }

    /// <summary>Whether a library computes products.</summary>
    public static Option<bool> CuBlas() => new("--cublas")
    {
        Description = "Lets NVIDIA's cuBLAS, which must be installed, compute products that have nothing fused to them; for CUDA devices.",
    };

    /// <summary>Whether what is not finite is no failure.</summary>
    /// <param name="what">What may be not finite.</param>
    public static Option<bool> AllowNonFinite(string what) =>
        new("--allow-non-finite") { Description = $"{what} give a warning and exit code 0, not an error and 1." };

    /// <summary>One inner learning rate.</summary>
    public static Option<double[]> LearningRate() => Numbers("--learning-rate", "X", "Inner learning rate. Default: the spec's.", several: false);

    /// <summary>Inner steps.</summary>
    public static Option<int?> Steps() => Count("--steps", "Inner SGD steps, up to those of the spec. Default: the spec's.");

    /// <summary>Trained layers.</summary>
    public static Option<int?> Layers() => Count("--layers", "Trained layers, the top N, up to those of the spec. Default: the spec's.");

    /// <summary>A file or directory that must be named.</summary>
    public static Option<string> RequiredPath(string name, FileRole role, string helpName, string description) =>
        new FileOption<string>(name, role) { HelpName = helpName, Required = true, Description = description };

    /// <summary>A report to be written.</summary>
    public static Option<string?> OutputFile(string name, string description) =>
        new FileOption<string?>(name, FileRole.Output) { HelpName = "FILE", Description = $"{description} '-' is standard output." };

    /// <summary>A whole number from 1.</summary>
    public static Option<int?> Count(string name, string description, int most = int.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => ParseCount(name, result, result.Tokens.Single().Value, most),
    };

    /// <summary>Whole numbers from 1, separated by commas or given one by one.</summary>
    public static Option<int[]> Counts(string name, string description, int most = int.MaxValue) => new(name)
    {
        HelpName = "N,…",
        Description = description,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => ParseCount(name, result, text, most)).OfType<int>()],
    };

    /// <summary>A whole number from 0.</summary>
    public static Option<int?> WholeNumber(string name, string description, int most = int.MaxValue) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => ParseCount(name, result, result.Tokens.Single().Value, most, least: 0),
    };

    /// <summary>Whole numbers from 0, separated by commas or given one by one.</summary>
    public static Option<int[]> WholeNumbers(string name, string description) => new(name)
    {
        HelpName = "N,…",
        Description = description,
        CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => ParseCount(name, result, text, int.MaxValue, least: 0)).OfType<int>()],
    };

    /// <summary>A number.</summary>
    public static Option<double?> Number(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result => ParseNumbers(name, result) switch
        {
            [double number] => number,
            [] => null,
            _ => Refuse(name, result),
        },
    };

    /// <summary><c>--log</c>, which keeps finished runs.</summary>
    /// <param name="runs">What runs are called.</param>
    public static Option<string?> Log(string runs) => new FileOption<string?>("--log", FileRole.AppendedFile)
    {
        HelpName = "FILE",
        Description = $"Keeps finished {runs} there, one line each, and does not repeat those that it has.",
    };

    /// <summary><c>--merge</c>, logs whose runs count as finished.</summary>
    public static Option<string[]> MergedLogs() => new FileOption<string[]>("--merge", FileRole.Input)
    {
        HelpName = "FILE…",
        AllowMultipleArgumentsPerToken = true,
        Description = "Logs of the same evaluation, such as those of other shards: what they have is not run again.",
    };

    /// <summary><c>--shard</c>, the part of the work that a process does.</summary>
    /// <param name="description">Its help.</param>
    public static Option<string?> Shard(string description) => new("--shard") { HelpName = "I/N", Description = description };

    /// <summary>Numbers, separated by commas or given one by one.</summary>
    /// <param name="name">Name of the option.</param>
    /// <param name="helpName">What stands for its value in help.</param>
    /// <param name="description">Its help.</param>
    /// <param name="several">Whether there may be more than one.</param>
    public static Option<double[]> Numbers(string name, string helpName, string description, bool several = true) => new(name)
    {
        HelpName = helpName,
        Description = description,
        CustomParser = result =>
        {
            double[] numbers = ParseNumbers(name, result);
            if (numbers.Length <= 1 || several)
                return numbers;
            Refuse(name, result);
            return [];
        },
    };

    private static int? ParseCount(string name, ArgumentResult result, string text, int most, int least = 1)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= least && count <= most)
            return count;
        string range = string.Create(CultureInfo.InvariantCulture, $"from {least}") + (most == int.MaxValue ? "" : string.Create(
            CultureInfo.InvariantCulture, $" to {most}"));
        result.AddError($"{name} needs a whole number {range}, not '{text}'.");
        return null;
    }

    private static double? Refuse(string name, ArgumentResult result)
    {
        result.AddError($"{name} needs one number, not several.");
        return null;
    }

    /// <summary>The numbers; none, with an error added, if one is not a finite number.</summary>
    private static double[] ParseNumbers(string name, ArgumentResult result)
    {
        List<double> numbers = [];
        foreach (string text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                result.AddError($"{name} needs numbers such as 0.3 or 1e-4, separated by commas, not '{text}'.");
                return [];
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }
}

namespace TinT.Compiler.Specs.Format;

/// <summary>The whole spec format: which keys there are, what each takes, and its limits.</summary>
internal static class SpecFormat
{
    /// <summary>The version of the format that this compiler reads.</summary>
    public const int Version = 1;

    private const string Identifier = @"[\p{L}_][\p{L}\p{Nd}_]*";

    public static readonly IntegerKey FormatVersion = new("tint", Required: false, int.MinValue, int.MaxValue, "1")
    {
        Description = "Version of this format.",
        Default = Version,
        IsVersion = true,
        Synonyms = ["version"],
    };

    public static readonly TextKey Model = new("model", Required: true, "Gpt2")
    {
        Description = "Names the generated classes: a C# identifier that is no keyword.",
        Pattern = $"^{Identifier}$",
        MaximumLength = 64,
        Synonyms = ["name"],
    };

    public static readonly TextKey Namespace = new("namespace", Required: false, "MyProject.Models")
    {
        Description = "Namespace of the generated classes. Default: the project's property TintNamespace, else TinT.Generated.",
        Pattern = $@"^{Identifier}(\.{Identifier})*$",
        MaximumLength = 200,
    };

    public static readonly ChoiceKey<Access> Access = new(
        "access", Required: false, [new("public", TinT.Compiler.Access.Public), new("internal", TinT.Compiler.Access.Internal)], [])
    {
        Description = "Who sees the generated classes: every project that references this one, or this project only. Default: the project's property TintAccess, else public.",
        Synonyms = ["visibility", "accessibility"],
    };

    /// <summary>The top level.</summary>
    public static readonly SectionKey Root = new(
        string.Empty,
        string.Empty,
        Required: true,
        [FormatVersion, Model, Namespace, Access, AuxiliaryFormat.Section, SimulatorFormat.Section, TrainingFormat.Section])
    {
        Description = "A transformer that is trained inside a simulator transformer (Trainable Transformer in Transformer). The compiler turns this file into the simulator's code.",
    };
}

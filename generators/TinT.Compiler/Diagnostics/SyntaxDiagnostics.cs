namespace TinT.Compiler.Diagnostics;

/// <summary>TINT0xxx: the text is not YAML, or not a spec's YAML.</summary>
public static class SyntaxDiagnostics
{
    /// <summary>The YAML parser gave up.</summary>
    public static readonly DiagnosticDescriptor InvalidYaml = new(
        "TINT0001", "Invalid YAML", "The YAML cannot be read here: {0}. {1}");

    /// <summary>A line is indented with a tab.</summary>
    public static readonly DiagnosticDescriptor TabIndentation = new(
        "TINT0002", "Tab in the indentation", "This line is indented with a tab, which YAML forbids. Indent with spaces.");

    /// <summary>There is no content.</summary>
    public static readonly DiagnosticDescriptor EmptySpec = new(
        "TINT0003", "Empty spec", "The spec is empty. Write at least 'model', 'auxiliary' and 'simulator'.");

    /// <summary>The top level is a list or a single value.</summary>
    public static readonly DiagnosticDescriptor SpecNotMapping = new(
        "TINT0004", "Spec is not a mapping", "The spec is {0}, not a mapping. Write lines of the form 'key: value', starting with 'tint: 1'.");

    /// <summary>There is a second YAML document.</summary>
    public static readonly DiagnosticDescriptor SeveralDocuments = new(
        "TINT0005", "Several documents", "A second YAML document starts here, but a file holds one spec. Move it to a file of its own.");

    /// <summary>An anchor or an alias is used.</summary>
    public static readonly DiagnosticDescriptor AnchorOrAlias = new(
        "TINT0006", "Anchor or alias", "YAML {0} are not allowed in a spec. Write the value out where it is needed.");

    /// <summary>A tag is used.</summary>
    public static readonly DiagnosticDescriptor Tag = new(
        "TINT0007", "Tag", "YAML tags are not allowed in a spec. Remove the tag; the key decides the type of its value.");

    /// <summary>Mappings or lists are nested too deeply.</summary>
    public static readonly DiagnosticDescriptor NestedTooDeeply = new(
        "TINT0008", "Nested too deeply", "This is nested deeper than {0} levels; a spec needs three. Check the indentation and the brackets.");

    /// <summary>The text is too long.</summary>
    public static readonly DiagnosticDescriptor TextTooLong = new(
        "TINT0009", "Text too long", "The text has {0} characters and was not read; a spec has at most {1}. Check that this file is a spec.");

    /// <summary>A key or value is too long.</summary>
    public static readonly DiagnosticDescriptor ValueTooLong = new(
        "TINT0010", "Value too long", "This text has {0} characters; a key or value of a spec has at most {1}. Shorten it, or close its quote.");

    /// <summary>A character that YAML does not allow.</summary>
    public static readonly DiagnosticDescriptor ForbiddenCharacter = new(
        "TINT0011", "Forbidden character", "The character {0} is not allowed in YAML. Remove it, and save the file as UTF-8.");

    /// <summary>There are too many keys and values.</summary>
    public static readonly DiagnosticDescriptor TooManyNodes = new(
        "TINT0012", "Too many values", "The spec has more than {0} keys and values and was read only up to here. Check that this file is a spec.");

    /// <summary>A key that the format does not know.</summary>
    public static readonly DiagnosticDescriptor UnknownKey = new(
        "TINT0020", "Unknown key", "{1} has no key '{0}'. {2}");

    /// <summary>A key that was already there.</summary>
    public static readonly DiagnosticDescriptor DuplicateKey = new(
        "TINT0021", "Duplicate key", "The key '{0}' is already on line {1}. Remove one of the two.");

    /// <summary>A key without a default is missing.</summary>
    public static readonly DiagnosticDescriptor MissingKey = new(
        "TINT0022", "Missing key", "{1} lacks '{0}', which has no default. {2}");

    /// <summary>A key is a list or a mapping.</summary>
    public static readonly DiagnosticDescriptor KeyNotText = new(
        "TINT0023", "Key is not a name", "This key is {0}, not a name. Write 'key: value' with a plain name as key.");

    /// <summary>A key has no value.</summary>
    public static readonly DiagnosticDescriptor MissingValue = new(
        "TINT0024", "Missing value", "'{0}' has no value. Write {1} after the colon, or remove the line to get the default if there is one.");

    /// <summary>A mapping where a value is expected, or the like.</summary>
    public static readonly DiagnosticDescriptor WrongKind = new(
        "TINT0025", "Wrong kind of value", "'{0}' needs {1}, but this is {2}. Write {3}.");

    /// <summary>Not a whole number.</summary>
    public static readonly DiagnosticDescriptor NotAnInteger = new(
        "TINT0026", "Not a whole number", "'{0}' needs a whole number, but this is {1}. Write digits only, such as {2}.");

    /// <summary>Not a finite number.</summary>
    public static readonly DiagnosticDescriptor NotANumber = new(
        "TINT0027", "Not a number", "'{0}' needs a finite number, but this is {1}. Write a number such as {2}.");

    /// <summary>Not true or false.</summary>
    public static readonly DiagnosticDescriptor NotABoolean = new(
        "TINT0028", "Not true or false", "'{0}' needs true or false, but this is {1}. Write {2}.");

    /// <summary>A word that is none of the choices.</summary>
    public static readonly DiagnosticDescriptor UnknownChoice = new(
        "TINT0029", "Unknown choice", "'{0}' cannot be {1}. {2}");

    /// <summary>A choice of the format that the compiler cannot build yet.</summary>
    public static readonly DiagnosticDescriptor NotSupportedYet = new(
        "TINT0030", "Not supported yet", "'{0}: {1}' is part of the format but not supported yet. Use {2}.");

    /// <summary>The model's name cannot name classes.</summary>
    public static readonly DiagnosticDescriptor InvalidModelName = new(
        "TINT0031", "Invalid model name", "The model name {0} {1}. It names C# classes: use letters, digits and underscores, such as '{2}'.");

    /// <summary>Another version of the format.</summary>
    public static readonly DiagnosticDescriptor UnknownFormatVersion = new(
        "TINT0032", "Unknown format version", "Version {0} of the spec format is unknown to this compiler. Write 'tint: 1', or use a newer compiler.");

    /// <summary>A namespace that is none.</summary>
    public static readonly DiagnosticDescriptor InvalidNamespace = new(
        "TINT0033", "Invalid namespace", "The namespace {0} {1}. Write names of letters, digits and underscores with dots between them, such as 'MyProject.Models'.");

    /// <summary>The file holds where another file is.</summary>
    public static readonly DiagnosticDescriptor LargeFilePointer = new(
        "TINT0034", "Git LFS pointer", "This is not a spec but a pointer of Git LFS to one. Run 'git lfs pull' where the file comes from.");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        InvalidYaml, TabIndentation, EmptySpec, SpecNotMapping, SeveralDocuments, AnchorOrAlias, Tag, NestedTooDeeply,
        TextTooLong, ValueTooLong, ForbiddenCharacter, TooManyNodes,
        UnknownKey, DuplicateKey, MissingKey, KeyNotText, MissingValue, WrongKind, NotAnInteger, NotANumber, NotABoolean,
        UnknownChoice, NotSupportedYet, InvalidModelName, UnknownFormatVersion, InvalidNamespace, LargeFilePointer,
    ];
}

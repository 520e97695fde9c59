namespace TinT.Cli.Commands;

/// <summary>A command whose help ends with an example.</summary>
internal interface IHasExample
{
    /// <summary>Lines to type.</summary>
    string Example { get; }
}

using System.IO;
using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>The repository's README for a gallery, where links to files of the repository lead to the repository.</summary>
public sealed class GalleryReadme : Task
{
    /// <summary>The README.</summary>
    [Required]
    public string Readme { get; set; } = "";

    /// <summary>Address of the folder that it lies in.</summary>
    [Required]
    public string Address { get; set; } = "";

    /// <summary>The file to write.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        string text = File.ReadAllText(Readme);
        Directory.CreateDirectory(Path.GetDirectoryName(Output)!);
        File.WriteAllText(Output, Regex.Replace(text, @"\]\((?![a-z]+:|#)(?<path>[^)]+)\)", $"]({Address}/${{path}})"));
        return true;
    }
}

namespace TinT.Model.Architectures;

/// <summary>The fields of a <c>config.json</c>, for what a row of a table cannot say. A field that is absent or null is <see langword="null"/>; one of another type is reported.</summary>
public interface IConfiguration
{
    /// <summary>A flag.</summary>
    /// <param name="name">Name of the field.</param>
    bool? Flag(string name);

    /// <summary>A whole number.</summary>
    /// <param name="name">Name of the field.</param>
    int? Size(string name);

    /// <summary>A list of words.</summary>
    /// <param name="name">Name of the field.</param>
    IReadOnlyList<string>? Words(string name);

    /// <summary>A list of patterns, each a list of words and how often it comes, written out.</summary>
    /// <param name="name">Name of the field.</param>
    IReadOnlyList<string>? RepeatedWords(string name);

    /// <summary>Reports a value that is not supported.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="supported">What is, as the end of a sentence such as "only false is supported".</param>
    void Refuse(string name, string supported);
}

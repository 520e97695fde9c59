using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary><c>RobertaProcessing</c>: a token before the text and one behind it.</summary>
internal static class RobertaProcessing
{
    /// <summary>Its name.</summary>
    public const string Name = "RobertaProcessing";

    /// <summary>Reads the row.</summary>
    public static TokenTemplate Read(JsonPlace place) => new([IdOf(place.Get("cls"))], [IdOf(place.Get("sep"))]);

    /// <summary>Of a token and its id, <c>["&lt;s&gt;", 0]</c>, the id.</summary>
    private static int IdOf(JsonPlace place) => place.Items().ToArray() is [_, JsonPlace id] ? id.Count() : throw place.Error("must be a token and its id.");
}

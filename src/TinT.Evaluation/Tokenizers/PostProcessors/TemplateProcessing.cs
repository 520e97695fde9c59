using TinT.Evaluation.Tokenizers.Files;

namespace TinT.Evaluation.Tokenizers.PostProcessors;

/// <summary><c>TemplateProcessing</c>: the text among special tokens. Only the template of single texts matters; pairs of texts are not encoded.</summary>
internal static class TemplateProcessing
{
    /// <summary>Its name.</summary>
    public const string Name = "TemplateProcessing";

    /// <summary>Reads the row.</summary>
    public static TokenTemplate Read(JsonPlace place)
    {
        List<int> before = [], behind = [];
        JsonPlace single = place.Get("single");
        bool isBehind = false;
        foreach (JsonPlace item in single.Items())
        {
            if (item.Find("SpecialToken") is { } token)
            {
                (isBehind ? behind : before).AddRange(IdsOf(place, token.Get("id")));
                continue;
            }

            if (item.Find("Sequence")?.Get("id").Text() != "A")
                throw item.Error("must be a SpecialToken, or the Sequence A.");
            if (isBehind)
                throw item.Error("has the text a second time, which is not supported.");
            isBehind = true;
        }

        return isBehind ? new TokenTemplate(before, behind) : throw single.Error("has no place for the text; add the Sequence A.");
    }

    private static IEnumerable<int> IdsOf(JsonPlace place, JsonPlace name) => place.Find("special_tokens")?.Find(name.Text()) is { } token
        ? token.Get("ids").Items().Select(id => id.Count())
        : throw name.Error($"special_tokens has no {name.Describe()}; add it with its ids.");
}

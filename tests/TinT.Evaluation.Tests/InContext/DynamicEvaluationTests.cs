using TinT.Evaluation.InContext.Prompts;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Evaluation.Tests.InContext;

/// <summary>What the authors' dynamic evaluation learns, token by token.</summary>
public sealed class DynamicEvaluationTests
{
    /// <summary>No target, as PyTorch's cross entropy writes it.</summary>
    private const int Ignored = -100;

    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.Baselines), MemberType = typeof(InContextCase))]
    public void Texts_targets_and_visibility_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        using SafetensorsFile input = golden.OpenInput();
        int[] ids = input["train.input_ids"].ReadInt32s();
        int[] labels = input["train.labels"].ReadInt32s();
        int[] attended = input["train.attention_mask"].ReadInt32s();

        IReadOnlyList<LearnedText> texts = golden.LearnedTexts();

        int tokens = texts[0].Ids.Length;
        Assert.Equal(ids, texts.SelectMany(text => text.Ids));
        for (int text = 0; text < texts.Count; text++)
        {
            int start = text * tokens;
            IEnumerable<int> targets = labels.Skip(start + 1).Take(tokens - 1).Select(label => label == Ignored ? LearnedText.NoTarget : label);
            Assert.Equal(targets.Append(LearnedText.NoTarget), texts[text].Targets);
            float[]? visible = golden.Options.Layout == PromptLayout.Joint ? input["train.visible"].ReadSingles() : null;
            for (int token = 0; token < tokens; token++)
            {
                for (int other = 0; other <= token; other++)
                {
                    bool sees = attended[start + other] == 1 && (visible is null || visible[(token * tokens) + other] == 1);
                    Assert.Equal(sees ? 1 : 0, texts[text].Visible[(token * tokens) + other]);
                }

                Assert.Equal(attended[start + token] == 1 ? token : LearnedText.Hidden, texts[text].Positions[token]);
            }
        }
    }
}

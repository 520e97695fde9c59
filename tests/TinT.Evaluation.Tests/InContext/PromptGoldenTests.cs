using TinT.Evaluation.InContext.Data;
using TinT.Evaluation.InContext.Prompts;
using TinT.Evaluation.InContext.Sampling;
using TinT.Runtime.Checkpoints;
using TinT.Tests.Common;

namespace TinT.Evaluation.Tests.InContext;

public sealed class PromptGoldenTests
{
    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.All), MemberType = typeof(InContextCase))]
    public void Draws_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        int classes = golden.Template.ClassCount;

        Assert.Equal(golden.TrainIndex, BalancedDraw.Of(golden.Training, classes, golden.Shots, (uint)golden.TrainSeed));
        Assert.Equal(golden.EvaluationIndex, BalancedDraw.Of(golden.Test, classes, golden.EvaluationSamples, (uint)golden.EvaluationSeed));
    }

    [SharedFolderTheory("golden-icl"), MemberData(nameof(InContextCase.All), MemberType = typeof(InContextCase))]
    public void Tokens_positions_and_masks_are_the_authors(string name)
    {
        InContextCase golden = new(name);
        if (golden.IsBaseline)
            return;
        PromptBuilder builder = new(golden.Tokenizer, golden.Template, golden.Options);
        LabelledText[] demonstrations = [.. golden.TrainIndex.Select(row => golden.Training.Rows[row])];
        using SafetensorsFile input = golden.OpenInput();
        int sample = 0;
        foreach (int row in golden.EvaluationIndex)
        {
            string text = golden.Test.Rows[row].Text;
            Check(input, $"s{sample++}", builder.BuildAll(demonstrations, text));
            if (golden.OptionLengths.Count > 0)
                Assert.Equal(
                    golden.OptionLengths, Enumerable.Range(0, golden.Template.ClassCount).Select(candidate => builder.CandidateTokens(text, candidate)));
        }

        if (input.TryGetTensor("premise.input_ids", out _))
            Check(input, "premise", builder.BuildAll(demonstrations, text: null));
        if (input.TryGetTensor("label_ids", out SafetensorsTensor? ids))
            Assert.Equal(ids.ReadInt32s(), builder.BuildAll(demonstrations, golden.Test.Rows[golden.EvaluationIndex[0]].Text).CandidateIds);
    }

    private static void Check(SafetensorsFile input, string name, QueryPrompts prompts)
    {
        for (int candidate = 0; candidate < prompts.Prompts.Count; candidate++)
            Check(input, prompts.CandidateIds.Count > 0 ? name : $"{name}.c{candidate}", prompts.Prompts[candidate]);
    }

    private static void Check(SafetensorsFile input, string name, Prompt prompt)
    {
        Assert.Equal(input[name + ".input_ids"].ReadInt32s(), prompt.Ids);
        Assert.Equal(input[name + ".training_mask"].ReadSingles(), prompt.CreateTrainingMask());
        if (input.TryGetTensor(name + ".position_ids", out SafetensorsTensor? positions))
            Assert.Equal(positions.ReadInt32s(), prompt.Positions);
        if (input.TryGetTensor(name + ".gradient_mask", out SafetensorsTensor? learned))
            Assert.Equal(learned.ReadSingles(), prompt.GradientMask);
        if (!input.TryGetTensor(name + ".icl_mask", out SafetensorsTensor? mask))
            return;
        float[] expected = mask.ReadSingles();
        for (int token = 0; token < prompt.TokenCount; token++)
        {
            for (int other = 0; other <= token; other++)
                Assert.True((expected[(token * prompt.TokenCount) + other] == 1) == prompt.Sees(token, other), $"{name}: {token} sees {other}");
        }
    }
}

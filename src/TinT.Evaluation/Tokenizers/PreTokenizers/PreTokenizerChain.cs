using TinT.Evaluation.Tokenizers.Texts;

namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>The steps of a tokenizer, one after the other.</summary>
internal sealed class PreTokenizerChain
{
    private readonly PreTokenizerStep[] steps;

    private PreTokenizerChain(PreTokenizerStep[] steps, bool isByteLevel)
    {
        this.steps = steps;
        IsByteLevel = isByteLevel;
    }

    /// <summary>Whether the parts are bytes for the model rather than characters.</summary>
    public bool IsByteLevel { get; }

    /// <summary>Steps that can be named.</summary>
    public IReadOnlyList<PreTokenizerStep> Steps => steps;

    /// <summary>Chains steps. Byte letters are only written where a later step looks at them; the model gets the bytes.</summary>
    /// <param name="steps">The steps; only one of them may be byte-level.</param>
    public static PreTokenizerChain Of(IReadOnlyList<PreTokenizerStep> steps)
    {
        int letters = Enumerable.Range(0, steps.Count).FirstOrDefault(index => steps[index].PreTokenizer is ByteLetters, -1);
        if (letters < 0)
            return new PreTokenizerChain([.. steps], isByteLevel: false);
        if (letters == steps.Count - 1)
            return new PreTokenizerChain([.. steps.Take(letters)], isByteLevel: true);
        return new PreTokenizerChain([.. steps, steps[letters] with { PreTokenizer = new ByteLetterReader() }], isByteLevel: true);
    }

    /// <summary>The chain in front of a sink.</summary>
    /// <param name="model">What takes the parts that all steps leave.</param>
    public IPieceSink Before(IPieceSink model)
    {
        IPieceSink next = model;
        for (int step = steps.Length - 1; step >= 0; step--)
            next = new Link(steps[step].PreTokenizer, step, next);
        return next;
    }

    private sealed class Link(IPreTokenizer preTokenizer, int step, IPieceSink next) : IPieceSink
    {
        public void Accept(in Piece piece) => preTokenizer.Split(piece, step, next);
    }
}

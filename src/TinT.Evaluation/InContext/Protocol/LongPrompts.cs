namespace TinT.Evaluation.InContext.Protocol;

/// <summary>What happens to prompts that are longer than the context.</summary>
public enum LongPrompts
{
    /// <summary><c>error</c>: nothing is run.</summary>
    Refuse,

    /// <summary><c>drop</c>: demonstrations are left out, the first drawn of each class first, the same for all queries.</summary>
    Drop,

    /// <summary><c>cut</c>: tokens behind the first are left out, as in the authors' code.</summary>
    Cut,
}

namespace TinT.Evaluation.Tokenizers;

/// <summary>A part of a text, inside which the model finds its tokens.</summary>
/// <param name="Text">The part as the model gets it: normalized, with what was put before it.</param>
/// <param name="Start">First byte of the text that it stands for.</param>
/// <param name="End">First byte of the text behind it.</param>
/// <param name="CutBy">What made it start here: a step of the tokenizer with its place in the tokenizer's file.</param>
public readonly record struct TextPart(string Text, int Start, int End, string CutBy);

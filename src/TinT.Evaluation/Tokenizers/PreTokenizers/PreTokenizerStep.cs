namespace TinT.Evaluation.Tokenizers.PreTokenizers;

/// <summary>A step with its place in the tokenizer file.</summary>
/// <param name="Path">JSON path of the object that asks for it.</param>
/// <param name="Name">Its type.</param>
/// <param name="PreTokenizer">What cuts.</param>
internal sealed record PreTokenizerStep(string Path, string Name, IPreTokenizer PreTokenizer);

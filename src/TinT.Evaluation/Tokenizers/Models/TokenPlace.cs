namespace TinT.Evaluation.Tokenizers.Models;

/// <summary>A token in a part of a text.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Start">Its first byte in the part.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct TokenPlace(int Id, int Start, int Length);

namespace TinT.Evaluation.InContext.Data;

/// <summary>One split of a data set.</summary>
/// <param name="Path">The file.</param>
/// <param name="Sha256">Hash of its bytes, in hexadecimal.</param>
/// <param name="Rows">Its rows; the index of a row is its number from 0.</param>
public sealed record LabelledTexts(string Path, string Sha256, IReadOnlyList<LabelledText> Rows);

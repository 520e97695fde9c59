namespace TinT.Reports.Files;

/// <summary>A file that determines results.</summary>
/// <param name="Role">What it is, such as <c>spec</c> or <c>SST2 train</c>.</param>
/// <param name="Name">Its name, never a path.</param>
/// <param name="Sha256">Hash of its bytes, in hexadecimal.</param>
public sealed record HashedInput(string Role, string Name, string Sha256);

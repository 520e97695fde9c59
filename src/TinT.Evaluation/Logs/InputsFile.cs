using System.Text.Json;

namespace TinT.Evaluation.Logs;

/// <summary>Says in a folder what determines the numbers in it.</summary>
public static class InputsFile
{
    /// <summary>Writes the file, or makes sure that it says the same. Of several processes that write it at once one does.</summary>
    /// <param name="path">The file, in a folder that exists.</param>
    /// <param name="schema">Name and version of its format.</param>
    /// <param name="inputs">What determines the numbers, by name.</param>
    /// <exception cref="RunLogException">The file cannot be read or written, or says otherwise.</exception>
    public static void Keep(string path, string schema, IReadOnlyDictionary<string, string> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        try
        {
            if (!File.Exists(path))
                Write(path, JsonSerializer.SerializeToUtf8Bytes(new HeaderLine(schema, inputs), HeaderContract.Default.HeaderLine));
            RunLines.CheckHeader(path, File.ReadAllBytes(path), schema, inputs);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(path, $"cannot be read or written: {exception.Message}", exception);
        }
    }

    private static void Write(string path, byte[] text)
    {
        string temporary = $"{path}.{Guid.NewGuid():n}";
        File.WriteAllBytes(temporary, text);
        try
        {
            File.Move(temporary, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(temporary);
        }
    }
}

using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mono.Cecil;
using Mono.Cecil.Cil;

/// <summary>
/// Gives a library that is packed beside the generator an identity of its own, so that it cannot meet another analyzer's copy in the compiler, which
/// loads one assembly of a name.
/// </summary>
public sealed class PrivateIdentity : Task
{
    /// <summary>The library.</summary>
    [Required]
    public string Library { get; set; } = "";

    /// <summary>Its new name.</summary>
    [Required]
    public string NewName { get; set; } = "";

    /// <summary>Assemblies that reference it.</summary>
    [Required]
    public ITaskItem[] Users { get; set; } = [];

    /// <summary>Folder for the renamed library and its users.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <inheritdoc/>
    public override bool Execute()
    {
        Directory.CreateDirectory(OutputFolder);
        string oldName;
        using (AssemblyDefinition library = AssemblyDefinition.ReadAssembly(Library))
        {
            oldName = library.Name.Name;
            library.Name.Name = NewName;
            MakeUnsigned(library.Name);
            library.MainModule.Name = NewName + ".dll";
            library.MainModule.Attributes &= ~ModuleAttributes.StrongNameSigned;
            library.Write(Path.Combine(OutputFolder, NewName + ".dll"));
        }

        foreach (string path in Users.Select(user => user.ItemSpec))
        {
            var embedded = new ReaderParameters { ReadSymbols = true, SymbolReaderProvider = new EmbeddedPortablePdbReaderProvider() };
            using AssemblyDefinition user = AssemblyDefinition.ReadAssembly(path, embedded);
            foreach (AssemblyNameReference reference in user.MainModule.AssemblyReferences.Where(reference => reference.Name == oldName))
            {
                reference.Name = NewName;
                MakeUnsigned(reference);
            }

            user.Write(
                Path.Combine(OutputFolder, Path.GetFileName(path)),
                new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new EmbeddedPortablePdbWriterProvider() });
        }

        return !Log.HasLoggedErrors;
    }

    private static void MakeUnsigned(AssemblyNameReference name)
    {
        name.PublicKey = [];
        name.HasPublicKey = false;
    }
}

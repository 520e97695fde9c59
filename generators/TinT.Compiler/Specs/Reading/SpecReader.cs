using TinT.Compiler.Diagnostics;
using TinT.Compiler.Specs.Fields;
using TinT.Compiler.Specs.Format;
using TinT.Compiler.Specs.Rules;

namespace TinT.Compiler.Specs.Reading;

/// <summary>Reads specs: text, then a YAML tree, then typed fields with their defaults, then the rules among them.</summary>
public static class SpecReader
{
    /// <summary>Reads a spec. Any text is allowed; what is wrong with it is in the result.</summary>
    /// <param name="text">The text of a <c>*.tint.yaml</c> file.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is <see langword="null"/>.</exception>
    public static SpecReadResult Read(string text)
    {
        if (text is null)
            throw new ArgumentNullException(nameof(text));
        var diagnostics = new DiagnosticBag();
        Spanned<string>? model = null;
        Spanned<string>? space = null;
        Spanned<Access>? access = null;
        ModelSpec? spec = null;
        if (DocumentReader.Read(text, diagnostics, SyntaxDiagnostics.EmptySpec, SyntaxDiagnostics.SpecNotMapping) is { } tree)
        {
            SectionReader root = SectionReader.OpenRoot(tree, SpecFormat.Root, diagnostics);
            model = ModelName.Check(root.Read(SpecFormat.Model).Value, diagnostics);
            space = ModelName.CheckNamespace(root.Read(SpecFormat.Namespace).Value, diagnostics);
            access = root.Read(SpecFormat.Access).Value;
            spec = ReadFields(root, model, diagnostics);
        }

        return new SpecReadResult(
            spec is null ? null : spec with { Namespace = space?.Value, Access = access?.Value }, diagnostics.ToEquatableArray(), model?.Value)
        {
            Namespace = space?.Value,
            Access = access?.Value,
        };
    }

    private static ModelSpec? ReadFields(SectionReader root, Spanned<string>? model, DiagnosticBag diagnostics)
    {
        CheckVersion(root.Read(SpecFormat.FormatVersion).Value, diagnostics);
        AuxiliaryFields auxiliary = AuxiliaryReader.Read(root.OpenSection(AuxiliaryFormat.Section));
        TrainingFields training = TrainingReader.Read(root.OpenSection(TrainingFormat.Section), auxiliary);
        SimulatorFields simulator = SimulatorReader.Read(root.OpenSection(SimulatorFormat.Section), auxiliary, training, diagnostics);

        AuxiliaryRules.Check(auxiliary, diagnostics);
        SimulatorRules.Check(auxiliary, simulator, training, diagnostics);
        TrainingRules.Check(training, auxiliary, diagnostics);
        SizeLimits.Check(auxiliary, simulator, diagnostics);
        if (!diagnostics.IsEmpty)
            return null;
        AuxiliarySpec checkedAuxiliary = auxiliary.ToSpec();
        return new ModelSpec(model!.Value, checkedAuxiliary, simulator.ToSpec(checkedAuxiliary.HiddenSize), training.ToSpec());
    }

    private static void CheckVersion(Spanned<int>? version, DiagnosticBag diagnostics)
    {
        if (version is { } given && given.Value != SpecFormat.Version)
            diagnostics.Report(SyntaxDiagnostics.UnknownFormatVersion, given.Span, NumberText.Write(given.Value));
    }
}

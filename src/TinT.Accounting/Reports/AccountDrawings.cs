using TinT.Accounting.Accounts;
using TinT.Accounting.Literal;
using TinT.Accounting.Memory;
using TinT.Compiler.Construction;
using TinT.Literal.Simulator;
using TinT.Reports.Html;
using static TinT.Accounting.Reports.ReportNumbers;

namespace TinT.Accounting.Reports;

/// <summary>Pictures of an account.</summary>
internal static class AccountDrawings
{
    /// <summary>Style class of attention layers.</summary>
    public const string Attention = "c0";

    /// <summary>Style class of MLP layers.</summary>
    public const string Mlp = "c1";

    /// <summary>Style class of the bias in a prefix.</summary>
    public const string Bias = "c3";

    /// <summary>Style class of a token's signal.</summary>
    public const string Signal = "c0";

    /// <summary>Style class of what holds nothing.</summary>
    public const string Nothing = "quiet";

    private const string OnColour = "on-colour";
    private const double LabelWidth = 210;
    private const double Width = 860;
    private const int ColourCount = 8;

    /// <summary>Prefix embeddings, one below the other, with the matrix rows that they hold; of many the first and the last.</summary>
    public static SvgDrawing Prefix(PrefixLayout prefix)
    {
        const int shown = 8;
        const double height = 18;
        int[] embeddings = prefix.PrefixCount <= 2 * shown
            ? [.. Enumerable.Range(0, prefix.PrefixCount)]
            : [.. Enumerable.Range(0, shown), -1, .. Enumerable.Range(prefix.PrefixCount - 3, 3)];
        SvgDrawing drawing = new(LabelWidth + Width + 1, (embeddings.Length * (height + 3)) + 24, "Rows of a matrix in the prefix embeddings");
        double scale = Width / prefix.HiddenSize;
        for (int index = 0; index < embeddings.Length; index++)
        {
            int embedding = embeddings[index];
            double y = index * (height + 3);
            if (embedding < 0)
            {
                drawing.Label(LabelWidth + 4, y + 13, "…");
                continue;
            }

            drawing.Label(LabelWidth - 8, y + 13, FormattableString.Invariant($"prefix {embedding}"), SvgAnchor.End);
            for (int part = 0; part < prefix.Sharding; part++)
            {
                int row = (embedding * prefix.Sharding) + part;
                double x = LabelWidth + (prefix.StartOf(row) * scale);
                double width = prefix.RowLength * scale;

                // Neighbours differ in colour; the bias keeps its own.
                string colour = FormattableString.Invariant($"c{(row % 3) switch { 0 => 0, 1 => 2, _ => 4 }}");
                drawing.Rectangle(x, y, width - 1, height, colour, FormattableString.Invariant(
                    $"row {row}: prefix {prefix.PrefixOf(row)}, coordinates {Range(prefix.StartOf(row), prefix.RowLength)}"));
                if (width > 60)
                    drawing.Label(x + 6, y + 13, FormattableString.Invariant($"row {row}"), styleClass: OnColour);
            }

            double bias = LabelWidth + (prefix.BiasStart * scale);
            drawing.Rectangle(bias, y, (prefix.RowLength * scale) - 1, height, Bias, $"bias: coordinates {Range(prefix.BiasStart, prefix.RowLength)}");
            if (prefix.RowLength * scale > 60)
                drawing.Label(bias + 6, y + 13, "bias", styleClass: OnColour);
            int padding = prefix.HiddenSize - prefix.PaddingStart;
            if (padding > 0)
                drawing.Rectangle(LabelWidth + (prefix.PaddingStart * scale), y, padding * scale, height, Nothing, $"zeros: coordinates {Range(prefix.PaddingStart, padding)}");
        }

        double bottom = (embeddings.Length * (height + 3)) + 14;
        drawing.Label(LabelWidth, bottom, "coordinate 0", styleClass: "faint");
        return drawing.Label(LabelWidth + Width, bottom, Count(prefix.HiddenSize - 1), SvgAnchor.End, "faint");
    }

    /// <summary>The coordinates of a token, one bar for each module.</summary>
    public static SvgDrawing Memory(SimulatorAccount account)
    {
        const double height = 18;
        List<SimulatorModule> modules = [.. ConstructionTables.MemoryModules(account)];
        PrefixLayout prefix = account.Constructed.Prefix;
        double scale = Width / prefix.HiddenSize;
        SvgDrawing drawing = new(LabelWidth + Width + 1, (modules.Count * (height + 4)) + 24, "Memory in the coordinates of a token, module by module");
        for (int index = 0; index < modules.Count; index++)
        {
            SimulatorModule module = modules[index];
            double y = index * (height + 4);
            drawing.Label(LabelWidth - 8, y + 13, $"{module.Name}, {Words(module.Direction)}", SvgAnchor.End);
            drawing.Rectangle(LabelWidth, y, Width, height, Nothing);
            Stretch(0, prefix.RowLength, module.Direction == Direction.Forward ? "signal" : "gradient", Signal);
            foreach (MemorySlot slot in module.Memory)
                Stretch(slot.Start, slot.Width, slot.Signal, FormattableString.Invariant($"c{1 + (slot.Start / slot.Width % (ColourCount - 1))}"));

            void Stretch(int start, int width, string name, string styleClass)
            {
                drawing.Rectangle(LabelWidth + (start * scale), y, (width * scale) - 1, height, styleClass, $"{name}: coordinates {Range(start, width)}");
                if (width * scale > 7 * name.Length)
                    drawing.Label(LabelWidth + (start * scale) + 5, y + 13, name, styleClass: OnColour);
            }
        }

        double bottom = (modules.Count * (height + 4)) + 14;
        drawing.Label(LabelWidth, bottom, "coordinate 0", styleClass: "faint");
        return drawing.Label(LabelWidth + Width, bottom, Count(prefix.HiddenSize - 1), SvgAnchor.End, "faint");
    }

    /// <summary>Layers of each module, as many squares as it executes in one block, in order of execution.</summary>
    public static SvgDrawing Layers(SimulatorAccount account)
    {
        const double size = 13;
        List<ExecutedModule> modules = [.. account.Constructed.Literal.Modules.Where(module => module.Layers.Count > 0)];
        int Runs(RunStage stage) => modules.Where(module => module.Stage == stage).Min(module => module.Executions);
        SvgDrawing drawing = new(LabelWidth + Width, (modules.Count * (size + 5)) + 4, "Layers of the literal simulator");
        for (int index = 0; index < modules.Count; index++)
        {
            ExecutedModule module = modules[index];
            double y = index * (size + 5);
            int blocks = Runs(module.Stage);
            int copies = module.Executions / blocks;
            drawing.Label(LabelWidth - 8, y + 11, $"{module.Name}, {Words(module.Direction)}", SvgAnchor.End);
            double x = LabelWidth;
            for (int copy = 0; copy < copies; copy++)
            {
                foreach (SimulatorLayerKind layer in module.Layers)
                {
                    drawing.Rectangle(x, y, size, size, layer == SimulatorLayerKind.Attention ? Attention : Mlp, $"{module.Program}: {Words(layer)}");
                    x += size + 2;
                }

                x += 5;
            }

            drawing.Label(x + 4, y + 11, $"{Words(module.Stage)}, × {Count(blocks)}", styleClass: "faint");
        }

        return drawing;
    }

    /// <summary>The arena: kernels to the right, floats per token upwards; a rectangle for each stretch in which a buffer holds values that are needed.</summary>
    public static SvgDrawing Arena(SimulatorAccount account)
    {
        const double height = 300;
        const double gap = 16;
        const double left = 60;
        double columns = Math.Max(1, account.Buffers.TransientColumns + account.Buffers.MemoryColumns);
        double scale = (height - gap) / columns;
        double step = (Width + LabelWidth - left) / account.Arena.Kernels.Count;
        double split = account.Buffers.MemoryColumns * scale;
        SvgDrawing drawing = new(Width + LabelWidth, height + 22, "Buffers of the arena over time");
        int colour = 0;
        foreach (BufferLife life in account.Arena.Buffers)
        {
            string styleClass = FormattableString.Invariant($"c{colour++ % ColourCount}");
            double thickness = Math.Max(1, life.Buffer.Columns * scale);
            double bottom = life.Buffer.Memory ? split : height;
            double y = bottom - (life.Buffer.Offset * scale) - thickness;
            foreach ((int first, int last) in life.Intervals)
            {
                double width = (last - first + 1) * step;
                drawing.Rectangle(
                    left + (first * step),
                    y,
                    width - 0.6,
                    Math.Max(0.6, thickness - 0.6),
                    styleClass,
                    $"{life.Buffer.Name}: {Range(life.Buffer.Offset, life.Buffer.Columns)} from {account.Arena.Kernels[first].Module} to {account.Arena.Kernels[last].Module}");
                if (thickness > 10 && width > 6 * life.Buffer.Name.Length)
                    drawing.Label(left + (first * step) + 4, y + (thickness / 2) + 4, life.Buffer.Name, styleClass: OnColour);
            }
        }

        drawing.Line(left, split + (gap / 2), Width + LabelWidth, split + (gap / 2));
        drawing.Label(left - 6, Math.Max(10, split / 2), "a slot", SvgAnchor.End, "faint");
        drawing.Label(left - 6, split + gap + ((height - split - gap) / 2), "shared", SvgAnchor.End, "faint");
        return drawing.Label(left, height + 14, "kernels in the order of execution, with two layers and two steps", styleClass: "faint");
    }
}

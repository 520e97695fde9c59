using System.Text.Json;
using TinT.Compiler.Construction;
using TinT.Literal.Schedule;
using TinT.Literal.Simulator;
using TinT.Model.Parameters;

namespace TinT.Literal.Export;

/// <summary>Writes the steps of a run.</summary>
internal static class RunWriter
{
    /// <summary>Writes a run.</summary>
    /// <param name="json">Receives it.</param>
    /// <param name="run">The steps in order.</param>
    /// <param name="programs">Names of the modules' programs.</param>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RunStep> run, ProgramTable programs)
    {
        json.WriteStartArray("run");
        foreach (RunStep step in run)
        {
            json.WriteStartObject();
            Write(json, step, programs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, RunStep step, ProgramTable programs)
    {
        switch (step)
        {
            case EmbeddingStep embedding:
                json.WriteString("step", "embedding");
                json.WriteString("output", embedding.Output);
                break;
            case CopyStep copy:
                json.WriteString("step", "copy");
                json.WriteString("input", copy.Input);
                json.WriteString("output", copy.Output);
                break;
            case ProjectionStep projection:
                json.WriteString("step", "projection");
                json.WriteString("parameters", FixedTensors.NameOf(ParameterKind.ProjectOutWeight));
                json.WriteBoolean("back", projection.Back);
                json.WriteString("input", projection.Input);
                json.WriteString("output", projection.Output);
                break;
            case SumStep sum:
                json.WriteString("step", "sum");
                json.WriteStartArray("inputs");
                foreach (string input in sum.Inputs)
                    json.WriteStringValue(input);
                json.WriteEndArray();
                json.WriteString("output", sum.Output);
                break;
            case HeadStep head:
                json.WriteString("step", "head");
                json.WriteString("input", head.Input);
                json.WriteNumber("after_steps", head.Step);
                break;
            case LossGradientStep loss:
                json.WriteString("step", "loss_gradient");
                json.WriteNumber("after_steps", loss.Step);
                json.WriteString("output", loss.Output);
                break;
            case ModuleCall call:
                Write(json, call, programs);
                break;
            default:
                throw new NotSupportedException($"There is no description of {step.GetType().Name}.");
        }
    }

    private static void Write(Utf8JsonWriter json, ModuleCall call, ProgramTable programs)
    {
        json.WriteString("step", "module");
        json.WriteString("module", call.Source.Name);
        json.WriteString("kind", call.Source.Kind switch
        {
            ModuleKind.Linear => "linear",
            ModuleKind.Attention => "attention",
            ModuleKind.Norm => "norm",
            ModuleKind.HeadNorm => "head_norm",
            ModuleKind.Activation => "activation",
            ModuleKind.Gate => "gate",
            _ => throw new NotSupportedException($"{call.Source.Kind} is no module of a run."),
        });
        json.WriteString("direction", call.Source.Direction switch
        {
            Direction.Forward => "forward",
            Direction.Backward => "backward",
            Direction.Descent => "descent",
            _ => throw new NotSupportedException($"{call.Source.Direction} is no direction of a run."),
        });
        if (call.Layer == PrefixParameters.FinalLayer)
            json.WriteNull("layer");
        else
            json.WriteNumber("layer", call.Layer);
        json.WriteString("gate", call.Source.Gate == Positions.Prefix ? "prefix" : "tokens");
        json.WriteString("program", programs[call.Module]);
        json.WriteString("parameters", call.Module.Scope);
        json.WriteString("prefix", call.PrefixName);
        json.WriteBoolean("replaces_prefix", call.ReplacesPrefix);
        Write(json, "inputs", call.Inputs);
        Write(json, "memory_read", call.MemoryRead);
        Write(json, "outputs", call.Outputs);
        Write(json, "memory_written", call.MemoryWritten);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<SignalPlace> signals)
    {
        json.WriteStartArray(name);
        foreach ((string signal, int start) in signals)
        {
            json.WriteStartObject();
            json.WriteString("signal", signal);
            json.WriteNumber("start", start);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<MemoryPlace> memory)
    {
        json.WriteStartArray(name);
        foreach (MemoryPlace place in memory)
        {
            json.WriteStartObject();
            json.WriteString("memory", place.Name);
            json.WriteNumber("start", place.Slot.Start);
            json.WriteNumber("width", place.Slot.Width);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

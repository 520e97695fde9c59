using TinT.Compiler.Layout;
using TinT.Compiler.Specs.Writing;
using TinT.Compiler.Text;

namespace TinT.Compiler.Emission.Ilgpu;

/// <summary>Writes <c>Model.GpuSimulator.g.cs</c>: the class that users load on a device and run.</summary>
internal static class GpuSimulatorWriter
{
    public static GeneratedSource Write(CompiledModel model)
    {
        string name = model.Name;
        string layout = $"global::{model.CodeNamespace}.{name}Layout";
        CodeWriter code = SourceFile.BeginForUsers(model);
        code.Doc("summary", $"TinT simulator of {name} on a GPU: runs the auxiliary model, takes inner SGD steps on the training part and runs it again.");
        code.Block($"{SpecText.Of(model.Access)} sealed class {name}GpuSimulator : global::{model.CodeNamespace}.{name}GpuPasses", () =>
        {
            code.Line(
                $$"""
                private {{name}}GpuSimulator(
                    global::TinT.Runtime.Parameters.ParameterStore parameters,
                    global::ILGPU.Runtime.Accelerator accelerator,
                    global::TinT.Runtime.Ilgpu.GpuSimulatorOptions? options)
                    : base(parameters, accelerator, options)
                {
                }

                """);
            code.Doc("summary", $"What {name} simulates.");
            code.Line($"public static global::TinT.Model.SimulatorDescription Model => {layout}.Description;\n");
            code.Doc("summary", "Loads the auxiliary model's weights and uploads them.");
            code.Doc("param", "Hugging Face model directory: config.json and weights, model.safetensors or pytorch_model.bin, whole or in shards.", " name=\"directory\"");
            code.Doc("param", "The device; it stays the caller's and must outlive the simulator. GpuDevices opens one.", " name=\"accelerator\"");
            code.Doc("param", "Options; by default the generated kernels compute everything.", " name=\"options\"");
            code.Line("/// <exception cref=\"global::TinT.Runtime.Checkpoints.CheckpointFormatException\">The directory does not hold this model.</exception>");
            code.Line("/// <exception cref=\"global::TinT.Runtime.Ilgpu.GpuDeviceException\">The device allows too few threads in a group, has too little memory, or cannot do what the options ask for.</exception>");
            code.Line(
                $"""
                public static {name}GpuSimulator Load(
                    string directory,
                    global::ILGPU.Runtime.Accelerator accelerator,
                    global::TinT.Runtime.Ilgpu.GpuSimulatorOptions? options = null) =>
                    new(global::TinT.Runtime.Parameters.ParameterStore.Load(directory, {layout}.Parameters, Model.Auxiliary, progress: options?.Loading), accelerator, options);
                """);
        });
        return new GeneratedSource($"{name}.GpuSimulator.g.cs", code.ToString());
    }
}

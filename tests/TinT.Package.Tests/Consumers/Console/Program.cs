using System;
using System.Linq;
using TinT.Evaluation.Tokenizers;
using TinT.Generated;
using TinT.Runtime.Checkpoints;
using TinT.Runtime.Simulation;

// checkpoint folder, input file, output file, tokenizer folder, text
using var simulator = Opt2stepAllF70Simulator.Load(args[0]);
using SafetensorsFile input = SafetensorsFile.Open(args[1]);
SafetensorsTensor ids = input["input_ids"];
int sequences = (int)ids.Shape[0];
int tokens = (int)ids.Shape[1];
var batch = new SimulationBatch(sequences, tokens, ids.ReadInt32s(), input["training_mask"].ReadSingles());
SimulationResult result = simulator.Run(batch);

int vocabulary = result.VocabularySize;
SafetensorsWriter.Write(
    args[2],
    [
        TensorData.FromSingles("logits_before", result.LogitsBefore!, sequences, tokens, vocabulary),
        TensorData.FromSingles("logits_after", result.LogitsAfter!, sequences, tokens, vocabulary),
        TensorData.FromSingles("loss_before", result.LossesBefore, sequences),
        TensorData.FromSingles("loss_after", result.LossesAfter, sequences),
    ]);
Console.WriteLine(FormattableString.Invariant($"{simulator.Description.Model}: {sequences} of {tokens} tokens over {vocabulary}"));

TextTokenizer tokenizer = TextTokenizer.Load(args[3]);
int[] text = [.. tokenizer.StartIds, .. tokenizer.Encode(args[4])];
float[] training = [.. text.Select((_, place) => place < text.Length / 2 ? 1f : 0f)];
SimulationResult told = simulator.Run(new SimulationBatch(batchSize: 1, text.Length, text, training));
Console.WriteLine(FormattableString.Invariant($"{text.Length} tokens of '{tokenizer.Decode(text, skipSpecialTokens: true)}', finite: {float.IsFinite((float)told.LossesAfter[0])}"));

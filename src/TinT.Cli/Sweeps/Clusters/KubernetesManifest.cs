using System.Globalization;
using System.Text.Json;

namespace TinT.Cli.Sweeps.Clusters;

/// <summary>The manifest of an Indexed Job (<c>batch/v1</c>): each index begins with its share of the sweep and helps with the others behind it.</summary>
internal static class KubernetesManifest
{
    /// <summary>Times that a container may be lost, for each index, before the job is given up.</summary>
    private const int Retries = 5;

    /// <summary>Writes the manifest, YAML.</summary>
    /// <param name="name">Name of the sweep.</param>
    /// <param name="sweep">The sweep, an absolute path.</param>
    /// <param name="output">The folder of results, an absolute path.</param>
    /// <param name="mount">Where the volume is mounted: all of them lie below it.</param>
    /// <param name="image">The image.</param>
    /// <param name="size">What a container needs.</param>
    /// <param name="request">What was asked for.</param>
    public static string Write(string name, string sweep, string output, string mount, string image, JobSize size, ClusterRequest request)
    {
        string label = LabelOf(name);
        string command = string.Create(
            CultureInfo.InvariantCulture,
            $"exec {request.Tool ?? "tint"} sweep run {ShellText.Quote(sweep)} --output {ShellText.Quote(output)} --shard $((JOB_COMPLETION_INDEX + 1))/{request.Tasks} --threads {size.Cores}");
        return string.Create(CultureInfo.InvariantCulture, $"""
            apiVersion: batch/v1
            kind: Job
            metadata:
              name: {Text($"tint-{label}")}
              labels:
                app.kubernetes.io/name: tint
                app.kubernetes.io/instance: {Text(label)}
            spec:
              completions: {request.Tasks}
              parallelism: {request.Tasks}
              completionMode: Indexed
              backoffLimit: {Retries * request.Tasks}
              template:
                metadata:
                  labels:
                    app.kubernetes.io/name: tint
                    app.kubernetes.io/instance: {Text(label)}
                spec:
                  restartPolicy: Never
                  terminationGracePeriodSeconds: 60
                  containers:
                    - name: tint
                      image: {Text(image)}
                      command: [sh, -c, {Text(command)}]
                      resources:
                        requests:
                          cpu: "{size.Cores}"
                          memory: {size.Megabytes}Mi
                        limits:
                          memory: {size.Megabytes}Mi
                      volumeMounts:
                        - name: data
                          mountPath: {Text(mount)}
                  volumes:
                    - name: data
                      persistentVolumeClaim:
                        claimName: {Text(request.VolumeClaim)}

            """).ReplaceLineEndings("\n");
    }

    /// <summary>A name that labels and resources may have: small letters, digits and hyphens, a letter or digit at both ends.</summary>
    private static string LabelOf(string name)
    {
        string label = new string([.. name.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]).Trim('-');
        return label.Length > 50 ? label[..50].TrimEnd('-') : label.Length == 0 ? "sweep" : label;
    }

    /// <summary>A JSON string is a YAML one.</summary>
    private static string Text(string text) => JsonSerializer.Serialize(text, ManifestContract.Default.String);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class ManifestContract : System.Text.Json.Serialization.JsonSerializerContext;

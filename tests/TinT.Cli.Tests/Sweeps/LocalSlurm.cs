using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;

namespace TinT.Cli.Tests.Sweeps;

/// <summary>A Slurm of one machine with two CPUs, in a folder of its own. Nothing of a Slurm that is installed for use is touched.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LocalSlurm : IDisposable
{
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("tint-slurm-").FullName;
    private readonly string host = Environment.MachineName.Split('.')[0];
    private readonly string? before = Environment.GetEnvironmentVariable("SLURM_CONF");
    private readonly Process munge;
    private readonly Process controller;
    private Process node;

    public LocalSlurm()
    {
        foreach (string name in new[] { "state", "spool", "munge" })
            Directory.CreateDirectory(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string key = PathOf("munge/key");
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        File.WriteAllText(PathOf("slurm.conf"), Configuration());
        munge = Start(
            "munged", "--foreground", "--force", $"--key-file={key}", $"--socket={PathOf("munge/socket")}", $"--pid-file={PathOf("munge/pid")}",
            $"--log-file={PathOf("munge/log")}", $"--seed-file={PathOf("munge/seed")}");
        Wait(() => File.Exists(PathOf("munge/socket")), "munged does not start");
        Environment.SetEnvironmentVariable("SLURM_CONF", PathOf("slurm.conf"));
        controller = Start("slurmctld", "-D", "-f", PathOf("slurm.conf"));
        node = StartNode();
        Wait(() => Ask("sinfo", "--noheader", "--format=%T").Contains("idle", StringComparison.Ordinal), "the node does not get idle");
    }

    /// <summary>Kills the daemon that starts and watches tasks, and starts it again.</summary>
    public void RestartNode()
    {
        node.Kill();
        node.WaitForExit();
        node.Dispose();
        node = StartNode();
    }

    /// <summary>What a program of Slurm says; nothing if it fails.</summary>
    public static string Ask(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        error.GetAwaiter().GetResult();
        return output;
    }

    /// <summary>Tasks of a job that are queued or run, with their states.</summary>
    public static string[] Tasks(string job) =>
        [.. Ask("squeue", "--noheader", "--array", "--format=%F %K %T").Split('\n').Where(line => line.StartsWith($"{job} ", StringComparison.Ordinal)).Select(line => line[(job.Length + 1)..])];

    /// <summary>Waits for something that must come; what the daemons wrote is told if it does not.</summary>
    public void Wait(Func<bool> holds, string otherwise)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!holds())
        {
            if (watch.Elapsed > patience)
                Assert.Fail($"{otherwise}: {string.Join('\n', Directory.GetFiles(folder, "*.log").Select(log => $"{log}\n{string.Join('\n', File.ReadAllLines(log).TakeLast(12))}"))}");
            Thread.Sleep(100);
        }
    }

    public void Dispose()
    {
        Ask("scancel", "--full", "--user=root");
        foreach (Process process in new[] { node, controller, munge })
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        Environment.SetEnvironmentVariable("SLURM_CONF", before);
        Directory.Delete(folder, recursive: true);
    }

    private Process StartNode() => Start("slurmd", "-D", "-f", PathOf("slurm.conf"));

    private string PathOf(string name) => Path.Combine(folder, name);

    private static Process Start(string program, params string[] arguments)
    {
        string place = Path.Combine("/usr/sbin", program);
        Process process = Process.Start(
            new ProcessStartInfo(File.Exists(place) ? place : program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Configuration() => string.Create(CultureInfo.InvariantCulture, $"""
        ClusterName=test
        SlurmctldHost={host}(127.0.0.1)
        SlurmUser=root
        SlurmdUser=root
        AuthType=auth/munge
        AuthInfo=socket={PathOf("munge/socket")}
        SlurmctldPort={FreePort()}
        SlurmdPort={FreePort()}
        SlurmctldPidFile={PathOf("slurmctld.pid")}
        SlurmdPidFile={PathOf("slurmd.pid")}
        StateSaveLocation={PathOf("state")}
        SlurmdSpoolDir={PathOf("spool")}
        SlurmctldLogFile={PathOf("slurmctld.log")}
        SlurmdLogFile={PathOf("slurmd.log")}
        ProctrackType=proctrack/pgid
        TaskPlugin=task/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core_Memory
        SchedulerParameters=batch_sched_delay=1,sched_interval=2,bf_interval=2
        ReturnToService=2
        MpiDefault=none
        NodeName={host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=2000 State=UNKNOWN
        PartitionName=main Nodes={host} Default=YES MaxTime=INFINITE State=UP

        """);
}

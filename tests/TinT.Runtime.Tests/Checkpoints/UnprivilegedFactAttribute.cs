namespace TinT.Runtime.Tests.Checkpoints;

/// <summary>A fact that needs file permissions to be enforced, which they are not for an administrator or on Windows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnprivilegedFactAttribute : FactAttribute
{
    /// <summary>Creates the attribute.</summary>
    public UnprivilegedFactAttribute()
    {
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
            Skip = "File permissions are not enforced for this user.";
    }
}

namespace App
{
    internal static class Program
    {
        private static void Main()
        {
            global::System.Console.WriteLine(typeof(global::TinT.Generated.SmallSimulator).FullName);
        }
    }
}

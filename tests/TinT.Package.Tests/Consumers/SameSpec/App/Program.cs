using System.Reflection;
using System.Linq;

System.Console.WriteLine(string.Join(' ', Assembly.GetExecutingAssembly().GetTypes().Where(type => type.Name == "SmallSimulator").Select(type => type.FullName)));

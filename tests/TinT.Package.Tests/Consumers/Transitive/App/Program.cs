using TinT.Generated;

Console.WriteLine($"{Library.Names.OfModel} {Opt2stepAllF70Simulator.Model.Model}");

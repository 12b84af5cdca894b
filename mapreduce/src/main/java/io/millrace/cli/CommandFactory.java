package io.millrace.cli;

import picocli.CommandLine;

/** Makes the commands, giving each the console that it writes to. */
final class CommandFactory implements CommandLine.IFactory {
  private final Console console;

  CommandFactory(Console console) {
    this.console = console;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    try {
      var constructor = type.getDeclaredConstructor(Console.class);
      constructor.setAccessible(true);
      return constructor.newInstance(console);
    } catch (NoSuchMethodException e) {
      return CommandLine.defaultFactory().create(type);
    }
  }
}

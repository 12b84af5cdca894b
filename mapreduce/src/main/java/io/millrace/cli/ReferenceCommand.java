package io.millrace.cli;

import io.millrace.spec.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Looks things up in what the reference pages are made of. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    name = "reference",
    description =
        "Says what a function of SQL, an aggregate or a key of pipeline.yaml does, takes and gives.",
    footer = {
      "",
      "Example:  millrace reference keys",
      "          millrace reference DATE_TRUNC",
      "          millrace reference lateness"
    })
final class ReferenceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "functions, aggregates, keys, or the name of one of them; nothing lists names.")
  private String name = "";

  ReferenceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<ReferenceItem> items = ReferenceItem.all();
    Optional<ReferenceTopic> topic = ReferenceTopic.of(name);
    if (name.isEmpty()) {
      printNames(items);
    } else if (topic.isPresent()) {
      printTable(items, topic.get());
    } else {
      printItems(items.stream().filter(item -> item.isCalled(name)).toList(), items);
    }
    return ExitCode.DONE.code();
  }

  private void printNames(List<ReferenceItem> items) {
    for (ReferenceTopic topic : ReferenceTopic.values()) {
      console.print(topic.word() + ": " + topic.description());
      console.print(
          "  "
              + items.stream()
                  .filter(item -> item.topic() == topic)
                  .flatMap(ReferenceItem::listed)
                  .distinct()
                  .collect(Collectors.joining(" ")));
    }
    console.print("More on one of them: millrace reference NAME");
  }

  private void printTable(List<ReferenceItem> items, ReferenceTopic topic) {
    TextTable table = new TextTable("written", "meaning");
    items.stream()
        .filter(item -> item.topic() == topic)
        .forEach(item -> table.add(item.written(), item.meaning()));
    table.lines().forEach(console::print);
  }

  private void printItems(List<ReferenceItem> found, List<ReferenceItem> items) {
    if (found.isEmpty()) {
      List<String> names = items.stream().flatMap(item -> item.names().stream()).toList();
      throw new UsageException(
          "Cannot find "
              + name
              + Spelling.nearest(name, names)
                  .map(nearest -> ": did you mean " + nearest + "?")
                  .orElse(": millrace reference lists all names."));
    }
    for (ReferenceItem item : found) {
      item.lines().forEach(console::print);
    }
  }
}

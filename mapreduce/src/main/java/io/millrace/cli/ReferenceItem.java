package io.millrace.cli;

import io.millrace.aggregate.AggregateFunction;
import io.millrace.expression.sql.Entry;
import io.millrace.expression.sql.SqlReference;
import io.millrace.spec.SpecReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One function, aggregate or key, as the reference pages show it.
 *
 * @param topic what it is among
 * @param group what it stands together with
 * @param names by which a person may ask for it
 * @param written how it is written
 * @param facts what else there is to say, each with its title
 */
record ReferenceItem(
    ReferenceTopic topic, String group, List<String> names, String written, List<Fact> facts) {

  private static final String ELSEWHERE = "not here";

  /** A line about an item. */
  record Fact(String title, String text) {}

  ReferenceItem {
    names = List.copyOf(names);
    facts = List.copyOf(facts);
  }

  static List<ReferenceItem> all() {
    List<ReferenceItem> items = new ArrayList<>();
    for (SqlReference.Table table : SqlReference.tables()) {
      table.rows().forEach(row -> items.add(of(table.title(), row)));
    }
    SqlReference.elsewhere().forEach((name, here) -> items.add(ofElsewhere(name, here)));
    AggregateFunction.described().forEach(function -> items.add(of(function)));
    for (SpecReference.Mapping mapping : SpecReference.mappings()) {
      mapping.keys().forEach(key -> items.add(of(mapping, key)));
    }
    return items;
  }

  private static ReferenceItem of(String group, SqlReference.Row row) {
    Entry entry = row.entry();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("gives", entry.result()));
    facts.add(new Fact("means", plain(entry.meaning())));
    for (Entry.Example example : entry.examples()) {
      facts.add(new Fact("example", example.sql() + " is " + example.value()));
    }
    return new ReferenceItem(ReferenceTopic.FUNCTIONS, group, row.names(), entry.usage(), facts);
  }

  private static ReferenceItem ofElsewhere(String name, String here) {
    return new ReferenceItem(
        ReferenceTopic.FUNCTIONS,
        ELSEWHERE,
        List.of(name),
        name,
        List.of(new Fact("means", "write " + here)));
  }

  private static ReferenceItem of(AggregateFunction function) {
    return new ReferenceItem(
        ReferenceTopic.AGGREGATES,
        "Aggregates",
        List.of(function.name(), function.syntax().replaceAll("\\(.*", "")),
        function.syntax(),
        List.of(
            new Fact("takes", plain(function.argument())),
            new Fact("gives", plain(function.result())),
            new Fact("means", plain(function.description()))));
  }

  private static ReferenceItem of(SpecReference.Mapping mapping, SpecReference.Entry key) {
    return new ReferenceItem(
        ReferenceTopic.KEYS,
        mapping.title(),
        List.of(key.name(), key.path(), mapping.title()),
        key.path(),
        List.of(
            new Fact("takes", plain(key.takes())),
            new Fact("default", plain(key.otherwise())),
            new Fact("means", plain(key.meaning()))));
  }

  /** Whether a person who asks for a name means this. */
  boolean isCalled(String name) {
    return names.stream().anyMatch(own -> own.equalsIgnoreCase(name));
  }

  /** What lists of names show: whole paths, one name of a function, all words of an operator. */
  Stream<String> listed() {
    if (topic == ReferenceTopic.KEYS) {
      return Stream.of(written);
    }
    if (group.equals(ELSEWHERE)) {
      return Stream.empty();
    }
    boolean isFunction = written.startsWith(names.get(0) + "(");
    return isFunction ? Stream.of(names.get(0)) : names.stream();
  }

  /** Its text in one line. */
  String meaning() {
    return facts.stream()
        .filter(fact -> fact.title().equals("means"))
        .map(Fact::text)
        .collect(Collectors.joining());
  }

  /** How it is written, and below it a line a fact. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%s    (%s)".formatted(written, topic.word() + ", " + group));
    facts.forEach(fact -> lines.add("  %-8s %s".formatted(fact.title(), fact.text())));
    return lines;
  }

  /** Without the signs of Markdown. */
  private static String plain(String markdown) {
    return markdown
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .replaceAll("\\*(required)\\*", "$1")
        .replaceAll("`([^`]*)`", "$1");
  }
}

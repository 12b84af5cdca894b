package io.millrace.learn.prepare;

import java.util.List;

/**
 * How each input alone goes with the label, and what looks as if the label were given away; plain
 * data.
 *
 * @param links of the inputs, in their order
 * @param warnings sentences for a person, with numbers
 */
public record LeakReport(List<InputLink> links, List<String> warnings) {
  public LeakReport {
    links = List.copyOf(links);
    warnings = List.copyOf(warnings);
  }
}

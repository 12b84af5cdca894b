package io.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceCommandTest {
  @Test
  void shouldSayAllAboutAFunction() {
    CommandResult result = CommandResult.of("reference", "split_part").expect(ExitCode.DONE);

    assertEquals(
        List.of(
            "SPLIT_PART(s, separator, n)    (functions, Text)",
            "  gives    VARCHAR",
            "  means    the n-th part, from the end where n is negative; empty where there is none,"
                + " as in PostgreSQL",
            "  example  SPLIT_PART('card:1234:eur', ':', 2) is '1234'",
            "  example  SPLIT_PART('a.b.c', '.', -1) is 'c'"),
        result.out().lines().toList());
  }

  @Test
  void shouldFindFunctionsByTheirOtherNamesAndOperatorsByTheirWords() {
    assertTrue(
        CommandResult.of("reference", "NVL").expect(ExitCode.DONE).out().startsWith("IFNULL("));
    assertTrue(
        CommandResult.of("reference", "between")
            .expect(ExitCode.DONE)
            .out()
            .startsWith("x [NOT] BETWEEN"));
  }

  @Test
  void shouldSayWhatToWriteInPlaceOfWhatOtherEnginesHave() {
    assertEquals(
        List.of(
            "DATEDIFF    (functions, not here)",
            "  means    write DATE_DIFF('day', from, to), or to - from of DATEs"),
        CommandResult.of("reference", "datediff").expect(ExitCode.DONE).out().lines().toList());
  }

  @Test
  void shouldTellWhatAKeyMeansInEachSection() {
    List<String> lines =
        CommandResult.of("reference", "fail_above").expect(ExitCode.DONE).out().lines().toList();

    assertEquals("clean.fail_above    (keys, clean)", lines.get(0));
    assertEquals("  takes    share", lines.get(1));
    assertEquals("  default  100%", lines.get(2));
    assertEquals("score.fail_above    (keys, score)", lines.get(4));
  }

  @Test
  void shouldListTheKeysOfASection() {
    assertTrue(
        CommandResult.of("reference", "clean.deduplicate")
            .expect(ExitCode.DONE)
            .out()
            .contains("clean.deduplicate.keep    (keys, clean.deduplicate)"));
  }

  @Test
  void shouldListTopicsAndNames() {
    String names = CommandResult.of("reference").expect(ExitCode.DONE).out();

    assertTrue(names.contains("aggregates: functions over the records of a window"), names);
    assertTrue(names.contains("source.options.separator"), names);
    String aggregates = CommandResult.of("reference", "aggregates").expect(ExitCode.DONE).out();
    assertTrue(aggregates.lines().anyMatch(line -> line.startsWith("AVG(x)")), aggregates);
  }

  @Test
  void shouldKnowTheNearestName() {
    CommandResult result = CommandResult.of("reference", "SPLITPART").expect(ExitCode.USAGE);

    assertTrue(
        result.lastLineOfErr().contains("Cannot find SPLITPART: did you mean SPLIT_PART?"),
        result::err);
  }
}

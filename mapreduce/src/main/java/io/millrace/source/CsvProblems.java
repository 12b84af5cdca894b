package io.millrace.source;

import io.millrace.row.Row;

/** What is wrong with the fields of a line, in words. Positions count bytes from 0. */
final class CsvProblems {
  private CsvProblems() {}

  /**
   * @param start where the line starts in the row's buffer
   */
  static String of(CsvFields.Result result, CsvFields fields, Row row, int start) {
    int at = fields.problemAt();
    return switch (result) {
      case FINE -> "nothing";
      case NOT_UTF8 ->
          "found byte 0x%02X at position %d, expected UTF-8; convert the file to UTF-8"
              .formatted(row.bytes[start + at] & 0xFF, at);
      case QUOTE_NOT_CLOSED ->
          "the quote at position %d is not closed on its line; line breaks inside quotes cannot be read"
              .formatted(at);
      case TEXT_AFTER_QUOTE ->
          "found text behind a closing quote at position %d, expected a separator or the end of the line; a quote inside quotes is written twice"
              .formatted(at);
      case QUOTE_NOT_PAIRED ->
          "found a lone quote at position %d, in the value %s, which does not start with one; where the quote is meant, put the value in quotes and write the quote twice, or name another character in options.quote; where the record began on an earlier line, write it on one line"
              .formatted(at, fields.valueAround(row, start, at));
    };
  }
}

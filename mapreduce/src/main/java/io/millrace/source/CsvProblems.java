package io.millrace.source;

import io.millrace.row.Row;
import java.util.HexFormat;

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
          "found byte 0x"
              + HexFormat.of().withUpperCase().toHexDigits(row.bytes[start + at])
              + " at position "
              + at
              + ", expected UTF-8; convert the file to UTF-8";
      case QUOTE_NOT_CLOSED ->
          "the quote at position "
              + at
              + " is not closed on its line; line breaks inside quotes cannot be read";
      case TEXT_AFTER_QUOTE ->
          "found text behind a closing quote at position "
              + at
              + ", expected a separator or the end of the line; a quote inside quotes is written twice";
      case QUOTE_NOT_PAIRED ->
          "found a lone quote at position "
              + at
              + ", in the value "
              + fields.valueAround(row, start, at)
              + ", which does not start with one; where the quote is meant, put the value in quotes and write the quote twice, or name another character in options.quote; where the record began on an earlier line, write it on one line";
    };
  }
}

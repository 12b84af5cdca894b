package io.millrace.source;

/**
 * Why a line is not a record.
 *
 * @param rule the name under which it is quarantined and counted; holds a dot
 * @param reason what was found and what was expected, for a person to read
 */
public record Rejection(String rule, String reason) {
  /** The line is not UTF-8. */
  public static final String ENCODING = "csv.encoding";

  /** A quote is not closed, or text follows the closing quote. */
  public static final String QUOTE = "csv.quote";

  /** The line has more or fewer fields than the header. */
  public static final String COLUMNS = "csv.columns";

  /** The header of the file does not give the columns of the schema. */
  public static final String HEADER = "csv.header";

  /** The text of a field is not of its column's type. */
  public static final String TYPE = "column.type";

  /** A column that must not be null is. */
  public static final String REQUIRED = "column.required";
}

package io.millrace.quality;

/**
 * Why a record is not taken.
 *
 * @param rule the name under which it is quarantined and counted; Millrace's own hold a dot, all
 *     others stand in the pipeline's rules
 * @param reason what was found and what was expected, for a person to read; it is stored, so it is
 *     the same in every locale (a formatter's numbers are not)
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

  /** The event time is NULL. */
  public static final String TIME_MISSING = "time.missing";

  /** The event lies after the landing date. */
  public static final String TIME_FUTURE = "time.future";

  /** The event lies further before the landing date than the lateness allows. */
  public static final String TIME_LATE = "time.late";
}

package io.millrace.expression.sql;

import static java.util.Map.entry;

import io.millrace.expression.tree.Expression;
import io.millrace.spec.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Finds what a function's name stands for, or says what to write in its place. */
final class Functions {
  private static final Set<String> AGGREGATES =
      Set.of(
          "COUNT",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "PERCENTILE",
          "APPROX_COUNT_DISTINCT",
          "STDDEV",
          "STDDEV_POP",
          "STDDEV_SAMP",
          "VARIANCE",
          "VAR_POP",
          "VAR_SAMP",
          "FIRST",
          "LAST",
          "DECAYED_SUM",
          "ANY_VALUE",
          "EVERY",
          "SOME",
          "MEDIAN",
          "LISTAGG",
          "ARRAY_AGG");

  /** They would give another result each time, or on each machine. */
  private static final Set<String> UNSTABLE =
      Set.of(
          "RAND",
          "RANDOM",
          "RAND_INTEGER",
          "UUID",
          "NOW",
          "CURRENT_TIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "USER",
          "CURRENT_USER",
          "SESSION_USER",
          "SYSTEM_USER",
          "CURRENT_ROLE",
          "CURRENT_SCHEMA",
          "CURRENT_CATALOG",
          "CURRENT_PATH");

  /** What other dialects call it, and what it is here. */
  static final Map<String, String> ALIASES =
      Map.ofEntries(
          entry("ISNULL", "x IS NULL or COALESCE(x, y)"),
          entry("IIF", "IF(condition, x, y)"),
          entry("DECODE", "CASE x WHEN … THEN … END"),
          entry("XOR", "x <> y"),
          entry("&", "BITAND(x, y)"),
          entry("^", "BITXOR(x, y), or POWER(x, y)"),
          entry("<<", "x * POWER(2, n)"),
          entry("LEN", "CHAR_LENGTH(s)"),
          entry("SUBSTR", "SUBSTRING(s, from, count); the end of a text is RIGHT(s, n)"),
          entry("MID", "SUBSTRING(s, from, count)"),
          entry("STRPOS", "POSITION(x IN s)"),
          entry("LOCATE", "POSITION(x IN s)"),
          entry("CHARINDEX", "POSITION(x IN s)"),
          entry("BTRIM", "TRIM(s)"),
          entry("LCASE", "LOWER(s)"),
          entry("UCASE", "UPPER(s)"),
          entry("CHAR", "CHR(n)"),
          entry("UNICODE", "ASCII(s)"),
          entry("STRING_SPLIT", "SPLIT_PART(s, separator, n)"),
          entry("SPLIT", "SPLIT_PART(s, separator, n)"),
          entry("SHA", "SHA1(s)"),
          entry("SHA2", "SHA256(s)"),
          entry("HASH", "SHA256(s), or CRC32(s) for a number"),
          entry("XXHASH64", "SHA256(s), or CRC32(s) for a number"),
          entry("DATE_PART", "EXTRACT(HOUR FROM ts)"),
          entry("DATEDIFF", "DATE_DIFF('day', from, to), or to - from of DATEs"),
          entry("MONTHS_BETWEEN", "TIMESTAMPDIFF(MONTH, from, to)"),
          entry("DATE_ADD", "ts + INTERVAL '1' DAY"),
          entry("DATEADD", "ts + INTERVAL '1' DAY"),
          entry("DATE_SUB", "ts - INTERVAL '1' DAY"),
          entry("ADD_MONTHS", "ts + INTERVAL '1' MONTH"),
          entry("DATE", "CAST(x AS DATE)"),
          entry("TIMESTAMP", "CAST(x AS TIMESTAMP)"),
          entry("TO_NUMBER", "CAST(s AS DOUBLE)"),
          entry("TO_CHAR", "DATE_FORMAT(ts, 'yyyy-MM-dd'), or CAST(x AS VARCHAR)"),
          entry("STRFTIME", "DATE_FORMAT(ts, 'yyyy-MM-dd')"),
          entry("FORMAT_DATE", "DATE_FORMAT(ts, 'yyyy-MM-dd')"),
          entry("STRPTIME", "TO_TIMESTAMP(s, 'yyyy-MM-dd HH:mm')"),
          entry("TRY_TO_TIMESTAMP", "TRY(TO_TIMESTAMP(s, 'yyyy-MM-dd HH:mm'))"),
          entry("TRY_TO_DATE", "TRY(TO_DATE(s, 'yyyy-MM-dd'))"),
          entry("UNIX_TIMESTAMP", "UNIX_SECONDS(ts)"),
          entry("FROM_UNIXTIME", "TIMESTAMP_SECONDS(n)"),
          entry("EPOCH", "UNIX_SECONDS(ts)"),
          entry("EPOCH_MS", "UNIX_MILLIS(ts)"),
          entry("WEEKOFYEAR", "WEEK(ts)"),
          entry("REGEXP_MATCHES", "REGEXP_LIKE(s, 'pattern')"),
          entry("REGEXP_SUBSTR", "REGEXP_EXTRACT(s, 'pattern')"));

  private final Binder binder;
  private final Map<String, FunctionRule> rules;

  Functions(Binder binder) {
    this.binder = binder;
    this.rules = FunctionRules.byNames();
  }

  boolean has(String name) {
    return rules.containsKey(SqlReader.unmasked(name));
  }

  static boolean isRefused(String name) {
    return UNSTABLE.contains(name.toUpperCase(Locale.ROOT));
  }

  static String refusal(String name) {
    return "Cannot use "
        + name
        + ": it would not give the same result each time; expressions see the record only";
  }

  Expression bind(SqlCall call) {
    String name = SqlReader.unmasked(call.getOperator().getName().toUpperCase(Locale.ROOT));
    if (call.getKind() == SqlKind.OVER) {
      throw SqlProblem.at(call, "Cannot use OVER: an expression sees one record at a time");
    }
    if (AGGREGATES.contains(name) || call.getKind() == SqlKind.FILTER) {
      throw SqlProblem.at(
          call,
          "Cannot use "
              + name
              + " here: it is an aggregate, and aggregates belong under features.<group>.aggregates");
    }
    if (isRefused(name)) {
      throw SqlProblem.at(call, refusal(name));
    }
    if (name.equals("LOG") && call.operandCount() == 1) {
      throw SqlProblem.at(call, "Cannot use LOG without a base: write LN(x) or LOG10(x)");
    }
    FunctionRule rule = rules.get(name);
    if (rule == null) {
      throw SqlProblem.at(call, unknown(name, call));
    }
    if (call.getFunctionQuantifier() != null) {
      throw SqlProblem.at(call, "Cannot use " + call.getFunctionQuantifier() + " in " + name);
    }
    List<SqlNode> operands = new ArrayList<>(call.getOperandList());
    if (operands.size() < rule.least() || operands.size() > rule.most()) {
      throw SqlProblem.at(
          call,
          "%s is written %s, but has %d argument%s here"
              .formatted(
                  name, rule.entry().usage(), operands.size(), operands.size() == 1 ? "" : "s"));
    }
    return rule.binding().apply(new Arguments(binder, name, call, operands));
  }

  private String unknown(String name, SqlCall call) {
    boolean isOperator = !Character.isLetter(name.isEmpty() ? ' ' : name.charAt(0));
    String what = isOperator ? binder.show(call) : name;
    String alias = ALIASES.get(name);
    if (alias != null) {
      return "Cannot use " + what + ": write " + alias;
    }
    return "Cannot use "
        + what
        + Spelling.nearest(name, rules.keySet().stream().sorted().toList())
            .map(nearest -> ": did you mean " + nearest + "?")
            .orElse(isOperator ? ": there is no such operator" : ": there is no such function");
  }
}

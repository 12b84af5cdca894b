package io.millrace.expression.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.jspecify.annotations.Nullable;

/** Reads the literals behind the argument of an aggregate, by position or by name. */
final class CallParameters {
  private final SqlText sql;
  private final String function;
  private final String usage;
  private final List<Parameter> parameters;

  CallParameters(SqlText sql, String function, AggregateTyping typing) {
    this.sql = sql;
    this.function = function;
    usage = typing.usage(function);
    parameters = typing.parameters(function);
  }

  /** The values in the order of the parameters, without zeros at their end. */
  List<BigDecimal> read(SqlCall call) {
    if (call.operandCount() != 1 + parameters.size()) {
      throw SqlProblem.at(
          call,
          "%s is written %s, but has %d argument%s here"
              .formatted(
                  function, usage, call.operandCount(), call.operandCount() == 1 ? "" : "s"));
    }
    @Nullable BigDecimal[] values = new BigDecimal[parameters.size()];
    for (int i = 0; i < values.length; i++) {
      SqlNode written = call.operand(i + 1);
      boolean isNamed = written.getKind() == SqlKind.ARGUMENT_ASSIGNMENT;
      int number = isNamed ? named(written) : i;
      if (values[number] != null) {
        throw SqlProblem.at(
            written, "%s has its %s twice".formatted(function, parameters.get(number).name()));
      }
      values[number] =
          value(parameters.get(number), isNamed ? ((SqlCall) written).operand(0) : written);
    }
    return List.of(values);
  }

  private int named(SqlNode assignment) {
    String name = ((SqlIdentifier) ((SqlCall) assignment).operand(1)).toString();
    for (int i = 0; i < parameters.size(); i++) {
      if (parameters.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw SqlProblem.at(
        assignment,
        "%s has no %s: it has %s"
            .formatted(
                function,
                name,
                parameters.stream().map(Parameter::name).collect(Collectors.joining(", "))));
  }

  private BigDecimal value(Parameter parameter, SqlNode node) {
    BigDecimal value;
    if (parameter.type() == Parameter.Type.INTERVAL) {
      if (!(node instanceof SqlIntervalLiteral interval)) {
        throw unexpected(parameter, node);
      }
      value = Intervals.millis(interval, sql.show(node));
    } else {
      if (!(node instanceof SqlNumericLiteral number)) {
        throw unexpected(parameter, node);
      }
      value = number.getValueAs(BigDecimal.class);
    }
    boolean isWhole = value.stripTrailingZeros().scale() <= 0;
    if (value.compareTo(parameter.least()) < 0
        || value.compareTo(parameter.most()) > 0
        || (parameter.type() == Parameter.Type.WHOLE_NUMBER && !isWhole)) {
      throw unexpected(parameter, node);
    }
    // one form for equal numbers, and none with an exponent
    return isWhole ? value.setScale(0) : value.stripTrailingZeros();
  }

  private SqlProblem unexpected(Parameter parameter, SqlNode node) {
    return SqlProblem.at(
        node,
        "In %s, %s has to be %s, but is %s"
            .formatted(usage, parameter.name(), parameter.expected(), sql.show(node)));
  }
}

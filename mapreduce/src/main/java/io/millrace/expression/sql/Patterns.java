package io.millrace.expression.sql;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.Literal;
import io.millrace.expression.tree.Expression.Matches;
import io.millrace.expression.tree.Expression.Matches.Language;
import io.millrace.expression.tree.Expression.Not;
import io.millrace.row.Kind;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLikeOperator;

/** LIKE and regular expressions, whose patterns are known beforehand. */
final class Patterns {
  private final Binder binder;

  Patterns(Binder binder) {
    this.binder = binder;
  }

  Expression like(SqlCall call) {
    SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
    if (call.getKind() != SqlKind.LIKE || !operator.isCaseSensitive()) {
      throw SqlProblem.at(
          call, "Cannot use " + operator.getName() + ": write LOWER(x) LIKE, or REGEXP_LIKE(x, …)");
    }
    Expression text = text(call.operand(0));
    String pattern = constant(call.operand(1), "The pattern of LIKE");
    String like =
        call.operandCount() == 3
            ? withBackslashes(pattern, call.operand(2), call.operand(1))
            : pattern.replace("\\", "\\\\");
    Expression matches = new Matches(text, Language.LIKE, like);
    return operator.isNegated() ? new Not(matches) : matches;
  }

  Expression regularExpression(SqlNode textNode, SqlNode patternNode) {
    Expression text = text(textNode);
    String pattern = compile(patternNode, "The pattern of REGEXP_LIKE").pattern();
    return new Matches(text, Language.REGULAR_EXPRESSION, pattern);
  }

  /** A regular expression that is written down. */
  Pattern compile(SqlNode node, String what) {
    try {
      return Pattern.compile(constant(node, what));
    } catch (PatternSyntaxException e) {
      throw SqlProblem.at(node, "Cannot read the regular expression: " + e.getDescription());
    }
  }

  private Expression text(SqlNode node) {
    Expression text = binder.bind(node);
    if (Typing.isUntyped(text)) {
      return Typing.convert(text, Typing.VARCHAR);
    }
    if (text.type().kind() != Kind.STRING) {
      throw SqlProblem.at(
          node, "Expected text, but found " + binder.describe(node, text) + ": CAST it to VARCHAR");
    }
    return text;
  }

  /** Text that is written down. */
  String constant(SqlNode node, String what) {
    if (binder.bind(node) instanceof Literal literal && literal.value() instanceof String text) {
      return text;
    }
    throw SqlProblem.at(node, what + " must be a text in quotes, but found " + binder.show(node));
  }

  /** The pattern with a backslash in place of its own escape character. */
  private String withBackslashes(String pattern, SqlNode escapeNode, SqlNode patternNode) {
    String escape = constant(escapeNode, "The escape character");
    if (escape.codePointCount(0, escape.length()) != 1) {
      throw SqlProblem.at(escapeNode, "ESCAPE takes one character, but found '" + escape + "'");
    }
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < pattern.length(); ) {
      if (pattern.startsWith(escape, i)) {
        i += escape.length();
        boolean escapes =
            i < pattern.length()
                && (pattern.startsWith(escape, i) || "%_".indexOf(pattern.charAt(i)) >= 0);
        if (!escapes) {
          throw SqlProblem.at(
              patternNode, "In a pattern, " + escape + " must stand before %, _ or itself");
        }
        result.append('\\');
      } else if (pattern.charAt(i) == '\\') {
        result.append('\\');
      }
      int character = pattern.codePointAt(i);
      result.appendCodePoint(character);
      i += Character.charCount(character);
    }
    return result.toString();
  }
}

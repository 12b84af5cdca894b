package io.millrace.expression.code;

import io.millrace.expression.tree.Expression;
import io.millrace.expression.tree.Expression.And;
import io.millrace.expression.tree.Expression.Attempt;
import io.millrace.expression.tree.Expression.Case;
import io.millrace.expression.tree.Expression.Coalesce;
import io.millrace.expression.tree.Expression.Or;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes what evaluates its operands one after the other and stops early. Each is a loop that runs
 * once, so that {@code break} leaves it.
 */
final class Choices {
  /** Longer lists are nested, so that parts of them can become methods. */
  private static final int MAX_OPERANDS = 32;

  private final ExpressionWriter writer;
  private final MethodBody body;

  Choices(ExpressionWriter writer, MethodBody body) {
    this.writer = writer;
    this.body = body;
  }

  /** AND or OR: stops at FALSE or TRUE; else NULL where an operand was. */
  Value junction(List<Expression> operands, boolean isAnd) {
    if (operands.size() > MAX_OPERANDS) {
      return junction(grouped(operands, isAnd), isAnd);
    }
    String value = body.newName();
    String isNull = body.newName();
    boolean isNullable = false;
    StringBuilder before = body.setAside();
    body.open("do");
    for (Expression operand : operands) {
      Value x = writer.write(operand);
      String stops = (isAnd ? "!" : "") + x.java();
      String stop = "%s = %s; %s = false; break;".formatted(value, !isAnd, isNull);
      if (x.isNull() == null) {
        body.add("if (" + stops + ") { " + stop + " }");
      } else {
        isNullable = true;
        body.add("if (" + x.isNull() + ") { " + isNull + " = true; }");
        body.add("else if (" + stops + ") { " + stop + " }");
      }
    }
    body.close(" while (false);");
    body.resume(before, "boolean " + value + " = " + isAnd + ", " + isNull + " = false;");
    return new Value(value, isNullable ? isNull : null);
  }

  private static List<Expression> grouped(List<Expression> operands, boolean isAnd) {
    List<Expression> groups = new ArrayList<>();
    for (int i = 0; i < operands.size(); i += MAX_OPERANDS) {
      List<Expression> group = operands.subList(i, Math.min(i + MAX_OPERANDS, operands.size()));
      groups.add(isAnd ? new And(group) : new Or(group));
    }
    return groups;
  }

  Value choice(Case choice) {
    if (choice.branches().size() > MAX_OPERANDS) {
      List<Case.Branch> branches = choice.branches();
      Case rest =
          new Case(
              branches.subList(MAX_OPERANDS, branches.size()), choice.otherwise(), choice.type());
      return choice(new Case(branches.subList(0, MAX_OPERANDS), rest, choice.type()));
    }
    String value = body.newName();
    String isNull = body.newName();
    boolean isNullable = false;
    StringBuilder before = body.setAside();
    body.open("do");
    for (Case.Branch branch : choice.branches()) {
      Value condition = writer.write(branch.condition());
      body.open("if (" + condition.isTrue() + ")");
      isNullable |= assign(value, isNull, writer.write(branch.value()));
      body.add("break;");
      body.close("");
    }
    isNullable |= assign(value, isNull, writer.write(choice.otherwise()));
    body.close(" while (false);");
    body.resume(before, declaration(choice, value, isNull));
    return new Value(value, isNullable ? isNull : null);
  }

  Value coalesce(Coalesce coalesce) {
    String value = body.newName();
    String isNull = body.newName();
    boolean isNullable = true;
    StringBuilder before = body.setAside();
    body.open("do");
    for (Expression operand : coalesce.operands()) {
      Value x = writer.write(operand);
      if (x.isNull() == null) {
        isNullable = false;
        assign(value, isNull, x);
        break;
      }
      body.add("if (!%s) { %s = %s; break; }".formatted(x.isNull(), value, x.java()));
    }
    if (isNullable) {
      body.add(isNull + " = true;");
    }
    body.close(" while (false);");
    body.resume(before, declaration(coalesce, value, isNull));
    return new Value(value, isNullable ? isNull : null);
  }

  /** The value, or NULL where computing it throws what means that there is none. */
  Value attempt(Attempt attempt) {
    if (attempt.extent() == Attempt.Extent.LAST_STEP) {
      // outside of the block: their failures are errors
      attempt.operand().operands().forEach(writer::write);
    }
    String value = body.newName();
    String isNull = body.newName();
    StringBuilder before = body.setAside();
    body.open("try");
    Value result = writer.write(attempt.operand());
    // where it is NULL the variable holds a number too
    boolean isDouble = JavaTypes.of(attempt.type().kind()).equals("double");
    String java = isDouble ? "Numbers.checkedFinite(" + result.java() + ")" : result.java();
    assign(value, isNull, new Value(java, result.isNull()));
    body.close(" catch (ArithmeticException e) { " + isNull + " = true; }");
    body.add("catch (IllegalArgumentException e) { " + isNull + " = true; }");
    body.resume(before, declaration(attempt, value, isNull));
    return new Value(value, isNull);
  }

  /** Sets the result; returns whether it may be NULL. */
  private boolean assign(String value, String isNull, Value result) {
    body.add(value + " = " + result.java() + ";");
    if (result.isNull() == null) {
      return false;
    }
    body.add(isNull + " = " + result.isNull() + ";");
    return true;
  }

  private static String declaration(Expression expression, String value, String isNull) {
    String type = JavaTypes.of(expression.type().kind());
    String blank = JavaTypes.blank(expression.type().kind());
    return type + " " + value + " = " + blank + "; boolean " + isNull + " = false;";
  }
}

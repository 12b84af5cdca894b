package io.millrace.expression.tree;

import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A node of a typed expression. Operands of one node have the type that the node works on: all
 * conversions are nodes of their own.
 */
public sealed interface Expression {
  /** The type of the value; nullable unless it is sure never to be NULL. */
  ColumnType type();

  /** What it is computed from, in the order of evaluation. */
  List<Expression> operands();

  /** Adds the names of all columns that are read. */
  default void collectColumns(Set<String> names) {
    for (Expression operand : operands()) {
      operand.collectColumns(names);
    }
  }

  /**
   * Checks that a row has all columns that are read, of the same types.
   *
   * @throws IllegalArgumentException naming the first that it has not
   */
  default void checkLayout(RowType layout) {
    operands().forEach(operand -> operand.checkLayout(layout));
  }

  private static ColumnType truth(List<Expression> operands) {
    return ColumnType.of(Kind.BOOLEAN).withNullable(anyNullable(operands));
  }

  private static boolean anyNullable(List<Expression> operands) {
    return operands.stream().anyMatch(operand -> operand.type().nullable());
  }

  /**
   * A value that is written down.
   *
   * @param value as a row holds it: a {@code Long} (BOOLEAN: 0 or 1), a {@code Double}, or a {@code
   *     String}
   */
  record Literal(Object value, ColumnType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  record Null(ColumnType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  record ColumnReference(String name, ColumnType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }

    @Override
    public void collectColumns(Set<String> names) {
      names.add(name);
    }

    @Override
    public void checkLayout(RowType layout) {
      ColumnType found = layout.column(name).type();
      if (!found.withNullable(false).equals(type.withNullable(false))) {
        throw new IllegalArgumentException(
            "Cannot read column %s as %s: in %s it is %s"
                .formatted(name, type.sqlName(), layout.name(), found.sqlName()));
      }
    }
  }

  /** The operand as a value of another type: CAST, or a widening that SQL does by itself. */
  record Convert(Expression operand, ColumnType type) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** Text cut to a number of characters: {@code CAST(x AS VARCHAR(n))}. */
  record Shorten(Expression operand, int characters) implements Expression {
    @Override
    public ColumnType type() {
      return operand.type();
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** A function of the runtime; NULL where an argument is. */
  record Call(Function function, List<Expression> operands, ColumnType type) implements Expression {
    public Call {
      operands = List.copyOf(operands);
      type = type.withNullable(type.nullable() || anyNullable(operands));
    }
  }

  /** {@code +}, {@code -}, {@code *}, {@code /} or MOD. NULL where an operand or a divisor 0 is. */
  record Arithmetic(Operator operator, Expression left, Expression right, ColumnType type)
      implements Expression {
    /** The five operations. */
    public enum Operator {
      PLUS,
      MINUS,
      TIMES,
      DIVIDE,
      MODULO
    }

    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** Two values of one type, or two exact numbers of different scales. */
  record Comparison(Relation relation, Expression left, Expression right) implements Expression {
    /** How the left value must lie to the right one. */
    public enum Relation {
      EQUAL("=="),
      NOT_EQUAL("!="),
      LESS("<"),
      LESS_OR_EQUAL("<="),
      GREATER(">"),
      GREATER_OR_EQUAL(">=");

      private final String java;

      Relation(String java) {
        this.java = java;
      }

      public String java() {
        return java;
      }
    }

    @Override
    public ColumnType type() {
      return truth(operands());
    }

    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /** Whether two values differ, where NULL is a value like others. */
  record IsDistinct(Expression left, Expression right) implements Expression {
    @Override
    public ColumnType type() {
      return ColumnType.of(Kind.BOOLEAN);
    }

    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public ColumnType type() {
      return truth(operands);
    }
  }

  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public ColumnType type() {
      return truth(operands);
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public ColumnType type() {
      return operand.type();
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  record IsNull(Expression operand) implements Expression {
    @Override
    public ColumnType type() {
      return ColumnType.of(Kind.BOOLEAN);
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** TRUE where the operand is TRUE, FALSE where it is FALSE or NULL. */
  record IsTrue(Expression operand) implements Expression {
    @Override
    public ColumnType type() {
      return ColumnType.of(Kind.BOOLEAN);
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /** The value of the first branch whose condition is TRUE. */
  record Case(List<Branch> branches, Expression otherwise, ColumnType type) implements Expression {
    /** One WHEN and its THEN. */
    public record Branch(Expression condition, Expression value) {}

    public Case {
      branches = List.copyOf(branches);
      type =
          type.withNullable(
              otherwise.type().nullable()
                  || branches.stream().anyMatch(branch -> branch.value().type().nullable()));
    }

    @Override
    public List<Expression> operands() {
      List<Expression> all = new ArrayList<>();
      for (Branch branch : branches) {
        all.add(branch.condition());
        all.add(branch.value());
      }
      all.add(otherwise);
      return all;
    }
  }

  /** The operand, or NULL where it cannot be computed. */
  record Attempt(Expression operand, Extent extent) implements Expression {
    /** Which failures become NULL: all, or those of the operand's own step. */
    public enum Extent {
      ALL,
      LAST_STEP
    }

    @Override
    public ColumnType type() {
      return operand.type().withNullable(true);
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /**
   * A function with an object that is made once, from a text that is written down: a pattern, the
   * name of an algorithm. NULL where an argument is.
   */
  record Prepared(Tool tool, List<Expression> operands, String constant, ColumnType type)
      implements Expression {
    /** A method of an object of the runtime, whose constructor takes the constant. */
    public enum Tool {
      REGEXP_EXTRACT("RegularExpression.extract"),
      REGEXP_REPLACE("RegularExpression.replace"),
      DIGEST("Digest.hexadecimal"),
      FORMAT_DAY("TimePattern.ofDay"),
      FORMAT_MILLIS("TimePattern.ofMillis"),
      FORMAT_MICROS("TimePattern.ofMicros"),
      PARSE_DAY("TimePattern.toDay"),
      PARSE_MILLIS("TimePattern.toMillis"),
      PARSE_MICROS("TimePattern.toMicros");

      private final String java;

      Tool(String java) {
        this.java = java;
      }

      public String className() {
        return java.substring(0, java.indexOf('.'));
      }

      public String method() {
        return java.substring(java.indexOf('.') + 1);
      }

      /** Whether the calendar is the method's last argument. */
      public boolean takesCalendar() {
        return className().equals("TimePattern");
      }

      /** Whether the result may be {@link io.millrace.expression.runtime.Slices#NONE}. */
      public boolean mayGiveNothing() {
        return this == REGEXP_EXTRACT;
      }
    }

    public Prepared {
      operands = List.copyOf(operands);
      type = type.withNullable(type.nullable() || anyNullable(operands));
    }
  }

  /** The first operand that is not NULL. */
  record Coalesce(List<Expression> operands, ColumnType type) implements Expression {
    public Coalesce {
      operands = List.copyOf(operands);
      type = type.withNullable(operands.stream().allMatch(operand -> operand.type().nullable()));
    }
  }

  /** Whether the operand equals one of several values of its type, none of them NULL. */
  record In(Expression operand, List<Literal> options) implements Expression {
    public In {
      options = List.copyOf(options);
    }

    @Override
    public ColumnType type() {
      return truth(operands());
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /**
   * Whether text matches a pattern that is known beforehand.
   *
   * @param pattern of LIKE with {@code \} for its escape character, or a regular expression
   */
  record Matches(Expression operand, Language language, String pattern) implements Expression {
    /** What the pattern is written in. */
    public enum Language {
      LIKE,
      REGULAR_EXPRESSION
    }

    @Override
    public ColumnType type() {
      return truth(operands());
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }
}

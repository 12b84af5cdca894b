package io.millrace.expression.code;

import io.millrace.expression.tree.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one method. Remembers, block by block, which expressions have a value already:
 * expressions have no effects, so what was computed on the way is not computed again.
 */
final class MethodBody {
  private final Deque<Map<Expression, Value>> known = new ArrayDeque<>();
  private StringBuilder statements = new StringBuilder();
  private String indentation = "    ";
  private int variables;
  private int nodes;

  MethodBody() {
    known.push(new HashMap<>());
  }

  /** Declares a variable and returns its name. */
  String declare(String type, String initial) {
    String name = newName();
    add(type + " " + name + " = " + initial + ";");
    return name;
  }

  String newName() {
    return "v" + ++variables;
  }

  void add(String line) {
    statements.append(indentation).append(line).append('\n');
  }

  /** Opens a block whose variables end with it. */
  void open(String head) {
    add(head + " {");
    indentation += "  ";
    known.push(new HashMap<>());
  }

  void close(String tail) {
    known.pop();
    indentation = indentation.substring(2);
    add("}" + tail);
  }

  /** Starts to put statements aside; returns what was there, for {@link #resume}. */
  StringBuilder setAside() {
    StringBuilder before = statements;
    statements = new StringBuilder();
    return before;
  }

  /** Puts what was written since {@link #setAside} behind what came before it; declares first. */
  void resume(StringBuilder before, String declarations) {
    StringBuilder inner = statements;
    statements = before;
    add(declarations);
    statements.append(inner);
  }

  @Nullable Value known(Expression expression) {
    for (Map<Expression, Value> block : known) {
      Value value = block.get(expression);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  void remember(Expression expression, Value value) {
    known.element().put(expression, value);
    nodes++;
  }

  /** How many nodes have been written: a measure of the method's size. */
  int nodes() {
    return nodes;
  }

  @Override
  public String toString() {
    return statements.toString();
  }
}

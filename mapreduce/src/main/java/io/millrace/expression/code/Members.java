package io.millrace.expression.code;

import io.millrace.row.RowType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What the methods of one program share: constants, fields, and the methods written so far. */
final class Members {
  private final RowType layout;
  private final Constants constants = new Constants();
  private final Map<String, String> fields = new LinkedHashMap<>();
  private final Map<String, Integer> fieldCounts = new HashMap<>();
  private final Set<String> methodNames = new HashSet<>();
  private final StringBuilder methods = new StringBuilder();

  Members(RowType layout) {
    this.layout = layout;
  }

  RowType layout() {
    return layout;
  }

  Constants constants() {
    return constants;
  }

  /** A field that holds an object of the runtime; equal objects share one. */
  String field(String className, String arguments) {
    return fields.computeIfAbsent(
        className + "(" + arguments + ")",
        creation -> className + "_" + fieldCounts.merge(className, 1, Integer::sum));
  }

  /** A method name that no other method has; letters and digits of {@code wanted} stay. */
  String methodName(String wanted) {
    StringBuilder name = new StringBuilder();
    wanted
        .codePoints()
        .forEach(c -> name.append(c < 128 && Character.isLetterOrDigit(c) ? (char) c : '_'));
    String unique = name.toString();
    for (int i = 2; !methodNames.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  void addMethod(String signature, MethodBody body) {
    // not private: Janino would give it another name in stack traces
    methods.append("  ").append(signature).append(" {\n");
    methods.append(body).append("  }\n\n");
  }

  String source() {
    StringBuilder source = new StringBuilder();
    fields.forEach(
        (creation, name) ->
            source
                .append("  private final ")
                .append(creation, 0, creation.indexOf('('))
                .append(' ')
                .append(name)
                .append(" = new ")
                .append(creation)
                .append(";\n"));
    return source.append('\n').append(methods).toString();
  }
}

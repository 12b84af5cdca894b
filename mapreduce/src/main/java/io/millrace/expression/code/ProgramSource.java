package io.millrace.expression.code;

import io.millrace.expression.runtime.Rows;
import io.millrace.row.ColumnType;
import io.millrace.row.Row;
import io.millrace.row.RowType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A program as Java source.
 *
 * @param className derived from the source, so that different programs have different names
 * @param java the source of that class
 * @param constants what rows start with
 */
@SuppressWarnings("ArrayRecordComponent")
public record ProgramSource(String className, String java, byte[] constants) {
  private static final String PACKAGE = "io.millrace.expression.generated";
  private static final String NAME = "@NAME@";
  private static final int HASH_CHARACTERS = 16;

  /**
   * Writes the source of a program.
   *
   * @param contract the interface that it implements
   * @param zone the zone of its calendar
   */
  public static ProgramSource write(
      Class<?> contract, String zone, RowType layout, List<StepCode> steps) {
    Members members = new Members(layout);
    StringBuilder run = new StringBuilder();
    for (int i = 0; i < steps.size(); i++) {
      run.append("    row.step = ").append(i).append(";\n");
      StepCode step = steps.get(i);
      if (step instanceof StepCode.Assign assign) {
        run.append("    ").append(writeAssign(members, assign)).append("(row);\n");
      } else if (step instanceof StepCode.Check check) {
        String method = writeCheck(members, check);
        run.append("    if (!").append(method).append("(row)) { return ").append(i).append("; }\n");
      }
    }
    byte[] constants = members.constants().toByteArray();
    String source = frame(contract, zone, members, run, constants);
    String className = "Program_" + hash(source);
    return new ProgramSource(PACKAGE + "." + className, source.replace(NAME, className), constants);
  }

  private static String writeCheck(Members members, StepCode.Check check) {
    MethodBody body = new MethodBody();
    Value value = new ExpressionWriter(members, body).write(check.expression());
    body.add("return " + value.isTrue() + ";");
    String method = members.methodName("check_" + check.name());
    members.addMethod("boolean " + method + "(Row row)", body);
    return method;
  }

  private static String writeAssign(Members members, StepCode.Assign assign) {
    MethodBody body = new MethodBody();
    Value value = new ExpressionWriter(members, body).write(assign.expression());
    int slot = members.layout().slot(assign.column().name());
    if (value.isNull() != null) {
      body.open("if (" + value.isNull() + ")");
      if (assign.column().type().nullable()) {
        body.add("row.nulls[" + slot + "] = true;");
        body.add("return;");
      } else {
        String name = JavaTypes.literal(assign.name());
        String column = JavaTypes.literal(assign.column().name());
        body.add("throw Rows.nullValue(" + name + ", " + column + ");");
      }
      body.close("");
    }
    if (!value.isAlwaysNull()) {
      store(body, value.java(), assign.expression().type(), assign.column().type(), slot);
    }
    String method = members.methodName("assign_" + assign.name());
    members.addMethod("void " + method + "(Row row)", body);
    return method;
  }

  private static void store(
      MethodBody body, String value, ColumnType type, ColumnType column, int slot) {
    String stored = Conversions.java(value, type, column);
    switch (column.kind()) {
      case BOOLEAN -> body.add("row.longs[" + slot + "] = " + stored + " ? 1L : 0L;");
      case FLOAT, DOUBLE ->
          body.add("row.doubles[" + slot + "] = Numbers.checkedFinite(" + stored + ");");
      case INT, LONG, DECIMAL, DATE, TIMESTAMP_MILLIS, TIMESTAMP_MICROS ->
          body.add("row.longs[" + slot + "] = " + stored + ";");
      case STRING -> {
        body.add("row.offsets[" + slot + "] = Slices.offset(" + stored + ");");
        body.add("row.lengths[" + slot + "] = Slices.length(" + stored + ");");
      }
    }
    body.add("row.nulls[" + slot + "] = false;");
  }

  private static String frame(
      Class<?> contract, String zone, Members members, StringBuilder run, byte[] constants) {
    return """
        package %s;

        import %s;
        import %s.*;

        public final class %s implements %s {
          private final ZoneCalendar calendar = new ZoneCalendar(%s);
          private Row checkedRow;
          private boolean partIsNull;
        %s
          public int run(Row row) {
            if (row != checkedRow) {
              Rows.checkConstants(row, %s, %s);
              checkedRow = row;
            }
        %s    return -1;
          }
        }
        """
        .formatted(
            PACKAGE,
            Row.class.getName(),
            Rows.class.getPackageName(),
            NAME,
            contract.getName(),
            JavaTypes.literal(zone),
            members.source(),
            constants.length,
            JavaTypes.literal(Rows.checksum(constants, constants.length)),
            run);
  }

  private static String hash(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

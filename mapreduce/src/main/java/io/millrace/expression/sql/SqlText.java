package io.millrace.expression.sql;

import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The text of an expression, for showing and replacing parts of it. */
final class SqlText {
  private static final int MAX_SHOWN = 40;

  private final String text;
  private final List<String> lines;

  SqlText(String text) {
    this.text = text;
    // Calcite counts lines like this, and a tab as one column
    this.lines = List.of(text.split("\r\n|\r|\n", -1));
  }

  String text() {
    return text;
  }

  /** The part that a node was parsed from, on one line and shortened. */
  String show(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    if (position.getLineNum() < 1) {
      return node.toString();
    }
    String part = part(node).replaceAll("\\s+", " ");
    return part.length() <= MAX_SHOWN ? part : part.substring(0, MAX_SHOWN - 1) + "…";
  }

  /** The part that a node was parsed from. */
  String part(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    return text.substring(offset(position.getLineNum(), position.getColumnNum()), end(node));
  }

  /** The offset behind a node. */
  int end(SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    return offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
  }

  /** The offset of a line and column, which count from 1. */
  int offset(int line, int column) {
    int offset = 0;
    for (int i = 1; i < Math.min(line, lines.size()); i++) {
      offset += lines.get(i - 1).length();
      offset += text.startsWith("\r\n", offset) ? 2 : 1;
    }
    return Math.max(0, Math.min(offset + column - 1, text.length() - 1));
  }

  int lastLine() {
    return lines.size();
  }

  /** The column behind the last character. */
  int endColumn() {
    return lines.get(lines.size() - 1).length() + 1;
  }
}

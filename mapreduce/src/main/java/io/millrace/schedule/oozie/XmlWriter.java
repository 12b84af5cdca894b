package io.millrace.schedule.oozie;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML that people read: indented, with comments and lines that are not too long. */
final class XmlWriter {
  private static final int WIDTH = 120;
  private static final String INDENT = "  ";

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  XmlWriter() {
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  }

  XmlWriter blank() {
    text.append('\n');
    return this;
  }

  /** A comment in lines of the usual width; blank lines in it stay. */
  XmlWriter comment(String words) {
    String indent = indent();
    String flat = words.strip().replace("--", "- -");
    if (!flat.contains("\n") && indent.length() + flat.length() + 9 <= WIDTH) {
      text.append(indent).append("<!-- ").append(flat).append(" -->\n");
      return this;
    }
    text.append(indent).append("<!--\n");
    String gap = "";
    for (String paragraph : flat.split("\n\n", -1)) {
      text.append(gap);
      wrapped(paragraph.replace('\n', ' '), indent + INDENT);
      gap = "\n";
    }
    text.append(indent).append("-->\n");
    return this;
  }

  private void wrapped(String paragraph, String indent) {
    int column = 0;
    for (String word : paragraph.split(" +", -1)) {
      if (column > 0 && column + 1 + word.length() > WIDTH) {
        text.append('\n');
        column = 0;
      }
      String before = column == 0 ? indent : " ";
      text.append(before).append(word);
      column += before.length() + word.length();
    }
    text.append('\n');
  }

  /**
   * The start of an element.
   *
   * @param attributes names and values
   */
  XmlWriter open(String name, String... attributes) {
    String line = indent() + tag(name, attributes);
    text.append(line.length() < WIDTH ? line : line.replaceFirst(" xmlns", "\n    xmlns"))
        .append(">\n");
    open.push(name);
    return this;
  }

  XmlWriter close() {
    String name = open.pop();
    text.append(indent()).append("</").append(name).append(">\n");
    return this;
  }

  /** An element without content. */
  XmlWriter empty(String name, String... attributes) {
    text.append(indent()).append(tag(name, attributes)).append("/>\n");
    return this;
  }

  /** An element that holds text. */
  XmlWriter element(String name, String content, String... attributes) {
    text.append(indent()).append(whole(name, content, attributes)).append('\n');
    return this;
  }

  /** Two elements that hold text, on one line. */
  XmlWriter pair(String name, String first, String second) {
    text.append(indent()).append(whole(name, first)).append(whole(name, second)).append('\n');
    return this;
  }

  /** An element around others that hold text, on one line. */
  XmlWriter line(String name, String inner, String content, String... attributes) {
    text.append(indent())
        .append(tag(name, attributes))
        .append('>')
        .append(whole(inner, content))
        .append("</")
        .append(name)
        .append(">\n");
    return this;
  }

  /** An element whose lines are taken as they are, not as XML. */
  XmlWriter verbatim(String name, String lines) {
    text.append(indent())
        .append('<')
        .append(name)
        .append("><![CDATA[")
        .append(lines)
        .append("]]></")
        .append(name)
        .append(">\n");
    return this;
  }

  /** A property of a configuration. */
  XmlWriter property(String name, String value) {
    return open("property").element("name", name).element("value", value).close();
  }

  /** The whole document. */
  String end() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Cannot end a document in which " + open + " are open");
    }
    return text.toString();
  }

  private String indent() {
    return INDENT.repeat(open.size());
  }

  private static String whole(String name, String content, String... attributes) {
    return tag(name, attributes) + ">" + escaped(content) + "</" + name + ">";
  }

  private static String tag(String name, String... attributes) {
    StringBuilder tag = new StringBuilder("<").append(name);
    for (int number = 0; number < attributes.length; number += 2) {
      tag.append(' ')
          .append(attributes[number])
          .append("=\"")
          .append(escaped(attributes[number + 1]).replace("\"", "&quot;"))
          .append('"');
    }
    return tag.toString();
  }

  private static String escaped(String content) {
    return content.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package io.millrace.cli;

import io.millrace.run.RunnableCase;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results of tests in the XML that JUnit's reports have and build servers read. */
final class JUnitReport {
  private JUnitReport() {}

  static void write(Path file, String spec, List<RunnableCase.Result> results) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Map<String, List<RunnableCase.Result>> byFile =
        results.stream()
            .collect(
                Collectors.groupingBy(
                    RunnableCase.Result::file, LinkedHashMap::new, Collectors.toList()));
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", spec);
      for (Map.Entry<String, List<RunnableCase.Result>> suite : byFile.entrySet()) {
        write(xml, suite.getKey(), suite.getValue());
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException("Cannot write %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static void write(XMLStreamWriter xml, String file, List<RunnableCase.Result> results)
      throws XMLStreamException {
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", file);
    xml.writeAttribute("tests", String.valueOf(results.size()));
    xml.writeAttribute(
        "failures", String.valueOf(results.stream().filter(result -> !result.passed()).count()));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute(
        "time", seconds(results.stream().mapToDouble(RunnableCase.Result::seconds).sum()));
    for (RunnableCase.Result result : results) {
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", file);
      xml.writeAttribute("name", result.name().value());
      xml.writeAttribute("time", seconds(result.seconds()));
      if (!result.passed()) {
        xml.writeStartElement("failure");
        xml.writeAttribute("message", message(result));
        xml.writeCharacters(String.join("\n", TestReport.details(result)));
        xml.writeEndElement();
      }
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static String message(RunnableCase.Result result) {
    return result
        .failure()
        .orElseGet(
            () ->
                result.differences().stream()
                    .map(difference -> difference.partition() + ": " + difference.summary())
                    .collect(Collectors.joining("; ")));
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}

package io.millrace.schedule.oozie;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import javax.xml.XMLConstants;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Checks an application's XML against the schemas that an Oozie server goes by. */
public final class ApplicationSchemas {
  /** For each root element, the schemas of what may stand in it. */
  private static final Map<String, List<String>> SCHEMAS =
      Map.of(
          "bundle-app",
          List.of("oozie-bundle-0.2.xsd"),
          "coordinator-app",
          List.of("oozie-coordinator-0.5.xsd", "oozie-sla-0.2.xsd"),
          "workflow-app",
          List.of("oozie-workflow-1.0.xsd", "email-action-0.2.xsd"));

  private ApplicationSchemas() {}

  /**
   * What is wrong with an application's XML, file by file: empty where nothing is.
   *
   * @param files texts by their names; those that are no XML are passed over
   */
  public static List<String> problems(SortedMap<String, String> files) {
    Map<String, Schema> schemas = new LinkedHashMap<>();
    SCHEMAS.forEach((root, names) -> schemas.put("<" + root, schema(names)));
    List<String> problems = new ArrayList<>();
    files.forEach(
        (name, text) ->
            schemas.forEach(
                (root, schema) -> {
                  if (name.endsWith(".xml") && text.contains(root)) {
                    check(name, text, schema, problems);
                  }
                }));
    return List.copyOf(problems);
  }

  private static void check(String name, String text, Schema schema, List<String> problems) {
    Validator validator = schema.newValidator();
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException problem) {
            error(problem);
          }

          @Override
          public void error(SAXParseException problem) {
            problems.add(
                "%s:%d:%d: %s"
                    .formatted(
                        name,
                        problem.getLineNumber(),
                        problem.getColumnNumber(),
                        problem.getMessage()));
          }

          @Override
          public void fatalError(SAXParseException problem) {
            error(problem);
          }
        });
    try {
      validator.validate(new StreamSource(new StringReader(text)));
    } catch (SAXException e) {
      if (problems.isEmpty()) {
        problems.add(name + ": " + e.getMessage());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot check " + name, e);
    }
  }

  private static Schema schema(List<String> names) {
    // the JDK's own: a cluster may have an older one on its class path
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    try {
      // a schema that includes another finds it beside itself
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file,jar");
      List<Source> sources = new ArrayList<>();
      for (String name : names) {
        URL schema = ApplicationSchemas.class.getResource("/" + name);
        if (schema == null) {
          throw new IllegalStateException("Cannot find Oozie's schema: " + name);
        }
        sources.add(new StreamSource(schema.toExternalForm()));
      }
      return factory.newSchema(sources.toArray(Source[]::new));
    } catch (SAXException e) {
      throw new IllegalStateException("Cannot read Oozie's schemas: " + names, e);
    }
  }
}

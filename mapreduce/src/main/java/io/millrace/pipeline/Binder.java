package io.millrace.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.expression.ExpressionCompiler;
import io.millrace.expression.ExpressionException;
import io.millrace.expression.TypedExpression;
import io.millrace.row.RowType;
import io.millrace.source.TimestampParser;
import io.millrace.spec.DatePattern;
import io.millrace.spec.FeatureGroupSpec;
import io.millrace.spec.FormatSpec;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.PipelineSpec;
import io.millrace.spec.Problem;
import io.millrace.spec.SpecException;
import io.millrace.spec.Spelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Binds a spec to its schemas. What is wrong is gathered, so that its author sees all of it at
 * once.
 */
public final class Binder {
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final PipelineSpec spec;
  private final SpecFiles files;
  private final ExpressionCompiler compiler;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> brokenColumns = new HashSet<>();

  private Binder(PipelineSpec spec, SpecFiles files) {
    this.spec = spec;
    this.files = files;
    compiler = new ExpressionCompiler(spec.timezone());
  }

  /**
   * The bound pipeline.
   *
   * @throws SpecException with all that is wrong, in the order of the file
   */
  public static Pipeline bind(PipelineSpec spec, SpecFiles files) {
    return new Binder(spec, files).bind();
  }

  private Pipeline bind() {
    checkPath();
    checkTimestamps();
    Optional<Cleaning> cleaning = readSchema().flatMap(this::bindCleaning);
    List<FeatureGroup> groups =
        cleaning.map(rows -> new FeaturesBinder(this, spec, rows).bind()).orElse(List.of());
    List<Located<String>> groupNames =
        spec.features().stream().map(FeatureGroupSpec::name).toList();
    boolean groupsKnown = groups.size() == spec.features().size();
    Optional<Training> training =
        spec.train()
            .filter(train -> cleaning.isPresent() && groupsKnown)
            .flatMap(
                train ->
                    new TrainingBinder(this, spec, train, cleaning.orElseThrow(), groups).bind());
    Optional<BoundScoring> scoring =
        spec.score()
            .flatMap(
                score ->
                    new ScoringBinder(this, score, groupNames, groups, cleaning, training).bind());
    if (cleaning.isEmpty() || !problems.isEmpty()) {
      throw failure();
    }
    return new Pipeline(spec, cleaning.get(), groups, training, scoring);
  }

  private Optional<Cleaning> bindCleaning(Schema schema) {
    RowType source;
    try {
      source = RowType.fromAvro(schema);
    } catch (IllegalArgumentException e) {
      report(spec.source().schema().at(), spec.source().schema() + ": " + e.getMessage());
      return Optional.empty();
    }
    return Optional.of(new CleaningBinder(this, spec, schema.toString(), source).bind());
  }

  private void checkPath() {
    Located<String> path = spec.source().path();
    if (!DatePattern.of(path.value()).isDated()) {
      report(
          path.at(),
          "`source.path` has no `${date}`, so that every date would read the same files, here `%s`; write where dates differ, as in `/landing/dt=${date}`"
              .formatted(path));
    }
  }

  private void checkTimestamps() {
    if (spec.source().format() instanceof FormatSpec.Csv csv) {
      for (Located<String> pattern : csv.timestamps()) {
        TimestampParser.check(pattern.value()).ifPresent(message -> report(pattern.at(), message));
      }
    }
  }

  private Optional<Schema> readSchema() {
    Located<String> file = spec.source().schema();
    return read(file)
        .flatMap(
            bytes -> {
              try {
                return Optional.of(
                    new Schema.Parser().parse(new String(bytes, StandardCharsets.UTF_8)));
              } catch (AvroRuntimeException e) {
                report(file.at(), "Cannot read " + file + " as an Avro schema: " + reason(e));
                return Optional.empty();
              }
            });
  }

  private static String reason(AvroRuntimeException e) {
    return e.getCause() instanceof JsonProcessingException json
        ? "line %d, column %d: %s"
            .formatted(
                json.getLocation().getLineNr(),
                json.getLocation().getColumnNr(),
                json.getOriginalMessage())
        : String.valueOf(e.getMessage());
  }

  /** The bytes of a file that the spec names, or nothing where that was reported as a problem. */
  Optional<byte[]> read(Located<String> file) {
    try {
      return Optional.of(files.read(file.value()));
    } catch (IOException e) {
      report(file.at(), "Cannot read " + file + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  ExpressionCompiler compiler() {
    return compiler;
  }

  void report(Location at, String message) {
    problems.add(new Problem(at, message));
  }

  /** Reports a column that is not there; returns whether it is. */
  boolean requireColumn(Located<String> name, RowType rows, String what) {
    if (rows.has(name.value())) {
      return true;
    }
    if (!brokenColumns.contains(name.value())) {
      report(name.at(), unknown("column", name.value(), rows.names(), what));
    }
    return false;
  }

  /**
   * Says that a column would be there, had what derives it been right: that others cannot find it
   * is not worth a message.
   */
  void addBrokenColumn(String name) {
    brokenColumns.add(name);
  }

  /** The message for a name that is not there, with the nearest one and all of them. */
  static String unknown(String kind, String name, List<String> known, String what) {
    String nearest =
        Spelling.nearest(name, known).map(near -> "; did you mean `" + near + "`?").orElse(".");
    return "unknown %s `%s`%s %s: %s"
        .formatted(kind, name, nearest, what, String.join(", ", known));
  }

  /** An expression, or nothing where what is wrong with it was reported. */
  Optional<TypedExpression> parse(Located<String> sql, RowType scope) {
    return attempt(sql, () -> compiler.parse(sql.value(), scope));
  }

  /** A condition, or nothing where what is wrong with it was reported. */
  Optional<TypedExpression> parseCondition(Located<String> sql, RowType scope) {
    return attempt(sql, () -> compiler.parseCondition(sql.value(), scope));
  }

  /**
   * The result of parsing, or nothing where what is wrong was reported at its place in the file.
   */
  <T> Optional<T> attempt(Located<String> sql, Parsing<T> parsing) {
    if (WORD.matcher(sql.value())
        .results()
        .map(MatchResult::group)
        .anyMatch(brokenColumns::contains)) {
      return Optional.empty();
    }
    try {
      return Optional.of(parsing.parse());
    } catch (ExpressionException e) {
      report(sql.at(e.line(), e.column()), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Something that parses an expression. */
  interface Parsing<T> {
    T parse() throws ExpressionException;
  }

  private SpecException failure() {
    return new SpecException(
        problems.stream()
            .sorted(
                Comparator.comparingInt((Problem problem) -> problem.at().line())
                    .thenComparingInt(problem -> problem.at().column()))
            .distinct()
            .toList());
  }
}

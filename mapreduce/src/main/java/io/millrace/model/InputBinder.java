package io.millrace.model;

import io.millrace.model.ModelInputs.Feed;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import io.millrace.spec.Located;
import io.millrace.spec.Location;
import io.millrace.spec.Problem;
import io.millrace.spec.ScoreSpec;
import io.millrace.spec.ScoreSpec.Inputs;
import io.millrace.spec.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Finds a column for everything that a model takes. */
final class InputBinder {
  private final ModelSignature signature;
  private final ScoreSpec spec;
  private final RowType features;
  private final List<Problem> problems;
  private final int problemsBefore;
  private final MissingBinder missing;
  private final List<ModelInputs.Tensor> tensors = new ArrayList<>();

  InputBinder(ModelSignature signature, ScoreSpec spec, RowType features, List<Problem> problems) {
    this.signature = signature;
    this.spec = spec;
    this.features = features;
    this.problems = problems;
    problemsBefore = problems.size();
    missing = new MissingBinder(spec, problems);
  }

  Optional<ModelInputs> bind() {
    Inputs inputs = spec.inputs();
    if (inputs instanceof Inputs.OneTensor list) {
      bindList(list.input(), list.columns());
    } else if (inputs instanceof Inputs.ByName names) {
      bindNames(names.columns());
    } else {
      bindSameNames();
    }
    boolean singleRows = checkRows();
    missing.checkAllUsed();
    return problems.size() == problemsBefore
        ? Optional.of(new ModelInputs(tensors, singleRows))
        : Optional.empty();
  }

  private void bindList(Optional<Located<String>> name, List<Located<String>> columns) {
    Location at = columns.get(0).at();
    if (signature.inputs().size() != 1) {
      problem(
          at,
          ("a list of columns feeds one input, but the model has %d: %s; name the column of each, as"
                  + " in `inputs: {%s: column}`")
              .formatted(
                  signature.inputs().size(),
                  describe(signature.inputs()),
                  signature.inputs().isEmpty() ? "input" : signature.inputs().get(0).name()));
      return;
    }
    ModelSignature.Value input = signature.inputs().get(0);
    if (name.isPresent() && !name.get().value().equals(input.name())) {
      problem(name.get().at(), noInput(name.get().value()));
      return;
    }
    tensor(input, at)
        .ifPresent(
            tensor -> {
              OptionalLong width = width(tensor);
              if (width.isPresent() && width.getAsLong() != columns.size()) {
                problem(
                    at,
                    "%d columns are listed, but the model's input %s takes %d"
                        .formatted(columns.size(), input.describe(), width.getAsLong()));
              }
              List<Feed> feeds = new ArrayList<>();
              for (Located<String> column : columns) {
                feed(input, tensor.element(), column).ifPresent(feeds::add);
              }
              add(input, tensor, feeds, columns.size());
            });
  }

  private void bindNames(Map<String, Located<String>> columns) {
    Map<String, Located<String>> unused = new TreeMap<>(columns);
    for (ModelSignature.Value input : signature.inputs()) {
      Located<String> column = unused.remove(input.name());
      if (column == null) {
        problem(
            spec.model().at(),
            "the model's input %s has no column; add `%s: column` under `inputs`"
                .formatted(input.describe(), input.name()));
      } else {
        bindOne(input, column);
      }
    }
    unused.forEach((name, column) -> problem(column.at(), noInput(name)));
  }

  private String noInput(String name) {
    List<String> names = signature.inputs().stream().map(ModelSignature.Value::name).toList();
    return "the model has no input `%s`; it has %s%s"
        .formatted(name, describe(signature.inputs()), suggestion(name, names));
  }

  private void bindSameNames() {
    for (ModelSignature.Value input : signature.inputs()) {
      if (features.has(input.name())) {
        bindOne(input, new Located<>(input.name(), spec.model().at()));
      } else if (spec.registered().isPresent()) {
        problem(
            spec.model().at(),
            "it takes `%s`, which is no column among %s any more%s"
                .formatted(
                    input.name(),
                    spec.rows().columns(),
                    suggestion(input.name(), features.names())));
      } else {
        problem(
            spec.model().at(),
            ("the model's input %s has no column of its name%s; say what feeds it, as in `inputs:"
                    + " %s`")
                .formatted(
                    input.describe(),
                    suggestion(input.name(), features.names()),
                    takesSeveral(input) ? "[column, column]" : "{" + input.name() + ": column}"));
      }
    }
  }

  private static boolean takesSeveral(ModelSignature.Value input) {
    return input.type() instanceof ValueType.Tensor tensor && width(tensor).orElse(1) != 1;
  }

  private void bindOne(ModelSignature.Value input, Located<String> column) {
    tensor(input, column.at())
        .ifPresent(
            tensor -> {
              OptionalLong width = width(tensor);
              if (width.isPresent() && width.getAsLong() != 1) {
                problem(
                    column.at(),
                    ("the model's input %s takes %d columns, but `%s` is one; list them, as in"
                            + " `inputs: [column, column]`")
                        .formatted(input.describe(), width.getAsLong(), column.value()));
              }
              List<Feed> feeds = new ArrayList<>();
              feed(input, tensor.element(), column).ifPresent(feeds::add);
              add(input, tensor, feeds, 1);
            });
  }

  private void add(
      ModelSignature.Value input, ValueType.Tensor tensor, List<Feed> feeds, int wanted) {
    boolean matrix = tensor.shape().map(shape -> shape.size() == 2).orElse(true);
    if (feeds.size() == wanted && (matrix || wanted == 1)) {
      tensors.add(new ModelInputs.Tensor(input.name(), tensor.element(), matrix, feeds));
    }
  }

  private Optional<ValueType.Tensor> tensor(ModelSignature.Value input, Location at) {
    if (input.type() instanceof ValueType.Tensor tensor) {
      int rank = tensor.shape().map(List::size).orElse(2);
      if (rank == 1 || rank == 2) {
        return Optional.of(tensor);
      }
    }
    problem(
        at,
        ("columns cannot be fed into the model's input %s; expected a tensor of one dimension, or"
                + " two: rows and columns")
            .formatted(input.describe()));
    return Optional.empty();
  }

  /** How many columns a tensor takes, where the model says so. */
  private static OptionalLong width(ValueType.Tensor tensor) {
    return tensor
        .shape()
        .map(shape -> shape.size() == 2 ? shape.get(1) : OptionalLong.of(1))
        .orElse(OptionalLong.empty());
  }

  private Optional<Feed> feed(
      ModelSignature.Value input, ElementType element, Located<String> column) {
    String name = column.value();
    missing.use(name);
    if (!features.has(name)) {
      problem(
          column.at(),
          "there is no column `%s` among %s%s"
              .formatted(name, spec.rows().columns(), suggestion(name, features.names())));
      return Optional.empty();
    }
    ColumnType type = features.column(name).type();
    if (!fits(type, element)) {
      problem(
          column.at(),
          "column `%s` is %s, but the model's input %s takes %s"
              .formatted(name, type.sqlName(), input.describe(), taken(element)));
      return Optional.empty();
    }
    return missing.bind(column, element, type.nullable()).map(found -> new Feed(name, found));
  }

  private static boolean fits(ColumnType type, ElementType element) {
    Kind kind = type.kind();
    return switch (element) {
      case FLOAT, DOUBLE -> kind.isNumeric() || kind == Kind.BOOLEAN;
      case INT64 ->
          kind == Kind.BOOLEAN
              || kind == Kind.INT
              || kind == Kind.LONG
              || (kind == Kind.DECIMAL && type.scale() == 0);
      case INT32 -> kind == Kind.BOOLEAN || kind == Kind.INT;
      case BOOL -> kind == Kind.BOOLEAN;
      case STRING -> kind == Kind.STRING;
    };
  }

  private static String taken(ElementType element) {
    return switch (element) {
      case FLOAT, DOUBLE -> "numbers or BOOLEAN";
      case INT64 -> "whole numbers or BOOLEAN";
      case INT32 -> "INTEGER or BOOLEAN";
      case BOOL -> "BOOLEAN";
      case STRING -> "VARCHAR";
    };
  }

  /** Whether rows go in one at a time. A fixed number of rows but one cannot be served. */
  private boolean checkRows() {
    boolean singleRows = false;
    for (ModelSignature.Value input : signature.inputs()) {
      OptionalLong rows =
          input.type() instanceof ValueType.Tensor tensor
              ? tensor
                  .shape()
                  .filter(shape -> !shape.isEmpty())
                  .map(shape -> shape.get(0))
                  .orElse(OptionalLong.empty())
              : OptionalLong.empty();
      if (rows.isPresent() && rows.getAsLong() != 1) {
        problem(
            spec.model().at(),
            ("the model's input %s takes exactly %d rows at a time; export the model with a free"
                    + " first dimension")
                .formatted(input.describe(), rows.getAsLong()));
      }
      singleRows |= rows.isPresent();
    }
    return singleRows;
  }

  private static String describe(List<ModelSignature.Value> inputs) {
    return inputs.stream().map(ModelSignature.Value::describe).collect(Collectors.joining(", "));
  }

  private static String suggestion(String found, Collection<String> names) {
    return Spelling.nearest(found, names).map(near -> "; did you mean `" + near + "`?").orElse("");
  }

  private void problem(Location at, String message) {
    problems.add(new Problem(at, message));
  }
}

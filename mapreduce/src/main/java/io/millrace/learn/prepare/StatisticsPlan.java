package io.millrace.learn.prepare;

import io.millrace.row.Column;
import io.millrace.row.RowType;
import java.util.List;
import org.apache.avro.Schema;

/**
 * What is gathered of training rows; plain data.
 *
 * @param rowSchema Avro schema of the rows
 * @param inputs of the model
 * @param example the columns that training rows have of themselves
 * @param byClass whether the label tells classes apart, text or 0 and 1; or is a number
 */
public record StatisticsPlan(
    String rowSchema, List<Input> inputs, ExampleColumns example, boolean byClass) {
  public StatisticsPlan {
    inputs = List.copyOf(inputs);
  }

  /**
   * An input.
   *
   * @param logarithm whether its logarithm is wanted
   */
  public record Input(String name, boolean logarithm) {}

  /**
   * The names of columns.
   *
   * @param date of the example, a DATE
   * @param split what the example is for: {@code train}, {@code validation} or {@code test}
   */
  public record ExampleColumns(String date, String split, String label) {}

  /** What has to be gathered for a plan of preparation. */
  public static StatisticsPlan of(
      RowType rows, PreparePlan prepare, ExampleColumns example, boolean byClass) {
    List<Input> inputs =
        rows.columns().stream()
            .map(Column::name)
            .filter(name -> prepare.inputs().containsKey(name))
            .map(
                name ->
                    new Input(
                        name,
                        prepare.of(name) instanceof InputPlan.Numbers numbers && numbers.log1p()))
            .toList();
    return new StatisticsPlan(rows.toAvro().toString(), inputs, example, byClass);
  }

  public RowType rows() {
    return RowType.fromAvro(new Schema.Parser().parse(rowSchema));
  }
}

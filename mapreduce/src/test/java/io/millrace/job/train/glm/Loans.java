package io.millrace.job.train.glm;

import io.millrace.job.LocalRunner;
import io.millrace.job.io.InputFiles.InputFile;
import io.millrace.job.train.ExampleSettings;
import io.millrace.learn.glm.Family;
import io.millrace.learn.prepare.ClassWeighting;
import io.millrace.learn.prepare.NumberStep;
import io.millrace.learn.prepare.Preparation;
import io.millrace.learn.prepare.PreparedInput;
import io.millrace.pipeline.Training;
import io.millrace.row.Column;
import io.millrace.row.ColumnType;
import io.millrace.row.Kind;
import io.millrace.row.RowType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.hadoop.fs.Path;

/** A training set for tests: loans with an amount that may be NULL and a purpose. */
public record Loans(List<List<Loan>> files) {
  static final double MEAN = 5;
  static final double DEVIATION = 2;

  /** The design columns, in their order. */
  public static final List<String> COLUMNS =
      List.of("amount", "amount is missing", "purpose=car", "purpose=house", "purpose is other");

  static final List<String> PURPOSES = List.of("car", "house");
  static final List<String> CLASSES = List.of("late", "lost", "paid");

  /** Amount, whether it is missing, car, house, another purpose, intercept. */
  static final int COEFFICIENTS = 6;

  private static final Preparation PREPARATION =
      new Preparation(
          List.of(
              new PreparedInput.Numeric(
                  "amount",
                  List.of(new NumberStep.Impute(MEAN), new NumberStep.Standardise(MEAN, DEVIATION)),
                  true),
              new PreparedInput.TextCategories("purpose", PURPOSES, true)),
          List.of());

  /**
   * One of them.
   *
   * @param amount may be null
   */
  public record Loan(String part, String outcome, double weight, Double amount, String purpose) {
    double label() {
      return outcome.equals("paid") ? 0 : 1;
    }

    /** The design columns, by hand. */
    double[] design() {
      double[] x = new double[COEFFICIENTS];
      x[0] = amount == null ? 0 : (amount - MEAN) / DEVIATION;
      x[1] = amount == null ? 1 : 0;
      int purposeNumber = PURPOSES.indexOf(purpose);
      x[purposeNumber < 0 ? 4 : 2 + purposeNumber] = 1;
      x[5] = 1;
      return x;
    }
  }

  /** Files of so many rows, drawn at random. */
  public static Loans random(long seed, int... rows) {
    Random random = new Random(seed);
    List<List<Loan>> files = new ArrayList<>();
    for (int count : rows) {
      List<Loan> loans = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        loans.add(
            new Loan(
                random.nextInt(5) == 0 ? "test" : "train",
                CLASSES.get(random.nextInt(3)),
                1 + random.nextInt(3),
                random.nextInt(4) == 0 ? null : random.nextGaussian() * 3 + 4,
                List.of("car", "house", "boat").get(random.nextInt(3))));
      }
      files.add(loans);
    }
    return new Loans(files);
  }

  public static GlmSettings binary(double weightOfLate) {
    return new GlmSettings(
        new ExampleSettings(
            PREPARATION, new ClassWeighting(List.of("0", "1"), List.of(1.0, weightOfLate))),
        Family.LOGISTIC);
  }

  /** How many rows there are. */
  public long records() {
    return files.stream().mapToLong(List::size).sum();
  }

  static GlmSettings multinomial() {
    return new GlmSettings(
        new ExampleSettings(PREPARATION, new ClassWeighting(CLASSES, List.of())),
        Family.MULTINOMIAL);
  }

  static RowType type(boolean labelIsName) {
    return new RowType(
        "Example",
        List.of(
            new Column("loan_id", ColumnType.of(Kind.LONG)),
            new Column(Training.EXAMPLE_SPLIT, ColumnType.of(Kind.STRING)),
            new Column(
                Training.EXAMPLE_LABEL, ColumnType.of(labelIsName ? Kind.STRING : Kind.DOUBLE)),
            new Column(Training.EXAMPLE_WEIGHT, ColumnType.of(Kind.DOUBLE)),
            new Column("amount", ColumnType.of(Kind.DOUBLE).withNullable(true)),
            new Column("purpose", ColumnType.of(Kind.STRING))));
  }

  /** Writes the files with blocks of a few rows. */
  public List<InputFile> write(LocalRunner runner, boolean labelIsName) throws IOException {
    List<InputFile> written = new ArrayList<>();
    long id = 0;
    for (int file = 0; file < files.size(); file++) {
      List<GenericRecord> records = new ArrayList<>();
      for (Loan loan : files.get(file)) {
        records.add(
            new GenericRecordBuilder(type(labelIsName).toAvro())
                .set("loan_id", id++)
                .set(Training.EXAMPLE_SPLIT, loan.part())
                .set(Training.EXAMPLE_LABEL, labelIsName ? loan.outcome() : loan.label())
                .set(Training.EXAMPLE_WEIGHT, loan.weight())
                .set("amount", loan.amount())
                .set("purpose", loan.purpose())
                .build());
      }
      Path path =
          runner.write(
              "training/part-%05d.avro".formatted(file), type(labelIsName).toAvro(), 500, records);
      long length = path.getFileSystem(runner.configuration()).getFileStatus(path).getLen();
      written.add(new InputFile(path.toString(), length));
    }
    return written;
  }
}

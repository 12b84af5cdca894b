import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Rows for the comparison, and Spark's side of it. Run by scripts/bench/glm. */
final class GlmBench {
  private GlmBench() {}

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "generate" -> generate(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Path.of(args[3]));
      case "fit" -> fit(args[1], Integer.parseInt(args[2]), Double.parseDouble(args[3]), Path.of(args[4]));
      case "compare" -> compare(args[1], Integer.parseInt(args[2]), Double.parseDouble(args[3]), Path.of(args[4]), new File(args[5]));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** A CSV file and its schema: columns that hang together, and a label that follows from them. */
  private static void generate(int rows, int columns, Path folder) throws IOException {
    Random random = new Random(1);
    double[] beta = random.doubles(columns, -0.5, 0.5).toArray();
    Files.createDirectories(folder.resolve("in/dt=2026-01-01"));
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("in/dt=2026-01-01/rows.csv"))) {
      for (int row = 0; row < rows; row++) {
        StringBuilder line = new StringBuilder();
        double common = random.nextGaussian();
        double margin = -1;
        for (int column = 0; column < columns; column++) {
          double x = Math.round((random.nextGaussian() + 0.5 * common) * 1e4) / 1e4;
          margin += beta[column] * x;
          line.append(',').append(x);
        }
        out.write(row + "," + (random.nextDouble() < 1 / (1 + Math.exp(-margin))) + line + "\n");
      }
    }
    StringBuilder schema = new StringBuilder("{\"type\":\"record\",\"name\":\"Example\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"},{\"name\":\"y\",\"type\":\"boolean\"}");
    for (int column = 0; column < columns; column++) {
      schema.append(",{\"name\":\"x").append(column).append("\",\"type\":\"double\"}");
    }
    Files.writeString(folder.resolve("row.avsc"), schema + "]}");
  }

  private static SparkSession spark() {
    SparkSession spark = SparkSession.builder().master("local[2]").appName("glm").config("spark.ui.enabled", false).getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    return spark;
  }

  private static Dataset<Row> rows(SparkSession spark, String folder, int columns) {
    String[] names = IntStream.range(0, columns).mapToObj(i -> "x" + i).toArray(String[]::new);
    Dataset<Row> rows = spark.read().format("avro").load(folder + "/*.avro").where("example_split = 'train'");
    return new VectorAssembler().setInputCols(names).setOutputCol("features").transform(rows).select("features", "example_label", "example_weight");
  }

  /** MLlib minimises the mean loss and half of regParam times the square of the norm. */
  private static void fit(String folder, int columns, double l2, Path out) throws IOException {
    SparkSession spark = spark();
    Dataset<Row> rows = rows(spark, folder, columns).cache();
    long count = rows.count();
    LogisticRegressionModel model =
        new LogisticRegression()
            .setLabelCol("example_label")
            .setWeightCol("example_weight")
            .setRegParam(l2 / count)
            .setElasticNetParam(0)
            .setStandardization(false)
            .setMaxIter(1000)
            .setTol(1e-9)
            .fit(rows);
    StringBuilder text = new StringBuilder().append(model.intercept());
    for (double beta : model.coefficients().toArray()) {
      text.append(' ').append(beta);
    }
    Files.writeString(out, text);
    System.out.println(count + " rows, " + model.summary().totalIterations() + " iterations of MLlib");
    spark.stop();
  }

  private static void compare(String folder, int columns, double l2, Path mllib, File card) throws IOException {
    double[] theirs = java.util.Arrays.stream(Files.readString(mllib).split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
    double[] ours = new double[columns + 1];
    for (JsonNode weight : new ObjectMapper().readTree(card).findValue("coefficients")) {
      String column = weight.get("column").asText();
      ours[column.startsWith("x") ? 1 + Integer.parseInt(column.substring(1)) : 0] = weight.get("value").asDouble();
    }
    SparkSession spark = spark();
    Dataset<Row> rows = rows(spark, folder, columns).cache();
    double a = objective(rows, ours, l2);
    double b = objective(rows, theirs, l2);
    double apart = 0;
    for (int i = 0; i < ours.length; i++) {
      apart = Math.max(apart, Math.abs(ours[i] - theirs[i]));
    }
    System.out.printf(Locale.ROOT, "objective: Millrace %.9f, MLlib %.9f: relative difference %.2g; coefficients at most %.2g apart%n", a, b, (b - a) / a, apart);
    spark.stop();
    if (Math.abs(b - a) > 1e-6 * a) {
      System.exit(1);
    }
  }

  private static double objective(Dataset<Row> rows, double[] beta, double l2) {
    double loss = rows.javaRDD().mapToDouble(row -> loss(row, beta)).sum();
    return loss + l2 / 2 * IntStream.range(1, beta.length).mapToDouble(i -> beta[i] * beta[i]).sum();
  }

  private static double loss(Row row, double[] beta) {
    double[] x = ((Vector) row.get(0)).toArray();
    double margin = beta[0];
    for (int i = 0; i < x.length; i++) {
      margin += beta[i + 1] * x[i];
    }
    double y = row.getDouble(1);
    return row.getDouble(2) * (Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(margin, 0) - y * margin);
  }
}

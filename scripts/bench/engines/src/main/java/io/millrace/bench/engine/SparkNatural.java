package io.millrace.bench.engine;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Spark as one writes it who knows the DataFrame API and leaves the settings alone. Lines are read
 * as text, because the quarantine keeps them; parsed rows are cached, because two data sets are
 * written from them.
 */
final class SparkNatural implements Night {
  private static final int BATCH = 1024;

  private final Task task;
  private final SparkSession spark;

  SparkNatural(Task task) {
    this.task = task;
    spark =
        SparkSession.builder()
            .master(System.getProperty("spark.master", "local[2]"))
            .appName("night")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
  }

  @Override
  public void clean(LocalDate date) {
    String schema = String.join(" STRING, ", Columns.RAW) + " STRING, _corrupt_record STRING";

    Dataset<Row> parsed =
        spark
            .read()
            .text(task.landing() + "/dt=" + date)
            .select(col("value"), col("_metadata.file_name").as("file"))
            .where(expr("NOT startswith(value, 'txn_id,')"))
            .withColumn("parsed", from_csv(col("value"), lit(schema), Map.of("escape", "\"")))
            .select("value", "file", "parsed.*")
            .withColumn("ts_text", expr("nullif(ts, 'n/a')"))
            .withColumn("ts", expr("try_cast(ts_text AS TIMESTAMP)"))
            .withColumn("amount_text", expr("nullif(amount, 'n/a')"))
            .withColumn("amount", expr("try_cast(amount_text AS DOUBLE)"))
            .withColumn("currency", expr("nullif(currency, 'n/a')"))
            .withColumn("channel", expr("lower(trim(channel))"))
            .withColumn("is_fraud_text", expr("nullif(is_fraud, 'n/a')"))
            .withColumn("is_fraud", expr("try_cast(is_fraud_text AS BOOLEAN)"))
            .withColumn("hour", expr("hour(ts)"))
            .withColumn("abroad", expr("country <> card_country"))
            .withColumn("rule", rule(date))
            .cache();

    write(
        parsed
            .where("rule IS NOT NULL")
            .select(col("file"), col("rule"), reason(), expr("CAST(value AS BINARY)").as("raw")),
        "quarantine/clean",
        date);

    write(
        parsed
            .where("rule IS NULL")
            .withColumn(
                "place",
                row_number()
                    .over(
                        Window.partitionBy("card_id", "txn_id")
                            .orderBy(col("ts").desc(), col("value"))))
            .where("place = 1")
            .selectExpr(Columns.CLEAN.toArray(String[]::new)),
        "clean",
        date);
    parsed.unpersist();
  }

  private Column rule(LocalDate date) {
    return expr(
        """
        CASE
          WHEN NOT (%s) THEN 'csv.encoding'
          WHEN length(replace(value, '"', '')) %% 2 <> length(value) %% 2 THEN 'csv.quote'
          WHEN _corrupt_record IS NOT NULL THEN 'csv.columns'
          WHEN txn_id IS NULL OR ts_text IS NULL OR card_id IS NULL OR card_country IS NULL OR terminal_id IS NULL
            OR merchant_id IS NULL OR merchant_name IS NULL OR country IS NULL OR channel IS NULL THEN 'column.required'
          WHEN ts IS NULL OR (amount IS NULL AND amount_text IS NOT NULL)
            OR (is_fraud IS NULL AND is_fraud_text IS NOT NULL) THEN 'column.type'
          WHEN NOT coalesce(amount BETWEEN 0 AND 100000, false) THEN 'amount_in_range'
          WHEN NOT coalesce(currency IN ('EUR', 'USD', 'GBP'), false) THEN 'known_currency'
          WHEN NOT coalesce(channel IN ('pos', 'web', 'atm'), false) THEN 'known_channel'
          WHEN CAST(ts AS DATE) > DATE '%s' THEN 'time.future'
        END\
        """
            .formatted(ValidText.of("value", spark), date));
  }

  private static Column reason() {
    return expr("""
    CASE rule
      WHEN 'csv.encoding' THEN 'the line is not UTF-8'
      WHEN 'csv.quote' THEN 'a quote is not closed on its line'
      WHEN 'csv.columns' THEN 'not 12 fields'
      WHEN 'column.required' THEN 'a column that must not be NULL is NULL'
      WHEN 'column.type' THEN 'a value is not of its column''s type'
      WHEN 'time.future' THEN concat('happened at ', ts)
      ELSE concat_ws(', ', amount, currency, channel)
    END\
    """)
        .as("reason");
  }

  @Override
  public void features(LocalDate date) {
    Column web = when(col("channel").equalTo("web"), 1).otherwise(0);
    Column abroad = when(col("abroad"), 1).otherwise(0);
    Column fraud = expr("CASE WHEN is_fraud THEN 1 WHEN NOT is_fraud THEN 0 END");

    List<Column> card = new ArrayList<>();
    List<Column> terminal = new ArrayList<>();
    LocalDate known = date.minusDays(Columns.TERMINAL_DELAY);
    for (int window : Columns.WINDOWS) {
      String suffix = "_" + window + "d";
      Column recent = col("day").gt(lit(date.minusDays(window)));
      card.add(count(when(recent, 1)).as("card_txn_count" + suffix));
      card.add(sum(when(recent, col("amount"))).as("card_amount_sum" + suffix));
      card.add(avg(when(recent, col("amount"))).as("card_amount_mean" + suffix));
      card.add(max(when(recent, col("amount"))).as("card_amount_max" + suffix));
      card.add(avg(when(recent, web)).as("card_web_share" + suffix));
      card.add(avg(when(recent, abroad)).as("card_abroad_share" + suffix));
      recent = col("day").gt(lit(known.minusDays(window)));
      terminal.add(count(when(recent, 1)).as("terminal_txn_count" + suffix));
      terminal.add(avg(when(recent, fraud)).as("terminal_risk" + suffix));
    }
    write(aggregate("card_id", card, date), "features/card", date);
    write(aggregate("terminal_id", terminal, known), "features/terminal", date);
  }

  private Dataset<Row> aggregate(String entity, List<Column> aggregates, LocalDate last) {
    return spark
        .read()
        .parquet(task.warehouse() + "/clean")
        .withColumn("day", expr("CAST(ts AS DATE)"))
        .where(
            col("day")
                .gt(lit(last.minusDays(Collections.max(Columns.WINDOWS))))
                .and(col("day").leq(lit(last))))
        .groupBy(entity)
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new));
  }

  @Override
  public void score(LocalDate date) {
    String before = "/dt=" + date.minusDays(1);
    Column[] inputs =
        Columns.inputs().stream()
            .map(name -> coalesce(known(name).cast("float"), lit(task.missing())).as(name))
            .toArray(Column[]::new);
    Dataset<Row> rows =
        spark
            .read()
            .parquet(task.warehouse() + "/clean/dt=" + date)
            .join(
                broadcast(spark.read().parquet(task.warehouse() + "/features/card" + before)),
                new String[] {"card_id"},
                "left")
            .join(
                broadcast(spark.read().parquet(task.warehouse() + "/features/terminal" + before)),
                new String[] {"terminal_id"},
                "left")
            .select(
                col("txn_id"),
                col("card_id"),
                col("amount").as("kept_amount"),
                org.apache.spark.sql.functions.array(inputs).as("inputs"));

    StructType scored =
        new StructType()
            .add("txn_id", DataTypes.StringType)
            .add("card_id", DataTypes.StringType)
            .add("amount", DataTypes.DoubleType)
            .add("score", DataTypes.FloatType);
    String model = task.model().toString();
    MapPartitionsFunction<Row, Row> score = partition -> scores(partition, model);
    write(rows.mapPartitions(score, Encoders.row(scored)), "scores", date);
  }

  private static Column known(String name) {
    return name.contains("txn_count") ? coalesce(col(name), lit(0)) : col(name);
  }

  private static Iterator<Row> scores(Iterator<Row> partition, String model) throws Exception {
    int width = Columns.inputs().size();
    Scorer scorer = new Scorer(model, width, BATCH);
    return new Iterator<>() {
      private Iterator<Row> batch = Collections.emptyIterator();

      @Override
      public boolean hasNext() {
        if (!batch.hasNext() && partition.hasNext()) {
          batch = next(partition);
        }
        return batch.hasNext();
      }

      @Override
      public Row next() {
        if (!hasNext()) {
          throw new java.util.NoSuchElementException();
        }
        return batch.next();
      }

      private Iterator<Row> next(Iterator<Row> rows) {
        List<Row> kept = new ArrayList<>(BATCH);
        while (rows.hasNext() && kept.size() < BATCH) {
          Row row = rows.next();
          List<Float> inputs = row.getList(3);
          for (int i = 0; i < width; i++) {
            scorer.rows().put(kept.size() * width + i, inputs.get(i));
          }
          kept.add(row);
        }
        try {
          float[] scores = scorer.score(kept.size());
          List<Row> scored = new ArrayList<>(kept.size());
          for (int i = 0; i < scores.length; i++) {
            Row row = kept.get(i);
            scored.add(RowFactory.create(row.get(0), row.get(1), row.get(2), scores[i]));
          }
          return scored.iterator();
        } catch (ai.onnxruntime.OrtException e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }

  private void write(Dataset<Row> rows, String dataSet, LocalDate date) {
    rows.write().mode("overwrite").parquet(task.warehouse() + "/" + dataSet + "/dt=" + date);
  }

  @Override
  public void close() {
    spark.stop();
  }
}

package io.millrace.bench.engine;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.lit;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark as somebody writes it who has to pay for the machine. Each line is parsed once: clean and
 * quarantined rows are written by one query and parted by a folder. Lines without quotes are split,
 * only others go through the CSV parser. Windows are folded from three disjoint spans of days, and
 * features travel to the model as arrays of floats.
 */
final class SparkTuned implements Night {
  private static final int BATCH = 1024;
  private static final int WIDTH = Columns.RAW.size();

  private final Task task;
  private final SparkSession spark;

  SparkTuned(Task task) {
    this.task = task;
    spark =
        SparkSession.builder()
            .master(System.getProperty("spark.master", "local[2]"))
            .appName("night")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.ui.enabled", "false")
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.sql.adaptive.enabled", "false")
            // larger methods are not compiled by the JVM
            .config("spark.sql.codegen.hugeMethodLimit", "8000")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.sql.files.maxPartitionBytes", 32 << 20)
            // one row of a key is the rule here: to look for others before the shuffle costs a sort
            .config("spark.sql.optimizer.windowGroupLimitThreshold", "-1")
            // its tables of cases take a second to fill
            .config("spark.sql.icu.caseMappings.enabled", "false")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.autoBroadcastJoinThreshold", 256 << 20)
            .config("spark.sql.maxConcurrentOutputFileWriters", "4")
            .config("spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version", "2")
            .getOrCreate();
    spark.sparkContext().setLogLevel("WARN");
  }

  @Override
  public void clean(LocalDate date) throws IOException {
    Dataset<Row> checked = parse(date).withColumn("rule", rule(date));
    String staging = task.warehouse() + "/_staging/dt=" + date;
    checked
        .withColumn("raw", expr("IF(rule IS NULL, NULL, CAST(value AS BINARY))"))
        .withColumn("file", expr("IF(rule IS NULL, NULL, file)"))
        .withColumn("rejected", expr("rule IS NOT NULL"))
        .drop("value", "ts_text", "amount_text", "is_fraud_text", "fields")
        .withColumn(
            "place",
            expr(
                "row_number() OVER (PARTITION BY card_id, txn_id, rejected ORDER BY ts DESC, amount"
                    + " DESC)"))
        .where("rejected OR place = 1")
        .withColumn("reason", reason())
        .selectExpr(columns("file", "rule", "reason", "raw", "rejected"))
        .write()
        .mode("overwrite")
        .option("parquet.enable.dictionary#txn_id", "false")
        .option("parquet.enable.dictionary#ts", "false")
        .option("parquet.enable.dictionary#card_id", "false")
        .partitionBy("rejected")
        .parquet(staging);
    publish(staging + "/rejected=true", "quarantine/clean", date);
    publish(staging + "/rejected=false", "clean", date);
  }

  private Dataset<Row> parse(LocalDate date) {
    String schema = String.join(" STRING, ", Columns.RAW) + " STRING, _corrupt_record STRING";
    String parsed =
        Columns.RAW.stream().map(name -> "quoted." + name).collect(Collectors.joining(", "));
    Dataset<Row> fields =
        spark
            .read()
            .text(task.landing() + "/dt=" + date)
            .select(col("value"), col("_metadata.file_name").as("file"))
            .where("NOT startswith(value, 'txn_id,')")
            .withColumn("is_quoted", expr("contains(value, '\"')"))
            .withColumn(
                "quoted",
                org.apache.spark.sql.functions.when(
                    col("is_quoted"), from_csv(col("value"), lit(schema), Map.of("escape", "\""))))
            .withColumn(
                "fields",
                expr(
                    """
                    CASE WHEN NOT is_quoted THEN split(value, ',')
                      WHEN quoted._corrupt_record IS NULL THEN array(%s) END\
                    """
                        .formatted(parsed)));
    List<Column> columns = new ArrayList<>(List.of(col("value"), col("file"), col("fields")));
    for (int i = 0; i < WIDTH; i++) {
      String name = Columns.RAW.get(i);
      boolean cast = List.of("ts", "amount", "is_fraud").contains(name);
      String text = "nullif(get(fields, %d), '')".formatted(i);
      if (cast || name.equals("currency")) {
        text = "nullif(" + text + ", 'n/a')";
      }
      columns.add(
          expr(name.equals("channel") ? "lower(trim(" + text + "))" : text)
              .as(cast ? name + "_text" : name));
    }
    return fields
        .select(columns.toArray(Column[]::new))
        .withColumn("ts", expr("try_cast(ts_text AS TIMESTAMP)"))
        .withColumn("amount", expr("try_cast(amount_text AS DOUBLE)"))
        .withColumn("is_fraud", expr("try_cast(is_fraud_text AS BOOLEAN)"))
        .withColumn("hour", expr("CAST(pmod(unix_micros(ts) div 3600000000, 24) AS INT)"))
        .withColumn("abroad", expr("country <> card_country"));
  }

  private Column rule(LocalDate date) {
    return expr(
        """
        CASE
          WHEN NOT (%s) THEN 'csv.encoding'
          WHEN fields IS NULL OR size(fields) <> %d THEN
            IF(length(replace(value, '"', '')) %% 2 <> length(value) %% 2, 'csv.quote', 'csv.columns')
          WHEN txn_id IS NULL OR ts_text IS NULL OR card_id IS NULL OR card_country IS NULL OR terminal_id IS NULL
            OR merchant_id IS NULL OR merchant_name IS NULL OR country IS NULL OR channel IS NULL THEN 'column.required'
          WHEN ts IS NULL OR (amount IS NULL AND amount_text IS NOT NULL)
            OR (is_fraud IS NULL AND is_fraud_text IS NOT NULL) THEN 'column.type'
          WHEN NOT coalesce(amount BETWEEN 0 AND 100000, false) THEN 'amount_in_range'
          WHEN NOT coalesce(currency IN ('EUR', 'USD', 'GBP'), false) THEN 'known_currency'
          WHEN NOT coalesce(channel IN ('pos', 'web', 'atm'), false) THEN 'known_channel'
          WHEN ts >= TIMESTAMP '%s 00:00:00' THEN 'time.future'
        END\
        """
            .formatted(ValidText.of("value", spark), WIDTH, date.plusDays(1)));
  }

  private static Column reason() {
    return expr(
        """
        CASE
          WHEN rule IS NULL THEN NULL
          WHEN rule = 'csv.encoding' THEN 'the line is not UTF-8'
          WHEN rule = 'csv.quote' THEN 'a quote is not closed on its line'
          WHEN rule = 'csv.columns' THEN 'not 12 fields'
          WHEN rule = 'column.required' THEN 'a column that must not be NULL is NULL'
          WHEN rule = 'column.type' THEN 'a value is not of its column''s type'
          WHEN rule = 'time.future' THEN concat('happened at ', ts)
          ELSE concat_ws(', ', amount, currency, channel)
        END\
        """);
  }

  private void publish(String staged, String dataSet, LocalDate date) throws IOException {
    Path from = new Path(staged);
    Path to = new Path(task.warehouse() + "/" + dataSet + "/dt=" + date);
    FileSystem files = from.getFileSystem(spark.sparkContext().hadoopConfiguration());
    files.delete(to, true);
    files.mkdirs(to.getParent());
    if (!files.rename(from, to)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
  }

  @Override
  public void features(LocalDate date) {
    String card =
        "count(1) AS n, sum(amount) AS s, max(amount) AS m,"
            + " sum(IF(channel = 'web', 1L, 0L)) AS w, sum(IF(abroad, 1L, 0L)) AS a";
    List<String> cardFeatures = new ArrayList<>(List.of("card_id"));
    List<String> terminalFeatures = new ArrayList<>(List.of("terminal_id"));
    for (int span = 0; span < Columns.WINDOWS.size(); span++) {
      String suffix = "_" + Columns.WINDOWS.get(span) + "d";
      String in = " FILTER (WHERE span <= " + span + ")";
      cardFeatures.add("coalesce(sum(n)" + in + ", 0L) AS card_txn_count" + suffix);
      cardFeatures.add("sum(s)" + in + " AS card_amount_sum" + suffix);
      cardFeatures.add("sum(s)" + in + " / sum(n)" + in + " AS card_amount_mean" + suffix);
      cardFeatures.add("max(m)" + in + " AS card_amount_max" + suffix);
      cardFeatures.add("sum(w)" + in + " / sum(n)" + in + " AS card_web_share" + suffix);
      cardFeatures.add("sum(a)" + in + " / sum(n)" + in + " AS card_abroad_share" + suffix);
      terminalFeatures.add("coalesce(sum(n)" + in + ", 0L) AS terminal_txn_count" + suffix);
      terminalFeatures.add(
          "try_divide(sum(f)" + in + ", sum(k)" + in + ") AS terminal_risk" + suffix);
    }
    write(aggregate("card_id", card, cardFeatures, date), "features/card", date);
    String terminal = "count(1) AS n, sum(IF(is_fraud, 1L, 0L)) AS f, count(is_fraud) AS k";
    write(
        aggregate(
            "terminal_id", terminal, terminalFeatures, date.minusDays(Columns.TERMINAL_DELAY)),
        "features/terminal",
        date);
  }

  /** One row an entity and span, and then one an entity. */
  private Dataset<Row> aggregate(
      String entity, String sums, List<String> features, LocalDate last) {
    List<Integer> windows = Columns.WINDOWS;
    String span =
        IntStream.range(0, windows.size() - 1)
            .mapToObj(
                i ->
                    "WHEN ts >= TIMESTAMP '%s 00:00:00' THEN %d"
                        .formatted(last.minusDays(windows.get(i) - 1), i))
            .collect(Collectors.joining(" ", "CASE ", " ELSE " + (windows.size() - 1) + " END"));
    spark
        .read()
        .parquet(task.warehouse() + "/clean")
        .where(
            "ts >= TIMESTAMP '%s 00:00:00' AND ts < TIMESTAMP '%s 00:00:00'"
                .formatted(last.minusDays(Collections.max(windows) - 1), last.plusDays(1)))
        .createOrReplaceTempView("events");
    return spark.sql(
        """
        SELECT %s FROM (
          SELECT %s, span, %s FROM (SELECT *, %s AS span FROM events) GROUP BY %s, span
        ) GROUP BY %s\
        """
            .formatted(String.join(", ", features), entity, sums, span, entity, entity));
  }

  /** A clean row and its entities' features, as the model takes them. */
  public static final class Event {
    private String txn_id = "";
    private String card_id = "";
    private double amount;
    private float hour;
    private float[] card;
    private float[] terminal;

    public String getTxn_id() {
      return txn_id;
    }

    public void setTxn_id(String value) {
      txn_id = value;
    }

    public String getCard_id() {
      return card_id;
    }

    public void setCard_id(String value) {
      card_id = value;
    }

    public double getAmount() {
      return amount;
    }

    public void setAmount(double value) {
      amount = value;
    }

    public float getHour() {
      return hour;
    }

    public void setHour(float value) {
      hour = value;
    }

    public float[] getCard() {
      return card;
    }

    public void setCard(float[] value) {
      card = value;
    }

    public float[] getTerminal() {
      return terminal;
    }

    public void setTerminal(float[] value) {
      terminal = value;
    }
  }

  /** What is written of an event. */
  public static final class Scored {
    private String txn_id = "";
    private String card_id = "";
    private double amount;
    private float score;

    public String getTxn_id() {
      return txn_id;
    }

    public void setTxn_id(String value) {
      txn_id = value;
    }

    public String getCard_id() {
      return card_id;
    }

    public void setCard_id(String value) {
      card_id = value;
    }

    public double getAmount() {
      return amount;
    }

    public void setAmount(double value) {
      amount = value;
    }

    public float getScore() {
      return score;
    }

    public void setScore(float value) {
      score = value;
    }
  }

  @Override
  public void score(LocalDate date) {
    LocalDate before = date.minusDays(1);
    float missing = task.missing();
    Dataset<Event> rows =
        spark
            .read()
            .parquet(task.warehouse() + "/clean/dt=" + date)
            .select("txn_id", "card_id", "terminal_id", "amount", "hour")
            .join(broadcast(vectors("card", before)), new String[] {"card_id"}, "left")
            .join(broadcast(vectors("terminal", before)), new String[] {"terminal_id"}, "left")
            .selectExpr(
                "txn_id", "card_id", "amount", "CAST(hour AS FLOAT) AS hour", "card", "terminal")
            .as(Encoders.bean(Event.class));
    String model = task.model().toString();
    float[] card = unknown("card", missing);
    float[] terminal = unknown("terminal", missing);
    MapPartitionsFunction<Event, Scored> score =
        partition -> new Scores(partition, model, card, terminal);
    write(
        rows.mapPartitions(score, Encoders.bean(Scored.class))
            .select("txn_id", "card_id", "amount", "score"),
        "scores",
        date);
  }

  /** The features of each entity as one array. */
  private Dataset<Row> vectors(String group, LocalDate date) {
    String missing =
        Float.isNaN(task.missing()) ? "float('NaN')" : "float('" + task.missing() + "')";
    String features =
        Columns.features(group).stream()
            .map(name -> "coalesce(float(%s), %s)".formatted(name, missing))
            .collect(Collectors.joining(", "));
    return spark
        .read()
        .parquet(task.warehouse() + "/features/" + group + "/dt=" + date)
        .selectExpr(group + "_id", "array(" + features + ") AS " + group);
  }

  /** What an entity without events has: counts of 0, and nothing else is known. */
  private static float[] unknown(String group, float missing) {
    List<String> names = Columns.features(group);
    float[] values = new float[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = names.get(i).contains("txn_count") ? 0 : missing;
    }
    return values;
  }

  /** Takes a batch of events, and gives their scores one by one. */
  private static final class Scores implements Iterator<Scored> {
    private final Iterator<Event> events;
    private final Scorer scorer;
    private final float[] unknownCard;
    private final float[] unknownTerminal;
    private final Event[] batch = new Event[BATCH];
    private final Scored scored = new Scored();
    private float[] scores = new float[0];
    private int next;

    Scores(Iterator<Event> events, String model, float[] card, float[] terminal)
        throws OrtException {
      this.events = events;
      this.unknownCard = card;
      this.unknownTerminal = terminal;
      scorer = new Scorer(model, Columns.inputs().size(), BATCH);
    }

    @Override
    public boolean hasNext() {
      if (next == scores.length && events.hasNext()) {
        fill();
      }
      return next < scores.length;
    }

    private void fill() {
      FloatBuffer rows = scorer.rows();
      rows.clear();
      int count = 0;
      while (count < BATCH && events.hasNext()) {
        Event event = events.next();
        rows.put((float) event.getAmount()).put(event.getHour());
        rows.put(event.getCard() == null ? unknownCard : event.getCard());
        rows.put(event.getTerminal() == null ? unknownTerminal : event.getTerminal());
        batch[count++] = event;
      }
      rows.clear();
      try {
        scores = scorer.score(count);
      } catch (OrtException e) {
        throw new IllegalStateException("Cannot score a batch", e);
      }
      next = 0;
    }

    @Override
    public Scored next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Event event = batch[next];
      scored.setTxn_id(event.getTxn_id());
      scored.setCard_id(event.getCard_id());
      scored.setAmount(event.getAmount());
      scored.setScore(scores[next++]);
      return scored;
    }
  }

  private static String[] columns(String... more) {
    List<String> all = new ArrayList<>(Columns.CLEAN);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private void write(Dataset<?> rows, String dataSet, LocalDate date) {
    rows.write().mode("overwrite").parquet(task.warehouse() + "/" + dataSet + "/dt=" + date);
  }

  @Override
  public void close() {
    spark.stop();
  }
}

package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A few orders a day of January 2026, and features of three days: three stages a day. */
record OrderDays(PipelineFolder folder) {
  static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  static OrderDays create(Path home, int days) throws IOException {
    OrderDays orders =
        new OrderDays(
            new PipelineFolder(home)
                .spec(
                    """
                    pipeline: orders
                    warehouse: ${warehouse}
                    source:
                      path: ${landing}/${date}
                      schema: row.avsc
                      event_time: at
                      from: 2026-01-01
                    clean: {fail_above: 50%}
                    features:
                      customer:
                        entity: customer
                        windows: [1d, 3d]
                        aggregates: {orders: COUNT(*), spent: SUM(amount)}
                    """)
                .fields("id string", "at timestamp-millis", "customer string", "amount double"));
    for (int day = 1; day <= days; day++) {
      orders.land(day);
    }
    return orders;
  }

  /** Lets nights begin at three o'clock in Berlin. */
  OrderDays scheduled() throws IOException {
    folder.edit("source:\n", "timezone: Europe/Berlin\nschedule: {at: \"03:00\"}\nsource:\n");
    return this;
  }

  static String date(int day) {
    return FIRST.plusDays(day - 1L).toString();
  }

  OrderDays land(int day) throws IOException {
    folder.land(
        date(day),
        "id,at,customer,amount",
        "a%d,%sT08:00:00Z,anna,%d.5".formatted(day, date(day), day),
        "b%d,%sT09:00:00Z,ben,1".formatted(day, date(day)));
    return this;
  }

  /** Lands a day that is above every limit of quality. */
  OrderDays landNonsense(int day) throws IOException {
    folder.land(date(day), "id,at,customer,amount", "x,yesterday,anna,1");
    return this;
  }

  String[] range(int first, int last, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--from", date(first), "--to", date(last)));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** The days of each data set that stand. */
  SortedMap<String, List<Integer>> standing() throws IOException {
    SortedMap<String, List<Integer>> days = new TreeMap<>();
    for (String dataSet : List.of("clean", "partials/customer", "features/customer")) {
      Path place = folder.home().resolve("warehouse").resolve(dataSet);
      TreeSet<Integer> found = new TreeSet<>();
      if (Files.exists(place)) {
        try (Stream<Path> partitions = Files.list(place)) {
          partitions
              .map(path -> LocalDate.parse(path.getFileName().toString().substring(3)))
              .forEach(date -> found.add(1 + (int) (date.toEpochDay() - FIRST.toEpochDay())));
        }
      }
      days.put(dataSet, List.copyOf(found));
    }
    return days;
  }

  /** What the command says that it ran, as {@code clean 1}, in the order in which it ended. */
  static List<String> ran(CommandResult json) throws IOException {
    return names(json, "ran");
  }

  static List<String> names(CommandResult json, String key) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode stage : new JsonMapper().readTree(json.out()).path(key)) {
      LocalDate date = LocalDate.parse(stage.get("date").asText());
      names.add(stage.get("stage").asText() + " " + (date.toEpochDay() - FIRST.toEpochDay() + 1));
    }
    return names;
  }

  /** The bytes of every data file. */
  SortedMap<String, String> bytes(int days) throws IOException {
    SortedMap<String, String> bytes = new TreeMap<>();
    for (int day = 1; day <= days; day++) {
      for (String dataSet : List.of("clean", "partials/customer", "features/customer")) {
        bytes.put(dataSet + " " + day, folder.bytes(dataSet, date(day)));
      }
    }
    return bytes;
  }
}

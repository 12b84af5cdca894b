package io.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;

/**
 * A pipeline of a test's own in a folder on this machine: {@code pipeline.yaml}, {@code row.avsc},
 * landing files of {@code landing/<date>}, a warehouse.
 */
record PipelineFolder(Path home) {
  /** Fields of a schema by name: {@code "id string", "n int?", "at timestamp-millis"}. */
  static String schema(String... fields) {
    return Arrays.stream(fields)
        .map(PipelineFolder::field)
        .collect(
            Collectors.joining(
                ",\n  ", "{\"type\": \"record\", \"name\": \"Row\", \"fields\": [\n  ", "]}\n"));
  }

  private static String field(String field) {
    String[] words = field.split(" ", 3);
    boolean nullable = words[1].endsWith("?");
    String type = type(nullable ? words[1].substring(0, words[1].length() - 1) : words[1]);
    String more = words.length == 3 ? ", " + words[2] : "";
    return nullable
        ? "{\"name\": \"%s\", \"type\": [\"null\", %s], \"default\": null%s}"
            .formatted(words[0], type, more)
        : "{\"name\": \"%s\", \"type\": %s%s}".formatted(words[0], type, more);
  }

  private static String type(String word) {
    if (word.startsWith("timestamp-")) {
      return "{\"type\": \"long\", \"logicalType\": \"%s\"}".formatted(word);
    }
    if (word.equals("date")) {
      return "{\"type\": \"int\", \"logicalType\": \"date\"}";
    }
    if (word.startsWith("decimal(")) {
      String[] digits = word.substring(8, word.length() - 1).split(",", 2);
      return "{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": %s, \"scale\": %s}"
          .formatted(digits[0], digits[1]);
    }
    return "\"" + word + "\"";
  }

  PipelineFolder spec(String yaml) throws IOException {
    Files.writeString(home.resolve("pipeline.yaml"), yaml);
    return this;
  }

  /** Puts one text of the spec in place of another, which must be there. */
  PipelineFolder edit(String old, String replacement) throws IOException {
    String text = Files.readString(home.resolve("pipeline.yaml"));
    if (!text.contains(old)) {
      throw new IllegalArgumentException("Cannot find in the spec: " + old);
    }
    return spec(text.replace(old, replacement));
  }

  PipelineFolder fields(String... fields) throws IOException {
    Files.writeString(home.resolve("row.avsc"), schema(fields));
    return this;
  }

  PipelineFolder land(String date, String name, byte[] bytes) throws IOException {
    Path folder = Files.createDirectories(home.resolve("landing").resolve(date));
    Files.write(folder.resolve(name), bytes);
    return this;
  }

  PipelineFolder land(String date, String... lines) throws IOException {
    String text = Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining());
    return land(date, "a.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  PipelineFolder unland(String date) throws IOException {
    deleteAll(home.resolve("landing").resolve(date));
    return this;
  }

  PipelineFolder removePartition(String dataSet, String date) throws IOException {
    deleteAll(home.resolve("warehouse").resolve(dataSet).resolve("dt=" + date));
    return this;
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  CommandResult millrace(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of(command, home.resolve("pipeline.yaml").toString()));
    all.addAll(List.of("--set", "landing=" + home.resolve("landing")));
    all.addAll(List.of("--set", "warehouse=" + home.resolve("warehouse")));
    all.addAll(List.of(arguments));
    return CommandResult.of(all);
  }

  /** Runs dates, which has to work. */
  CommandResult run(String first, String last) {
    return millrace("run", "--from", first, "--to", last).expect(ExitCode.DONE);
  }

  /** The counts of a partition's manifest. */
  SortedMap<String, Long> counts(String dataSet, String date) throws IOException {
    SortedMap<String, Long> counts = new TreeMap<>();
    manifest(dataSet, date)
        .get("counts")
        .properties()
        .forEach(count -> counts.put(count.getKey(), count.getValue().asLong()));
    return counts;
  }

  List<String> notes(String dataSet, String date) throws IOException {
    List<String> notes = new ArrayList<>();
    manifest(dataSet, date).get("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }

  private JsonNode manifest(String dataSet, String date) throws IOException {
    return new JsonMapper().readTree(partition(dataSet, date).resolve("_SUCCESS").toFile());
  }

  Path partition(String dataSet, String date) {
    return home.resolve("warehouse").resolve(dataSet).resolve("dt=" + date);
  }

  /**
   * Some columns of a partition's records, values with blanks between them, sorted; read with
   * Avro's own reader.
   */
  List<String> values(String dataSet, String date, String... columns) throws IOException {
    return records(dataSet, date).stream()
        .map(
            record ->
                Arrays.stream(columns)
                    .map(column -> String.valueOf(record.get(column)))
                    .collect(Collectors.joining(" ")))
        .sorted()
        .toList();
  }

  List<GenericRecord> records(String dataSet, String date) throws IOException {
    GenericData data = new GenericData();
    data.addLogicalTypeConversion(new Conversions.DecimalConversion());
    data.addLogicalTypeConversion(new TimeConversions.DateConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    List<GenericRecord> records = new ArrayList<>();
    for (Path file : dataFiles(dataSet, date).values()) {
      try (DataFileReader<GenericRecord> reader =
          new DataFileReader<>(file.toFile(), new GenericDatumReader<>(null, null, data))) {
        reader.forEach(records::add);
      }
    }
    return records;
  }

  SortedMap<String, Path> dataFiles(String dataSet, String date) throws IOException {
    try (Stream<Path> files = Files.list(partition(dataSet, date))) {
      SortedMap<String, Path> found = new TreeMap<>();
      files
          .filter(path -> path.toString().endsWith(".avro"))
          .forEach(path -> found.put(path.getFileName().toString(), path));
      return found;
    }
  }

  /** The bytes of a partition's data files, one behind the other. */
  String bytes(String dataSet, String date) throws IOException {
    return dataFiles(dataSet, date).values().stream()
        .map(
            path -> {
              try {
                return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .collect(Collectors.joining());
  }
}

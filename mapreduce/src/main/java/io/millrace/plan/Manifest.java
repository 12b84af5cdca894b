package io.millrace.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a published partition says of itself: its file {@code _SUCCESS}. The page avro/README.md has
 * the meaning of each field.
 *
 * @param format of the manifest itself
 * @param run that published the partition
 * @param fingerprint of all that decides the content of the stage's data sets
 * @param filesRead raw files that it was made from, in the order of their names
 * @param partitionsRead partitions that it was made from
 * @param files in the order of reading
 * @param schemaFingerprint CRC-64-AVRO of the schema's parsing canonical form (Avro specification),
 *     16 hexadecimal digits
 * @param buckets number of buckets, or null where entities are not bucketed
 * @param counts of records and of events while it was made, by name
 * @param notes for a person: what was unusual
 * @param ignoredColumns columns of raw files that were not read, by their names there; null where
 *     that is not known
 * @param created by the clock of who published it; nothing depends on it
 */
public record Manifest(
    int format,
    String run,
    String stage,
    LocalDate date,
    String dataSet,
    String fingerprint,
    String rowsFingerprint,
    SortedMap<String, String> columnFingerprints,
    RecordedDefinition definition,
    List<FileRead> filesRead,
    List<PartitionRead> partitionsRead,
    List<DataFile> files,
    String schemaFingerprint,
    @Nullable Integer buckets,
    SortedMap<String, Long> counts,
    List<String> notes,
    @Nullable List<String> ignoredColumns,
    Instant created) {
  /** The format that this version writes. */
  public static final int CURRENT_FORMAT = 1;

  public Manifest {
    Objects.requireNonNull(run, "run");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(dataSet, "dataSet");
    Objects.requireNonNull(fingerprint, "fingerprint");
    Objects.requireNonNull(rowsFingerprint, "rowsFingerprint");
    Objects.requireNonNull(columnFingerprints, "columnFingerprints");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(filesRead, "filesRead");
    Objects.requireNonNull(partitionsRead, "partitionsRead");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(schemaFingerprint, "schemaFingerprint");
    Objects.requireNonNull(counts, "counts");
    Objects.requireNonNull(notes, "notes");
    Objects.requireNonNull(created, "created");
    columnFingerprints = Collections.unmodifiableSortedMap(new TreeMap<>(columnFingerprints));
    filesRead = List.copyOf(filesRead);
    partitionsRead = List.copyOf(partitionsRead);
    files = List.copyOf(files);
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    notes = List.copyOf(notes);
    ignoredColumns = ignoredColumns == null ? null : List.copyOf(ignoredColumns);
  }

  /** The same partition, its files under other names. */
  public Manifest withFiles(List<DataFile> others) {
    return new Manifest(
        format,
        run,
        stage,
        date,
        dataSet,
        fingerprint,
        rowsFingerprint,
        columnFingerprints,
        definition,
        filesRead,
        partitionsRead,
        others,
        schemaFingerprint,
        buckets,
        counts,
        notes,
        ignoredColumns,
        created);
  }

  public Fingerprints fingerprints() {
    return new Fingerprints(rowsFingerprint, columnFingerprints);
  }

  /** Length of its data files. */
  public long bytes() {
    return files.stream().mapToLong(DataFile::length).sum();
  }

  public long records() {
    return files.stream().mapToLong(DataFile::records).sum();
  }
}

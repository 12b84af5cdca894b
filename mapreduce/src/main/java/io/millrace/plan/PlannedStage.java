package io.millrace.plan;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One stage on one date, and what to do about it.
 *
 * @param fingerprints of what the partition is or will be; empty where it is blocked because its
 *     raw input is not there
 * @param definition by which it is or would be made
 * @param rawFiles the raw files to read
 * @param inputs the partitions to read
 */
public record PlannedStage(
    StageId stage,
    LocalDate date,
    Decision decision,
    Optional<Fingerprints> fingerprints,
    RecordedDefinition definition,
    List<RawFile> rawFiles,
    List<PlannedInput> inputs) {
  public PlannedStage {
    rawFiles = List.copyOf(rawFiles);
    inputs = List.copyOf(inputs);
  }

  /** The same stage with other facts about what it reads. */
  public PlannedStage reading(List<PlannedInput> others) {
    return new PlannedStage(stage, date, decision, fingerprints, definition, rawFiles, others);
  }

  /**
   * The fingerprint of the partition.
   *
   * @throws IllegalStateException where it is blocked and has none
   */
  public String fingerprint() {
    return knownFingerprints().full();
  }

  /** The data sets that it publishes, the main one last. */
  public List<String> outputs() {
    return stage.dataSets();
  }

  /**
   * The manifest of one of its data sets.
   *
   * @param partitionsRead the inputs as they were read
   */
  public Manifest manifest(
      String run, PartitionContent content, List<PartitionRead> partitionsRead, Instant created) {
    Fingerprints known = knownFingerprints();
    return new Manifest(
        Manifest.CURRENT_FORMAT,
        run,
        stage.toString(),
        date,
        content.dataSet(),
        known.full(),
        known.rows(),
        known.columns(),
        definition,
        rawFiles.stream().map(FileRead::of).toList(),
        partitionsRead,
        content.files(),
        content.schemaFingerprint(),
        content.buckets(),
        content.counts(),
        content.notes(),
        content.ignoredColumns(),
        created);
  }

  private Fingerprints knownFingerprints() {
    return fingerprints.orElseThrow(
        () ->
            new IllegalStateException(
                "Cannot fingerprint %s/dt=%s: %s".formatted(stage, date, decision)));
  }
}

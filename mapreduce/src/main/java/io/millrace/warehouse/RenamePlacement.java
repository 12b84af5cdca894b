package io.millrace.warehouse;

import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import io.millrace.warehouse.CommitStep.Action;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * {@link Placement} by renames of whole folders: a reader sees the old partition, the new one, or
 * for an instant none. No call creates parents, and each has one end below the {@link CommitFolder}
 * of the staging.
 */
final class RenamePlacement implements Placement {
  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final CommitStep.Listener listener;

  RenamePlacement(Warehouse warehouse, WarehouseFiles files, CommitStep.Listener listener) {
    this.warehouse = warehouse;
    this.files = files;
    this.listener = listener;
  }

  @Override
  public void publish(Staging staging, List<Manifest> manifests) throws IOException {
    CommitFolder commit = staging.commit();
    fence(staging, commit);
    for (Manifest manifest : manifests) {
      listener.before(Action.WRITE_MANIFEST, manifest.dataSet());
      writeManifest(commit.output(), manifest);
    }
    listener.before(Action.MAKE_REPLACED);
    files.makeFolder(commit.replaced());
    for (Manifest manifest : manifests) {
      makeBelow(commit.replaced(), new Path(commit.replaced(), manifest.dataSet()).getParent());
    }
    for (Manifest manifest : manifests) {
      String dataSet = manifest.dataSet();
      Path place = warehouse.partitionPath(dataSet, staging.date());
      listener.before(Action.MOVE_OLD_AWAY, dataSet);
      if (files.exists(place)) {
        files.rename(place, new Path(commit.replaced(), dataSet));
      }
      listener.before(Action.MOVE_NEW_IN, dataSet);
      files.rename(new Path(commit.output(), dataSet), place);
    }
  }

  @Override
  public boolean settle(Unit unit, Path staging, String run) throws IOException {
    CommitFolder commit = CommitFolder.of(staging);
    if (!files.exists(commit.path())) {
      // only jobs were there: its run had come no further, or another has settled it
      return false;
    }
    if (isInPlace(unit, unit.stage().mainDataSet(), commit, run)) {
      return true;
    }
    List<String> mainFirst = new ArrayList<>(unit.stage().dataSets());
    Collections.reverse(mainFirst);
    for (String dataSet : mainFirst) {
      undo(unit, dataSet, commit, run);
    }
    return false;
  }

  private void undo(Unit unit, String dataSet, CommitFolder commit, String run) throws IOException {
    Path place = warehouse.partitionPath(dataSet, unit.date());
    if (isInPlace(unit, dataSet, commit, run)) {
      listener.before(Action.MOVE_NEW_BACK, dataSet);
      files.rename(place, commit.undone(dataSet));
    }
    Path replaced = new Path(commit.replaced(), dataSet);
    if (files.exists(replaced) && !files.exists(place)) {
      listener.before(Action.MOVE_OLD_BACK, dataSet);
      files.rename(replaced, place);
    }
  }

  /** Whether a partition of this run went from its staging to its place. */
  private boolean isInPlace(Unit unit, String dataSet, CommitFolder commit, String run)
      throws IOException {
    return warehouse
            .standing(dataSet, unit.date())
            .map(Manifest::run)
            .filter(run::equals)
            .isPresent()
        && !files.exists(new Path(commit.output(), dataSet));
  }

  /** Nothing that a job still writes reaches what is published from now on. */
  private void fence(Staging staging, CommitFolder commit) throws IOException {
    listener.before(Action.FENCE);
    if (files.exists(staging.output())) {
      files.rename(staging.output(), commit.output());
    } else {
      files.makeFolder(commit.output());
    }
  }

  /**
   * Writes a manifest beside its data files.
   *
   * @throws IOException where these are not the files of the manifest
   */
  private void writeManifest(Path output, Manifest manifest) throws IOException {
    Path folder = new Path(output, manifest.dataSet());
    // a stage without records may have left none of its folders
    makeBelow(output, folder);
    SortedMap<String, Long> expected = new TreeMap<>();
    for (DataFile file : manifest.files()) {
      expected.put(file.name(), file.length());
    }
    SortedMap<String, Long> found = dataFiles(folder);
    if (!found.equals(expected)) {
      throw new IOException(
          "its manifest has the files %s, but %s has %s".formatted(expected, folder, found));
    }
    files.write(Warehouse.manifestFile(folder), out -> ManifestCodec.write(manifest, out));
  }

  /** Makes the folders that are missing below one that has to exist. */
  private void makeBelow(Path root, Path folder) throws IOException {
    if (!folder.equals(root) && !files.exists(folder)) {
      makeBelow(root, folder.getParent());
      files.makeFolder(folder);
    }
  }

  private SortedMap<String, Long> dataFiles(Path folder) throws IOException {
    SortedMap<String, Long> dataFiles = new TreeMap<>();
    for (FileStatus status : files.statuses(folder)) {
      String name = status.getPath().getName();
      if (!name.startsWith("_") && !name.startsWith(".")) {
        dataFiles.put(name, status.getLen());
      }
    }
    return dataFiles;
  }
}

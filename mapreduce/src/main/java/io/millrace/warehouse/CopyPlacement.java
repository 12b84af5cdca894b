package io.millrace.warehouse;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.plan.DataFile;
import io.millrace.plan.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * Publishes where folders are renamed file by file. Data files get names that no other run uses, so
 * that old and new ones can lie side by side; which of them count, the manifest says, and that is
 * written in one call. It is taken away before the first file moves and written after the last one:
 * a reader who goes by it sees the old partition, the new one, or none.
 */
final class CopyPlacement {
  private static final ObjectMapper JSON = WarehouseJson.mapper();
  private static final String SUFFIX = ".avro";
  private static final int TRIES = 10;

  private final Warehouse warehouse;
  private final WarehouseFiles files;
  private final StoreLeases leases;

  CopyPlacement(Warehouse warehouse, WarehouseFiles files, StoreLeases leases) {
    this.warehouse = warehouse;
    this.files = files;
    this.leases = leases;
  }

  /**
   * Puts all data sets into their places.
   *
   * @param manifests of all of the stage's data sets, in the order of publishing
   */
  void publish(Staging staging, List<Manifest> manifests) throws IOException {
    CommitRecord record = record(staging, manifests);
    leases.requireHeld(staging.lease());
    files.put(recordFile(staging.folder()), out -> JSON.writeValue(out, record));
    for (int i = 0; i < manifests.size(); i++) {
      publish(staging, manifests.get(i), record.dataSets().get(i));
    }
    finish(record);
  }

  /**
   * Finishes or undoes what was published from a staging. Can itself die at any step and be done
   * again.
   *
   * @param own the lease under which this is done
   * @return whether all had been published
   */
  boolean settle(Lease own, Path staging) throws IOException {
    Optional<CommitRecord> found = read(staging);
    if (found.isEmpty()) {
      return false;
    }
    CommitRecord record = found.get();
    leases.requireHeld(own);
    if (stands(record.main().published())) {
      finish(record);
      return true;
    }
    List<CommitRecord.Exchange> mainFirst = new ArrayList<>(record.dataSets());
    Collections.reverse(mainFirst);
    for (CommitRecord.Exchange exchange : mainFirst) {
      undo(own, exchange);
    }
    return false;
  }

  private CommitRecord record(Staging staging, List<Manifest> manifests) throws IOException {
    List<CommitRecord.Exchange> exchanges = new ArrayList<>();
    for (Manifest manifest : manifests) {
      String dataSet = manifest.dataSet();
      checkFiles(staging, manifest);
      List<DataFile> named =
          manifest.files().stream()
              .map(file -> file.withName(ownName(file.name(), staging.lease().holder())))
              .toList();
      List<String> found = dataFiles(warehouse.partitionPath(dataSet, staging.date()));
      Manifest replaced = warehouse.standing(dataSet, staging.date()).orElse(null);
      exchanges.add(new CommitRecord.Exchange(manifest.withFiles(named), replaced, found));
    }
    return new CommitRecord(exchanges);
  }

  /** Only what is deleted hangs on this listing, never what is read. */
  private List<String> dataFiles(Path place) throws IOException {
    return files.names(place).stream()
        .filter(name -> !name.startsWith("_") && !name.startsWith("."))
        .toList();
  }

  private static String ownName(String name, String holder) {
    String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    return stem + "-" + holder + SUFFIX;
  }

  private void checkFiles(Staging staging, Manifest manifest) throws IOException {
    for (DataFile file : manifest.files()) {
      Path path = new Path(new Path(staging.output(), manifest.dataSet()), file.name());
      long length = files.length(path);
      if (length != file.length()) {
        throw new IOException(
            "its manifest has %s with %d bytes, but %s has %d"
                .formatted(file.name(), file.length(), path, length));
      }
    }
  }

  private void publish(Staging staging, Manifest staged, CommitRecord.Exchange exchange)
      throws IOException {
    String dataSet = exchange.dataSet();
    Path place = place(exchange.published());
    if (exchange.replaced() != null) {
      removeManifest(staging.lease(), exchange.replaced());
    }
    files.makeFolders(place);
    for (int i = 0; i < staged.files().size(); i++) {
      Path from = new Path(new Path(staging.output(), dataSet), staged.files().get(i).name());
      files.rename(from, new Path(place, exchange.published().files().get(i).name()));
    }
    writeManifest(staging.lease(), exchange.published());
  }

  /** Once the main manifest stands, what it replaced is of no use. */
  private void finish(CommitRecord record) throws IOException {
    for (CommitRecord.Exchange exchange : record.dataSets()) {
      delete(exchange, exchange.uselessFiles());
    }
  }

  private void undo(Lease own, CommitRecord.Exchange exchange) throws IOException {
    if (stands(exchange.published())) {
      removeManifest(own, exchange.published());
    }
    delete(exchange, exchange.publishedFiles());
    Manifest replaced = exchange.replaced();
    if (replaced != null && isWhole(replaced)) {
      leases.requireHeld(own);
      // where one stands, it is this one, or that of somebody who has published since
      files.putNew(manifestFile(replaced), out -> ManifestCodec.write(replaced, out));
    }
  }

  /** Whether all files are there: a run that was taken for dead may tell of what was long ago. */
  private boolean isWhole(Manifest manifest) throws IOException {
    Path place = place(manifest);
    for (DataFile file : manifest.files()) {
      if (!files.exists(new Path(place, file.name()))) {
        return false;
      }
    }
    return true;
  }

  private void delete(CommitRecord.Exchange exchange, Collection<String> names) throws IOException {
    Path place = place(exchange.published());
    for (String name : names) {
      files.deleteFile(new Path(place, name));
    }
  }

  private void removeManifest(Lease own, Manifest manifest) throws IOException {
    leases.requireHeld(own);
    files.deleteFile(manifestFile(manifest));
  }

  /**
   * Writes a manifest where none stands. One that stands nevertheless is of a run that was taken
   * for dead and woke; its files are gone.
   */
  private void writeManifest(Lease own, Manifest manifest) throws IOException {
    Path file = manifestFile(manifest);
    for (int tries = 1; ; tries++) {
      leases.requireHeld(own);
      boolean isWritten = files.putNew(file, out -> ManifestCodec.write(manifest, out));
      if (isWritten || stands(manifest)) {
        return;
      }
      if (tries == TRIES) {
        throw new IOException("%s is written again and again by others".formatted(file));
      }
      leases.requireHeld(own);
      files.deleteFile(file);
    }
  }

  private boolean stands(Manifest manifest) throws IOException {
    return warehouse.standing(manifest.dataSet(), manifest.date()).equals(Optional.of(manifest));
  }

  private Path place(Manifest manifest) {
    return warehouse.partitionPath(manifest.dataSet(), manifest.date());
  }

  private Path manifestFile(Manifest manifest) {
    return Warehouse.manifestFile(place(manifest));
  }

  private static Path recordFile(Path staging) {
    return new Path(CommitFolder.of(staging).path(), "record.json");
  }

  private Optional<CommitRecord> read(Path staging) throws IOException {
    try (InputStream in = files.open(recordFile(staging))) {
      return Optional.of(JSON.readValue(in, CommitRecord.class));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}

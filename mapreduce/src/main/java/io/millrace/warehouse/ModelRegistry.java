package io.millrace.warehouse;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.card.ModelCard;
import io.millrace.model.card.ModelCardCodec;
import io.millrace.model.card.ModelVersion;
import io.millrace.model.card.ModelVersions;
import io.millrace.model.card.Production;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;

/**
 * The registered models of a warehouse: {@code models/<name>/v=<version>} with {@code model.onnx}
 * and {@code model.json}. A version appears as a whole and never changes. What people decide about
 * which one is in production lies beside, one file a decision, of which the last counts.
 * Thread-safe.
 */
public final class ModelRegistry {
  private static final ObjectMapper JSON = WarehouseJson.mapper();
  private static final String MODELS = "models";
  private static final String VERSION_PREFIX = "v=";
  private static final String ONNX = "model.onnx";
  private static final String CARD = "model.json";
  private static final String PRODUCTION = "production";
  private static final String DECISION = "[1-9][0-9]{0,8}[.]json";

  private static final long PAUSE_MILLIS = 20;
  private static final int LOOKS = 50;

  private final Path root;
  private final Renaming renaming;
  private final WarehouseFiles files;

  public ModelRegistry(Warehouse warehouse) throws IOException {
    root = new Path(warehouse.root(), MODELS);
    renaming = warehouse.renaming();
    files = new WarehouseFiles(warehouse);
  }

  /** The names of all models, in order. */
  public List<String> names() throws IOException {
    return files.folders(root).stream().sorted().toList();
  }

  /**
   * The versions of a model, and what was decided about them, as they are now; none where there is
   * no such model. Cards are read where the rule asks for them, and what cannot be read comes as
   * {@link UncheckedIOException}.
   */
  public ModelVersions versions(String name) throws IOException {
    List<ModelVersion> versions = new ArrayList<>();
    for (String folder : files.folders(folder(name))) {
      version(folder).ifPresent(versions::add);
    }
    // an object store may show one of which the card is still missing
    if (renaming == Renaming.COPY) {
      versions.removeIf(version -> !hasCard(name, version));
    }
    return new ModelVersions(
        name, versions, version -> isAccepted(name, version), lastDecision(name));
  }

  private static Optional<ModelVersion> version(String folder) {
    if (!folder.startsWith(VERSION_PREFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ModelVersion.parse(folder.substring(VERSION_PREFIX.length())));
    } catch (IllegalArgumentException e) {
      // a folder of somebody else
      return Optional.empty();
    }
  }

  private boolean hasCard(String name, ModelVersion version) {
    try {
      return files.exists(new Path(folder(name, version), CARD));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private boolean isAccepted(String name, ModelVersion version) {
    try {
      return card(name, version).map(ModelCard::isAccepted).orElse(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** The card of a version, or nothing where there is no such version. */
  public Optional<ModelCard> card(String name, ModelVersion version) throws IOException {
    Path file = new Path(folder(name, version), CARD);
    Optional<byte[]> json = read(file);
    // some object stores show a file before anything is in it
    if (json.isEmpty() || (json.get().length == 0 && renaming == Renaming.COPY)) {
      return Optional.empty();
    }
    return Optional.of(ModelCardCodec.decode(json.get(), file.toString()));
  }

  /** The ONNX file of a version. */
  public Path onnx(String name, ModelVersion version) {
    return new Path(folder(name, version), ONNX);
  }

  /**
   * Registers a model as the next version of its day. Where one of them is the same file to the
   * byte, trained from the same, that one is found again. Of several who register different ones at
   * once, each gets a version of its own.
   *
   * @param card whose version says the day; the number is found here
   * @param work a folder of the same file system for what is on the way; it does not exist yet, its
   *     parent does
   * @return the version that it has
   */
  public ModelVersion register(ModelCard card, byte[] onnx, Path work) throws IOException {
    files.makeFolders(folder(card.name()));
    ModelVersion version = new ModelVersion(card.version().date(), 1);
    for (; ; version = version.next()) {
      ModelCard mine = card.as(version);
      if (card(card.name(), version).isEmpty() && place(mine, onnx, work)) {
        return version;
      }
      // it stood, or a rival was faster
      if (card(card.name(), version).filter(found -> isSameModel(found, mine)).isPresent()) {
        return version;
      }
    }
  }

  /** Whatever was measured beside it at the time: the same file, trained from the same. */
  private static boolean isSameModel(ModelCard one, ModelCard other) {
    return one.fingerprint().equals(other.fingerprint())
        && one.onnx().sha256().equals(other.onnx().sha256());
  }

  private boolean place(ModelCard card, byte[] onnx, Path work) throws IOException {
    Path place = folder(card.name(), card.version());
    byte[] json = ModelCardCodec.encode(card);
    return switch (renaming) {
      case ATOMIC -> rename(place, json, onnx, work);
      case COPY -> put(place, json, onnx);
    };
  }

  /** Both files appear by one rename, or not at all. */
  private boolean rename(Path place, byte[] json, byte[] onnx, Path work) throws IOException {
    files.makeFolder(work);
    files.write(new Path(work, ONNX), out -> out.write(onnx));
    files.write(new Path(work, CARD), out -> out.write(json));
    try {
      files.rename(work, place);
      return true;
    } catch (IOException e) {
      if (files.exists(place)) {
        return false;
      }
      throw e;
    }
  }

  /**
   * Who creates the model has the number; the card, which makes it a version, comes last. A model
   * without a card is taken on by whoever has the same.
   */
  private boolean put(Path place, byte[] json, byte[] onnx) throws IOException {
    Path model = new Path(place, ONNX);
    boolean isOwn =
        files.putNew(model, out -> out.write(onnx))
            || read(model).filter(found -> Arrays.equals(found, onnx)).isPresent();
    return isOwn && files.putNew(new Path(place, CARD), out -> out.write(json));
  }

  /**
   * Makes a decision about what is in production. Of several at once, each is made after the other,
   * knowing it.
   */
  public Production decide(String name, Function<ModelVersions, Production> decision)
      throws IOException {
    Path folder = new Path(folder(name), PRODUCTION);
    for (; ; ) {
      NavigableSet<Integer> made = decisions(folder);
      int next = made.isEmpty() ? 1 : made.last() + 1;
      awaitWritten(decision(folder, next - 1));
      Production mine = decision.apply(versions(name));
      files.makeFolders(folder);
      if (files.putNew(decision(folder, next), out -> JSON.writeValue(out, mine))) {
        return mine;
      }
    }
  }

  /** Waits for whoever writes a decision this moment; not for long, as he may have died. */
  private void awaitWritten(Path file) throws IOException {
    for (int look = 0; look < LOOKS && files.exists(file) && readDecision(file).isEmpty(); look++) {
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another decision was being written");
      }
    }
  }

  /** All decisions about a model, oldest first. */
  public List<Production> decisions(String name) throws IOException {
    Path folder = new Path(folder(name), PRODUCTION);
    List<Production> all = new ArrayList<>();
    for (int number : decisions(folder)) {
      readDecision(decision(folder, number)).ifPresent(all::add);
    }
    return all;
  }

  private Optional<Production> lastDecision(String name) throws IOException {
    Path folder = new Path(folder(name), PRODUCTION);
    for (int number : decisions(folder).descendingSet()) {
      Optional<Production> found = readDecision(decision(folder, number));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private NavigableSet<Integer> decisions(Path folder) throws IOException {
    NavigableSet<Integer> numbers = new TreeSet<>();
    for (String file : files.names(folder)) {
      if (file.matches(DECISION)) {
        numbers.add(Integer.valueOf(file.substring(0, file.indexOf('.'))));
      }
    }
    return numbers;
  }

  /** A decision; nothing where it is being written this moment, or its writer has died. */
  private Optional<Production> readDecision(Path file) throws IOException {
    Optional<byte[]> json = read(file);
    try {
      return json.isEmpty()
          ? Optional.empty()
          : Optional.of(JSON.readValue(json.get(), Production.class));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private static Path decision(Path folder, int number) {
    return new Path(folder, number + ".json");
  }

  private Optional<byte[]> read(Path file) throws IOException {
    try (InputStream in = files.open(file)) {
      return Optional.of(in.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private Path folder(String name) {
    return new Path(root, name);
  }

  private Path folder(String name, ModelVersion version) {
    return new Path(folder(name), VERSION_PREFIX + version);
  }
}

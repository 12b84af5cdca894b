package io.millrace.warehouse.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An immutable tree of files. Its calls are those of a file system, each as atomic as there: what
 * HDFS does under its one lock, what POSIX does in one call of the kernel. Paths are relative to
 * the root, {@code a/b/c}.
 */
final class FileTree {
  /** What a call came to. */
  enum Outcome {
    DONE,
    SOURCE_MISSING,
    TARGET_EXISTS,
    PARENT_MISSING,
    NOT_EMPTY
  }

  /** Whose rename it is. */
  enum Semantics {
    /** FileContext.rename with Options.Rename.NONE. */
    HDFS,
    /** rename(2): replaces an empty folder by a folder, and a file by a file. */
    POSIX
  }

  /** The tree after a call; where the call failed, the tree before. */
  record Result(FileTree tree, Outcome outcome) {
    boolean isDone() {
      return outcome == Outcome.DONE;
    }
  }

  private sealed interface Node permits File, Folder {}

  private record File(String content) implements Node {}

  private static final class Folder implements Node {
    private static final Folder EMPTY = new Folder(new TreeMap<>());

    private final SortedMap<String, Node> children;
    private final int hash;

    Folder(SortedMap<String, Node> children) {
      this.children = children;
      // a map's own hash is the same when two children change places
      int mixed = 1;
      for (Map.Entry<String, Node> child : children.entrySet()) {
        mixed = (mixed * 31 + child.getKey().hashCode()) * 1_000_003 + child.getValue().hashCode();
      }
      hash = mixed;
    }

    Optional<Node> child(String name) {
      return Optional.ofNullable(children.get(name));
    }

    Folder with(String name, Node child) {
      SortedMap<String, Node> copy = new TreeMap<>(children);
      copy.put(name, child);
      return new Folder(copy);
    }

    Folder without(String name) {
      SortedMap<String, Node> copy = new TreeMap<>(children);
      copy.remove(name);
      return new Folder(copy);
    }

    @Override
    public boolean equals(Object other) {
      return this == other
          || (other instanceof Folder that && hash == that.hash && children.equals(that.children));
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final Folder root;
  private final Semantics semantics;

  private FileTree(Folder root, Semantics semantics) {
    this.root = root;
    this.semantics = semantics;
  }

  static FileTree empty(Semantics semantics) {
    return new FileTree(Folder.EMPTY, semantics);
  }

  Semantics semantics() {
    return semantics;
  }

  boolean exists(String path) {
    return node(path).isPresent();
  }

  boolean isFolder(String path) {
    return node(path).filter(Folder.class::isInstance).isPresent();
  }

  /** What a file holds. */
  Optional<String> content(String path) {
    return node(path).filter(File.class::isInstance).map(node -> ((File) node).content());
  }

  /** The names in a folder, none where it does not stand. */
  Set<String> list(String path) {
    return node(path).orElse(Folder.EMPTY) instanceof Folder folder
        ? folder.children.keySet()
        : Set.of();
  }

  /** Makes a folder and its parents; done where it stands. */
  Result mkdirs(String path) {
    return isFolder(path) ? done(this) : done(put(path, Folder.EMPTY));
  }

  /** Makes a folder in one that stands. */
  Result mkdir(String path) {
    if (exists(path)) {
      return failed(Outcome.TARGET_EXISTS);
    }
    return isFolder(parent(path)) ? done(put(path, Folder.EMPTY)) : failed(Outcome.PARENT_MISSING);
  }

  /** Writes a file, over an older one, into a folder that stands. */
  Result create(String path, String content) {
    return isFolder(parent(path))
        ? done(put(path, new File(content)))
        : failed(Outcome.PARENT_MISSING);
  }

  /** Changes a file's time, which is not in the tree. */
  Result setTimes(String path) {
    return exists(path) ? done(this) : failed(Outcome.SOURCE_MISSING);
  }

  Result rename(String from, String to) {
    Optional<Node> moved = node(from);
    if (moved.isEmpty()) {
      return failed(Outcome.SOURCE_MISSING);
    }
    if (!isFolder(parent(to))) {
      return failed(Outcome.PARENT_MISSING);
    }
    Optional<Node> target = node(to);
    if (target.isPresent() && !gives(target.get(), moved.get())) {
      return failed(Outcome.TARGET_EXISTS);
    }
    return done(remove(from).put(to, moved.get()));
  }

  private boolean gives(Node target, Node moved) {
    boolean areFolders = target.equals(Folder.EMPTY) && moved instanceof Folder;
    boolean areFiles = target instanceof File && moved instanceof File;
    return semantics == Semantics.POSIX && (areFolders || areFiles);
  }

  /** Deletes a file or an empty folder. */
  Result delete(String path) {
    if (!exists(path)) {
      return failed(Outcome.SOURCE_MISSING);
    }
    return list(path).isEmpty() ? done(remove(path)) : failed(Outcome.NOT_EMPTY);
  }

  /** Deletes all below a path, as HDFS does: at once. */
  Result deleteAll(String path) {
    return exists(path) ? done(remove(path)) : failed(Outcome.SOURCE_MISSING);
  }

  /** All files with what they hold, and all empty folders (which hold "/"), by path. */
  SortedMap<String, String> paths() {
    SortedMap<String, String> paths = new TreeMap<>();
    collect("", root, paths);
    return paths;
  }

  private static void collect(String path, Node node, SortedMap<String, String> paths) {
    if (node instanceof File file) {
      paths.put(path, file.content());
    } else if (node instanceof Folder folder) {
      if (folder.children.isEmpty() && !path.isEmpty()) {
        paths.put(path, "/");
      }
      for (Map.Entry<String, Node> child : folder.children.entrySet()) {
        collect(
            path.isEmpty() ? child.getKey() : path + "/" + child.getKey(), child.getValue(), paths);
      }
    }
  }

  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Result failed(Outcome outcome) {
    return new Result(this, outcome);
  }

  private static Result done(FileTree tree) {
    return new Result(tree, Outcome.DONE);
  }

  private Optional<Node> node(String path) {
    Node node = root;
    int start = 0;
    while (start < path.length()) {
      if (!(node instanceof Folder folder)) {
        return Optional.empty();
      }
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      Optional<Node> child = folder.child(path.substring(start, end));
      if (child.isEmpty()) {
        return Optional.empty();
      }
      node = child.get();
      start = end + 1;
    }
    return Optional.of(node);
  }

  private FileTree put(String path, Node node) {
    return new FileTree(put(root, segments(path), 0, node), semantics);
  }

  private static Folder put(Folder folder, List<String> segments, int at, Node node) {
    String name = segments.get(at);
    if (at == segments.size() - 1) {
      return folder.with(name, node);
    }
    Node child = folder.child(name).orElse(Folder.EMPTY);
    if (!(child instanceof Folder inner)) {
      throw new IllegalArgumentException("Cannot make a folder in a file: " + segments);
    }
    return folder.with(name, put(inner, segments, at + 1, node));
  }

  private FileTree remove(String path) {
    return new FileTree(remove(root, segments(path), 0), semantics);
  }

  private static Folder remove(Folder folder, List<String> segments, int at) {
    String name = segments.get(at);
    if (at == segments.size() - 1) {
      return folder.without(name);
    }
    return folder.child(name).orElseThrow() instanceof Folder inner
        ? folder.with(name, remove(inner, segments, at + 1))
        : folder;
  }

  private static List<String> segments(String path) {
    List<String> segments = new ArrayList<>();
    int start = 0;
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', start)) {
      segments.add(path.substring(start, slash));
      start = slash + 1;
    }
    segments.add(path.substring(start));
    return segments;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FileTree that && root.equals(that.root);
  }

  @Override
  public int hashCode() {
    return root.hashCode();
  }

  @Override
  public String toString() {
    return paths().toString();
  }
}

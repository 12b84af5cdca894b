package io.millrace.warehouse.protocol;

import io.millrace.warehouse.protocol.FileTree.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * The model's {@link FileTree} as a file system for the code. It tells of each call that is about
 * to change something, in the model's words. Each authority is one of its own: {@code tree://a/}.
 */
public final class TreeFileSystem extends FileSystem {
  private static final String SCHEME = "tree";

  private volatile FileTree tree = FileTree.empty(FileTree.Semantics.HDFS);
  private Watcher watcher = Watcher.NONE;
  private URI uri = URI.create(SCHEME + ":///");

  /** Settings under which {@code tree:} means this file system. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.tree.impl", TreeFileSystem.class, FileSystem.class);
    configuration.set("fs.AbstractFileSystem.tree.impl", ForContexts.class.getName());
    configuration.set("millrace.warehouse.rename", "atomic");
    return configuration;
  }

  /** The same for {@link org.apache.hadoop.fs.FileContext}. */
  public static final class ForContexts extends DelegateToFileSystem {
    private final TreeFileSystem files;

    public ForContexts(URI uri, Configuration configuration)
        throws IOException, URISyntaxException {
      this(uri, configuration, (TreeFileSystem) FileSystem.get(uri, configuration));
    }

    private ForContexts(URI uri, Configuration configuration, TreeFileSystem files)
        throws IOException, URISyntaxException {
      super(uri, files, configuration, SCHEME, true);
      this.files = files;
    }

    @Override
    public void renameInternal(Path from, Path to, boolean overwrite) throws IOException {
      files.renameAtOnce(from, to);
    }
  }

  /** Is told of calls that change something. */
  public interface Watcher {
    Watcher NONE = call -> {};

    /** A call has been made. */
    void made(String call);

    /** A call is about to be made, unless something happens here, or it is not made at all. */
    default void before() {}
  }

  /** Returns who watched before. */
  public Watcher watch(Watcher newWatcher) {
    Watcher before = watcher;
    watcher = newWatcher;
    return before;
  }

  /** What lies there; of files their length is left out. */
  public List<String> paths() {
    return List.copyOf(tree.paths().keySet());
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = name;
    setConf(configuration);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  protected int getDefaultPort() {
    // contexts insist on one
    return 1;
  }

  private static String name(Path path) {
    return path.toUri().getPath().substring(1);
  }

  private Result apply(String call, Supplier<Result> change) {
    if (!isChange(change.get())) {
      return change.get();
    }
    Watcher told = watcher;
    told.before();
    Result result = change.get();
    if (isChange(result)) {
      tree = result.tree();
      told.made(call);
    }
    return result;
  }

  private boolean isChange(Result result) {
    return result.isDone() && !result.tree().equals(tree);
  }

  private static void check(Result result, String what) throws IOException {
    switch (result.outcome()) {
      case DONE -> {}
      case SOURCE_MISSING -> throw new FileNotFoundException("Cannot find what to change: " + what);
      case PARENT_MISSING -> throw new FileNotFoundException("There is no parent: " + what);
      case TARGET_EXISTS -> throw new FileAlreadyExistsException("It exists: " + what);
      case NOT_EMPTY -> throw new PathIsNotEmptyDirectoryException(what);
    }
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    String name = name(path);
    for (String p = name; !p.isEmpty(); p = FileTree.parent(p)) {
      if (tree.content(p).isPresent()) {
        throw new ParentNotDirectoryException(p);
      }
    }
    if (!name.isEmpty()) {
      apply("mkdirs " + name, () -> tree.mkdirs(name));
    }
    return true;
  }

  @Override
  @SuppressWarnings("deprecation")
  protected void primitiveMkdir(Path path, FsPermission permission, boolean createsParents)
      throws IOException {
    if (createsParents) {
      mkdirs(path, permission);
      return;
    }
    Result result = apply("mkdir " + name(path), () -> tree.mkdir(name(path)));
    // HDFS lets a folder be made that exists
    if (result.outcome() != FileTree.Outcome.TARGET_EXISTS) {
      check(result, name(path));
    }
  }

  private void renameAtOnce(Path from, Path to) throws IOException {
    String call = Move.rename(name(from), name(to));
    check(apply(call, () -> tree.rename(name(from), name(to))), call);
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("this rename moves into folders that exist");
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    String name = name(path);
    Result result =
        apply("delete " + name, () -> recursive ? tree.deleteAll(name) : tree.delete(name));
    if (result.outcome() == FileTree.Outcome.NOT_EMPTY) {
      check(result, name(path));
    }
    return result.isDone();
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferBytes,
      short replication,
      long blockBytes,
      Progressable progress)
      throws IOException {
    mkdirs(path.getParent());
    return write(path);
  }

  @Override
  public FSDataOutputStream createNonRecursive(
      Path path,
      FsPermission permission,
      EnumSet<CreateFlag> flags,
      int bufferBytes,
      short replication,
      long blockBytes,
      Progressable progress)
      throws IOException {
    return write(path);
  }

  private FSDataOutputStream write(Path path) throws IOException {
    String name = name(path);
    if (!tree.exists(name)) {
      check(apply("create " + name, () -> tree.create(name, "")), name);
    }
    return new FSDataOutputStream(
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            finish(name, toString(StandardCharsets.UTF_8));
          }
        },
        null);
  }

  private void finish(String name, String content) {
    if (tree.exists(name)) {
      tree = tree.create(name, content).tree();
    }
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferBytes, Progressable progress) {
    throw new UnsupportedOperationException("append");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    String content =
        tree.content(name(path)).orElseThrow(() -> new FileNotFoundException(path.toString()));
    return new FSDataInputStream(new Bytes(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    String name = name(path);
    if (!name.isEmpty() && !tree.exists(name)) {
      throw new FileNotFoundException(path.toString());
    }
    boolean isFolder = name.isEmpty() || tree.isFolder(name);
    long length = tree.content(name).map(String::length).orElse(0);
    return new FileStatus(length, isFolder, 1, 1, 0, makeQualified(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus self = getFileStatus(path);
    if (self.isFile()) {
      return new FileStatus[] {self};
    }
    List<FileStatus> statuses = new ArrayList<>();
    for (String child : tree.list(name(path))) {
      statuses.add(getFileStatus(new Path(path, child)));
    }
    return statuses.toArray(FileStatus[]::new);
  }

  @Override
  public void setTimes(Path path, long modified, long accessed) throws IOException {
    check(tree.setTimes(name(path)), name(path));
  }

  @Override
  public void setWorkingDirectory(Path path) {
    throw new UnsupportedOperationException("all paths are absolute");
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.getScheme(), uri.getAuthority(), "/");
  }

  private static final class Bytes extends FSInputStream {
    private final byte[] bytes;
    private InputStream in;
    private long position;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
      in = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() throws IOException {
      position++;
      return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      position += Math.max(read, 0);
      return read;
    }

    @Override
    public void seek(long to) throws IOException {
      in = new ByteArrayInputStream(bytes);
      in.skipNBytes(to);
      position = to;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long to) {
      return false;
    }
  }
}

package io.millrace.store;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An {@link ObjectStore} as Hadoop's connectors show one: folders are what names have in common, or
 * markers; a file appears when it is closed; to rename is to copy file by file and to delete file
 * by file.
 */
public final class ObjectStoreFileSystem extends FileSystem {
  public static final String SCHEME = "store";

  /** Who calls. */
  public static final String CLIENT = "fs.store.client";

  private static final String ONLY_IF_ABSENT = "fs.option.create.conditional.overwrite";
  private static final int BLOCK_BYTES = 32 << 20;

  private ObjectStore store;
  private URI uri;
  private String client;
  private Path workingDirectory;

  /** Settings under which {@code store:} means this file system, for a client. */
  public static Configuration configuration(String client) {
    // Hadoop's defaults are no concern of it, and take long to read
    Configuration configuration = new Configuration(false);
    configuration.set("fs.store.impl", ObjectStoreFileSystem.class.getName());
    configuration.setBoolean("fs.store.impl.disable.cache", true);
    configuration.set(CLIENT, client);
    return configuration;
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    setConf(configuration);
    uri = URI.create(SCHEME + "://" + name.getAuthority());
    store = ObjectStore.named(name.getAuthority());
    client = configuration.get(CLIENT, "");
    workingDirectory = new Path(uri + "/");
  }

  @Override
  public URI getUri() {
    return uri;
  }

  private String key(Path path) {
    return makeQualified(path).toUri().getPath().substring(1);
  }

  private static String folderKey(String key) {
    return key.isEmpty() ? "" : key + "/";
  }

  private Path path(String key) {
    return new Path(uri + "/" + key);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return new FSDataInputStream(new Bytes(store.get(client, key(path))));
  }

  private static final class Bytes extends FSInputStream {
    private final byte[] bytes;
    private int position;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      return position < bytes.length ? bytes[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (length == 0) {
        return 0;
      }
      int count = Math.min(length, bytes.length - position);
      if (count <= 0) {
        return -1;
      }
      System.arraycopy(bytes, position, target, offset, count);
      position += count;
      return count;
    }

    @Override
    public void seek(long to) throws IOException {
      if (to < 0 || to > bytes.length) {
        throw new EOFException("Cannot seek to " + to + " of " + bytes.length);
      }
      position = (int) to;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite && exists(path)) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    return new FSDataOutputStream(new Upload(key(path), false), null);
  }

  @Override
  public FSDataOutputStreamBuilder<?, ?> createFile(Path path) {
    return new Builder(this, path).create();
  }

  private static final class Builder
      extends FSDataOutputStreamBuilder<FSDataOutputStream, Builder> {
    private final ObjectStoreFileSystem fileSystem;

    Builder(ObjectStoreFileSystem fileSystem, Path path) {
      super(fileSystem, path);
      this.fileSystem = fileSystem;
    }

    @Override
    public FSDataOutputStream build() throws IOException {
      if (getOptions().getBoolean(ONLY_IF_ABSENT, false)) {
        return new FSDataOutputStream(fileSystem.new Upload(fileSystem.key(getPath()), true), null);
      }
      return fileSystem.create(
          getPath(),
          FsPermission.getFileDefault(),
          getFlags().contains(CreateFlag.OVERWRITE),
          getBufferSize(),
          getReplication(),
          getBlockSize(),
          getProgress());
    }

    @Override
    public Builder getThisBuilder() {
      return this;
    }
  }

  /** What is written shows when it is closed. */
  private final class Upload extends ByteArrayOutputStream {
    private final String key;
    private final boolean onlyIfAbsent;
    private boolean closed;

    Upload(String key, boolean onlyIfAbsent) {
      this.key = key;
      this.onlyIfAbsent = onlyIfAbsent;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (!onlyIfAbsent) {
        store.put(client, key, toByteArray());
      } else if (!store.putIfAbsent(client, key, toByteArray())) {
        throw new IOException(key + ": precondition failed");
      }
    }
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("objects cannot be appended to");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    String source = key(from);
    FileStatus status = statusOrNull(from);
    if (status == null) {
      return false;
    }
    FileStatus existing = statusOrNull(to);
    if (existing != null && !existing.isDirectory()) {
      return false;
    }
    String target = key(existing == null ? to : new Path(to, from.getName()));
    if (!status.isDirectory()) {
      store.copy(client, source, target);
      store.delete(client, source);
      return true;
    }
    List<ObjectStore.Status> found = store.list(client, folderKey(source));
    for (ObjectStore.Status object : found) {
      store.copy(client, object.key(), target + object.key().substring(source.length()));
    }
    for (ObjectStore.Status object : found) {
      store.delete(client, object.key());
    }
    return true;
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    String key = key(path);
    FileStatus status = statusOrNull(path);
    if (status == null) {
      return false;
    }
    if (!status.isDirectory()) {
      store.delete(client, key);
      return true;
    }
    List<ObjectStore.Status> found = store.list(client, folderKey(key));
    boolean isEmpty = found.stream().allMatch(object -> object.key().equals(folderKey(key)));
    if (!isEmpty && !recursive) {
      throw new PathIsNotEmptyDirectoryException(path.toString());
    }
    for (ObjectStore.Status object : found) {
      store.delete(client, object.key());
    }
    return true;
  }

  private FileStatus statusOrNull(Path path) {
    try {
      return getFileStatus(path);
    } catch (FileNotFoundException e) {
      return null;
    }
  }

  @Override
  public FileStatus getFileStatus(Path path) throws FileNotFoundException {
    String key = key(path);
    if (key.isEmpty()) {
      return folder(key);
    }
    ObjectStore.Status object = store.head(client, key);
    if (object != null) {
      return file(object);
    }
    if (store.list(client, folderKey(key)).isEmpty()) {
      throw new FileNotFoundException(path + " does not exist");
    }
    return folder(key);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws FileNotFoundException {
    String prefix = folderKey(key(path));
    List<ObjectStore.Status> found = store.list(client, prefix);
    if (found.isEmpty()) {
      return new FileStatus[] {getFileStatus(path)};
    }
    Map<String, FileStatus> children = new TreeMap<>();
    for (ObjectStore.Status object : found) {
      String rest = object.key().substring(prefix.length());
      int slash = rest.indexOf('/');
      if (slash > 0) {
        children.put(rest.substring(0, slash), folder(prefix + rest.substring(0, slash)));
      } else if (!rest.isEmpty()) {
        children.put(rest, file(object));
      }
    }
    return new ArrayList<>(children.values()).toArray(FileStatus[]::new);
  }

  private FileStatus file(ObjectStore.Status object) {
    return new FileStatus(
        object.length(), false, 1, BLOCK_BYTES, object.modified(), path(object.key()));
  }

  private FileStatus folder(String key) {
    return new FileStatus(0, true, 1, BLOCK_BYTES, 0, path(key));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    FileStatus status = statusOrNull(path);
    if (status == null) {
      store.put(client, folderKey(key(path)), new byte[0]);
    } else if (!status.isDirectory()) {
      throw new FileAlreadyExistsException(path + " is a file");
    }
    return true;
  }

  @Override
  public void setWorkingDirectory(Path path) {
    workingDirectory = path;
  }

  @Override
  public Path getWorkingDirectory() {
    return workingDirectory;
  }
}

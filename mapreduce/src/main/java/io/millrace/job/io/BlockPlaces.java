package io.millrace.job.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Which hosts hold the blocks of files: one listing a folder, one question where a folder has a
 * single file of interest, and none at all for the local file system.
 */
public final class BlockPlaces {
  private static final String LOCAL = "file";
  private static final String ANY_HOST = "localhost";

  private final Configuration configuration;
  private final Map<Path, List<FileBlock>> found;

  private BlockPlaces(Configuration configuration, Map<Path, List<FileBlock>> found) {
    this.configuration = configuration;
    this.found = found;
  }

  /** Looks where files lie. */
  public static BlockPlaces find(Collection<Path> files, Configuration configuration)
      throws IOException {
    Map<Path, Set<Path>> folders = new LinkedHashMap<>();
    for (Path path : files) {
      FileSystem fileSystem = path.getFileSystem(configuration);
      if (!fileSystem.getUri().getScheme().equals(LOCAL)) {
        Path qualified = fileSystem.makeQualified(path);
        folders.computeIfAbsent(qualified.getParent(), folder -> new TreeSet<>()).add(qualified);
      }
    }
    Map<Path, List<FileBlock>> found = new HashMap<>();
    for (Map.Entry<Path, Set<Path>> folder : folders.entrySet()) {
      look(folder.getKey().getFileSystem(configuration), folder.getKey(), folder.getValue(), found);
    }
    return new BlockPlaces(configuration, found);
  }

  /** The blocks of a file; none where their places are unknown or do not matter. */
  public List<FileBlock> of(Path file) throws IOException {
    return found.isEmpty()
        ? List.of()
        : found.getOrDefault(file.getFileSystem(configuration).makeQualified(file), List.of());
  }

  private static void look(
      FileSystem fileSystem, Path folder, Set<Path> files, Map<Path, List<FileBlock>> found)
      throws IOException {
    if (files.size() == 1) {
      Path only = files.iterator().next();
      found.put(only, blocks(fileSystem.getFileBlockLocations(only, 0, Long.MAX_VALUE)));
      return;
    }
    RemoteIterator<LocatedFileStatus> listing = fileSystem.listLocatedStatus(folder);
    while (listing.hasNext()) {
      LocatedFileStatus status = listing.next();
      if (files.contains(status.getPath())) {
        found.put(status.getPath(), blocks(status.getBlockLocations()));
      }
    }
  }

  private static List<FileBlock> blocks(BlockLocation[] locations) throws IOException {
    List<FileBlock> blocks = new ArrayList<>();
    for (BlockLocation location : locations) {
      List<String> hosts = new ArrayList<>(List.of(location.getHosts()));
      hosts.remove(ANY_HOST); // what stores without places answer
      blocks.add(new FileBlock(location.getOffset(), location.getLength(), hosts));
    }
    return blocks;
  }
}

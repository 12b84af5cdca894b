package io.millrace.job.io;

import io.millrace.job.io.LandingSplitter.Block;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
final class BlockPlaces {
  private static final String LOCAL = "file";
  private static final String ANY_HOST = "localhost";

  private BlockPlaces() {}

  /** The blocks of each file; files whose places are unknown or do not matter are left out. */
  static Map<LandingFile, List<Block>> find(List<LandingFile> files, Configuration configuration)
      throws IOException {
    Map<Path, Map<Path, LandingFile>> folders = new LinkedHashMap<>();
    for (LandingFile file : files) {
      Path path = new Path(file.path());
      FileSystem fileSystem = path.getFileSystem(configuration);
      if (!fileSystem.getUri().getScheme().equals(LOCAL)) {
        Path qualified = fileSystem.makeQualified(path);
        folders
            .computeIfAbsent(qualified.getParent(), folder -> new LinkedHashMap<>())
            .put(qualified, file);
      }
    }
    Map<LandingFile, List<Block>> found = new HashMap<>();
    for (Map.Entry<Path, Map<Path, LandingFile>> folder : folders.entrySet()) {
      look(folder.getKey().getFileSystem(configuration), folder.getKey(), folder.getValue(), found);
    }
    return found;
  }

  private static void look(
      FileSystem fileSystem,
      Path folder,
      Map<Path, LandingFile> files,
      Map<LandingFile, List<Block>> found)
      throws IOException {
    if (files.size() == 1) {
      Map.Entry<Path, LandingFile> only = files.entrySet().iterator().next();
      LandingFile file = only.getValue();
      found.put(file, blocks(fileSystem.getFileBlockLocations(only.getKey(), 0, file.length())));
      return;
    }
    RemoteIterator<LocatedFileStatus> listing = fileSystem.listLocatedStatus(folder);
    while (listing.hasNext()) {
      LocatedFileStatus status = listing.next();
      LandingFile file = files.get(status.getPath());
      if (file != null) {
        found.put(file, blocks(status.getBlockLocations()));
      }
    }
  }

  private static List<Block> blocks(BlockLocation[] locations) throws IOException {
    List<Block> blocks = new ArrayList<>();
    for (BlockLocation location : locations) {
      List<String> hosts = new ArrayList<>(List.of(location.getHosts()));
      hosts.remove(ANY_HOST); // what stores without places answer
      blocks.add(new Block(location.getOffset(), location.getLength(), hosts));
    }
    return blocks;
  }
}

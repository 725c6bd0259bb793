package kith.node.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kith.node.core.room.LogArchive;
import kith.node.platform.metrics.AgingMetrics;
import kith.protocol.frame.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Archives in a directory, with a directory for each room.
public final class FileArchive implements LogArchive {
  private static final Logger LOG = LoggerFactory.getLogger(FileArchive.class);

  private final Path directory;
  private final AgingMetrics metrics;

  public FileArchive(Path directory, AgingMetrics metrics) {
    this.directory = directory;
    this.metrics = metrics;
  }

  @Override
  public String keep(String room, String previous, List<Entry> entries) {
    try {
      var ofRoom = directory.resolve(room);
      if (Files.notExists(ofRoom)) {
        Files.createDirectories(ofRoom);
        ArchiveFile.sync(directory);
      }
      var digest = ArchiveFile.write(ofRoom, room, previous, entries);
      metrics.archived(entries.size());
      return digest;
    } catch (IOException fault) {
      metrics.archiveFailed();
      LOG.warn("archive=failed room={} action=retry reason=\"{}\"", room, fault.toString());
      throw new UncheckedIOException("The archive in " + directory + " cannot be written.", fault);
    }
  }
}

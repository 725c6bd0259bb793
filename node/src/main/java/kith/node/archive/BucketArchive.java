package kith.node.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import kith.node.core.room.LogArchive;
import kith.node.platform.metrics.AgingMetrics;
import kith.node.platform.objects.ObjectStore;
import kith.protocol.frame.Entry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Archives in a bucket of an object store, with the same names and bytes as in a directory.
public final class BucketArchive implements LogArchive {
  private static final Logger LOG = LoggerFactory.getLogger(BucketArchive.class);

  private final ObjectStore objects;
  private final AgingMetrics metrics;

  /// @param objects whose calls end before the caller's transaction does
  public BucketArchive(ObjectStore objects, AgingMetrics metrics) {
    this.objects = objects;
    this.metrics = metrics;
  }

  @Override
  public String keep(String room, String previous, List<Entry> entries) {
    try {
      var bytes = new ByteArrayOutputStream();
      var digest = ArchiveFile.write(bytes, room, previous, entries);
      write(room + "/" + ArchiveFile.name(entries), bytes.toByteArray());
      metrics.archived(entries.size());
      return digest;
    } catch (IOException fault) {
      metrics.archiveFailed();
      LOG.warn("archive=failed room={} action=retry reason=\"{}\"", room, fault.toString());
      throw new UncheckedIOException("The archive cannot be written to the bucket.", fault);
    }
  }

  /// The stored object is read back before anything is destroyed: some stores keep the framing of a
  /// request as content.
  private void write(String key, byte[] bytes) throws IOException {
    BucketPlace.done(objects.put(key, bytes));
    var kept = BucketPlace.done(objects.get(key));
    if (!kept.map(it -> Arrays.equals(it, bytes)).orElse(false))
      throw new IOException(objects.shown(key) + " has other bytes than it was sent");
  }
}

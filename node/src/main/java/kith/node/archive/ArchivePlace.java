package kith.node.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// The place of archives: a directory, or a bucket.
public interface ArchivePlace {
  /// The files of a room, or of all rooms if it is empty, in the order of their names.
  List<Found> files(String room) throws IOException;

  /// A file that can be read.
  ///
  /// @param name without the room's
  /// @param shown its place, for messages
  record Found(String name, String shown, Content content) {}

  /// Opens a file from its beginning.
  interface Content {
    InputStream open() throws IOException;
  }
}

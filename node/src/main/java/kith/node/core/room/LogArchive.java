package kith.node.core.room;

import java.util.List;
import kith.protocol.frame.Entry;

/// Keeps the entries of a room outside the database before they are destroyed.
public interface LogArchive {
  /// The digest that the first file of a room names as its predecessor.
  String NONE = "";

  /// Returns when the entries are on stable storage. Blocks; throws an `UncheckedIOException` if
  /// they could not be written. If it is repeated with the same entries, it writes the same bytes.
  ///
  /// @param previous the digest of the entries before these
  /// @return the digest of these entries
  String keep(String room, String previous, List<Entry> entries);
}

package kith.node.platform.journal;

/// An event as a row of `event_journal`.
///
/// @param seq the sequence number within its log, from 1 without gaps
/// @param writer the incarnation of the entity that wrote it
/// @param time milliseconds since 1970
/// @param manifest of the event adapter
/// @param isDeleted true for the last row of a deleted prefix: it keeps the highest sequence number
record JournalRow(
    String persistenceId,
    long seq,
    String writer,
    long time,
    String manifest,
    int serializer,
    String serializerManifest,
    byte[] payload,
    boolean isDeleted) {
  /// The memory that the payload and the names take, roughly.
  int bytes() {
    return payload.length
        + persistenceId.length()
        + writer.length()
        + manifest.length()
        + serializerManifest.length();
  }
}

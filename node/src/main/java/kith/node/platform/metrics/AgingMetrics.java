package kith.node.platform.metrics;

/// The metrics of the removal of old entries.
public final class AgingMetrics {
  private final Level waiting;
  private final Level behind;
  private final Count destroyed;
  private final Count sealed;
  private final Count archived;
  private final Count archiveFailures;

  AgingMetrics(Instruments instruments) {
    waiting =
        instruments.level(
            "kith_aging_rooms_waiting", "Rooms of all nodes whose oldest entries are due.");
    behind =
        instruments.level(
            "kith_aging_behind_seconds", "Time for which the first of these rooms has been due.");
    destroyed =
        instruments.counter(
            "kith_entries_destroyed", "Entries that this node destroyed for a room's retention.");
    sealed =
        instruments.counter(
            "kith_entries_sealed", "Entries that this node moved from the journal to segments.");
    archived =
        instruments.counter(
            "kith_entries_archived", "Entries that this node wrote to files of the archive.");
    archiveFailures =
        instruments.counter(
            "kith_archive_failures",
            "Files of the archive that this node could not write; their entries stay.");
  }

  public void sealed(int entries) {
    sealed.inc(entries);
  }

  public void waiting(long rooms, double seconds) {
    waiting.set((double) rooms);
    behind.set(seconds);
  }

  public void archived(int entries) {
    archived.inc(entries);
  }

  public void archiveFailed() {
    archiveFailures.inc();
  }

  public void destroyed(int entries) {
    destroyed.inc(entries);
  }
}

package kith.node.platform.metrics;

/// The metrics of rooms and relays.
public final class RoomMetrics {
  private final Level rooms;
  private final Level relays;
  private final Count messages;
  private final Count entries;
  private final Distribution journalWrite;
  private final Distribution batchPosts;
  private final Distribution batchAnswer;
  private final Count catchUps;

  RoomMetrics(Instruments instruments) {
    rooms = instruments.level("kith_rooms", "Rooms loaded on this node.");
    relays =
        instruments.level("kith_relays", "Rooms that at least one socket of this node has open.");
    messages =
        instruments.counter(
            "kith_messages_accepted", "Messages committed by the rooms of this node.");
    entries =
        instruments.counter(
            "kith_entries_committed",
            "Log entries of any kind committed by the rooms of this node.");
    journalWrite =
        instruments.seconds(
            "kith_journal_write_seconds",
            "Time from a room's decision to its commit in PostgreSQL.");
    batchPosts =
        instruments.sizes(
            "kith_relay_batch_posts",
            "Posts in one batch from a relay to its room.",
            1,
            2,
            4,
            8,
            16,
            32,
            64,
            128,
            256,
            512,
            1024);
    batchAnswer =
        instruments.seconds(
            "kith_relay_batch_answer_seconds",
            "Time from a relay's batch to the room's answer, on this node or another.");
    catchUps =
        instruments.counter(
            "kith_relay_catch_ups",
            "Pages of the log that relays read because they missed commits.");
  }

  /// A room has been replayed from its log and now runs on this node.
  public void roomWoke() {
    rooms.inc();
  }

  public void roomSlept() {
    rooms.dec();
  }

  public void relayBegan() {
    relays.inc();
  }

  public void relayEnded() {
    relays.dec();
  }

  /// @param since the request of the write, from `System.nanoTime`
  public void committed(int entries, int messages, long since) {
    journalWrite.observe(Instruments.secondsSince(since));
    this.entries.inc(entries);
    if (messages > 0) this.messages.inc(messages);
  }

  public void batchSent(int posts) {
    batchPosts.observe(posts);
  }

  /// @param since the first sending of the batch, from `System.nanoTime`
  public void batchAnswered(long since) {
    batchAnswer.observe(Instruments.secondsSince(since));
  }

  public void relayCaughtUp() {
    catchUps.inc();
  }
}

package kith.node.platform.config;

import java.time.Duration;

/// Rooms and their relays.
public record RoomSettings(
    int members,
    int bans,
    int invitations,
    Duration invitationValidity,
    int pageEntries,
    int pageBytes,
    int relayEntries,
    int relayBytes,
    int batchEntries,
    int batchBytes,
    int waitingBatches,
    int waitingEvents,
    Duration postDeadline,
    Duration postRetry,
    Duration lease,
    Duration idle,
    int snapshotEvery,
    Idempotency idempotency,
    Passcodes passcodes,
    Repeatable repeatable) {
  public static RoomSettings read(Section in) {
    var rooms =
        new RoomSettings(
            in.number("members", 2, 1_000_000),
            in.number("bans", 1, 1_000_000),
            in.number("invitations", 1, 100_000),
            in.time("invitation-validity"),
            in.number("page-entries", 1, 10_000),
            in.bytes("page-bytes", 1024),
            in.number("relay-entries", 1, 1_000_000),
            in.bytes("relay-bytes", 1024),
            in.number("batch-entries", 1, 10_000),
            in.bytes("batch-bytes", 1024),
            in.number("waiting-batches", 1, 10_000),
            in.number("waiting-events", 1, 1_000_000),
            in.time("post-deadline"),
            in.time("post-retry"),
            in.time("lease"),
            in.time("idle"),
            in.number("snapshot-every", 10, 1_000_000),
            Idempotency.read(in.in("idempotency")),
            Passcodes.read(in.in("passcodes")),
            Repeatable.read(in.in("repeatable-requests")));
    in.checkLonger("post-deadline", "post-retry");
    in.checkLonger("idle", "lease");
    if (rooms.invitationValidity().compareTo(Intervals.SHORTEST_INVITATION) < 0
        || rooms.invitationValidity().compareTo(Intervals.LONGEST_INVITATION) > 0)
      throw in.wrong("invitation-validity", "must be from a minute to a year");
    // a frame of the node has at most 1 MiB
    if (rooms.pageBytes() > 512 << 10) throw in.wrong("page-bytes", "must be at most 512 KiB");
    return rooms;
  }

  /// Requests to create a room or an invitation that a client may repeat.
  public record Repeatable(Duration age, int perAccount) {
    private static Repeatable read(Section in) {
      return new Repeatable(in.time("age"), in.number("per-account", 1, 100_000));
    }
  }

  /// @param length code points of the shortest passcode that may be set
  /// @param wrong wrong passcodes that all accounts together may try in one room
  public record Passcodes(int length, Throttle wrong) {
    private static Passcodes read(Section in) {
      return new Passcodes(in.number("length", 1, 256), Throttle.read(in.in("wrong")));
    }
  }

  /// The latest `posts` post ids are kept, and up to `most` while they are younger than `age`.
  public record Idempotency(int posts, int most, Duration age) {
    private static Idempotency read(Section in) {
      var kept = new Idempotency(in.number("posts", 1), in.number("most", 1), in.time("age"));
      if (kept.most() < kept.posts()) throw in.wrong("most", "must not be less than posts");
      return kept;
    }
  }
}

package kith.node.core.room;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.node.platform.config.RetentionSettings;
import kith.protocol.rest.RoomRequests.Retention;

/// Decides how much of its log a room keeps.
final class RetentionRules {
  /// Until the interval between two removals is over, a room may exceed its number of entries by
  /// this many, or by a tenth if that is more.
  private static final long SLACK_ENTRIES = 20;

  /// Higher limits are the same as none, and sums with them must not overflow.
  private static final long HIGHEST = 1L << 60;

  private static final long MOST_DAYS = 36_500;

  private RetentionRules() {}

  /// The room's own retention where it has one, else the server's default; within the server's
  /// maximum.
  static Retention effective(Optional<Retention> own, RetentionSettings server) {
    var wanted = own.orElse(Retention.NONE);
    return new Retention(
        effective(wanted.entries(), server.standard().entries(), server.most().entries()),
        days(effective(wanted.days(), server.standard().days(), server.most().days())),
        effective(wanted.bytes(), server.standard().bytes(), server.most().bytes()));
  }

  private static OptionalLong days(OptionalLong days) {
    return days.stream().map(it -> Math.min(it, MOST_DAYS)).findFirst();
  }

  private static OptionalLong effective(
      OptionalLong own, OptionalLong standard, OptionalLong most) {
    var wanted = own.isPresent() ? own : standard;
    return LongStream.concat(wanted.stream(), most.stream()).map(it -> Math.min(it, HIGHEST)).min();
  }

  static boolean isUnlimited(Retention limits) {
    return limits.equals(Retention.NONE);
  }

  /// True if a room with this many entries need not wait for the end of the interval.
  static boolean isFarAbove(OptionalLong most, long entries) {
    return most.isPresent()
        && entries > most.getAsLong() + Math.max(SLACK_ENTRIES, most.getAsLong() / 10);
  }

  /// A room removes down to this size, so that it does not remove an entry for each new one.
  static long roomyBytes(long most) {
    return most - most / 10;
  }

  /// The facts about a room's log on which a decision is based.
  ///
  /// @param first the first readable entry
  /// @param floor the first entry that exists
  /// @param byAge the first entry that is young enough
  /// @param byBytes the first of the newest entries that together are small enough
  /// @param roomyByBytes the same, for `roomyBytes`
  record Log(long first, long floor, long lastSeq, long byAge, long byBytes, long roomyByBytes) {
    long readableFrom() {
      return Math.max(first, floor);
    }
  }

  /// The first entry that is to be readable; empty if that does not change. The entry that records
  /// the change counts, too.
  static OptionalLong newFirst(Retention limits, Log log) {
    var entries = limits.entries();
    var exact = entries.isPresent() ? log.lastSeq() - entries.getAsLong() + 1 : 0;
    var needed = max(log.floor(), log.byAge(), log.byBytes(), exact);
    var roomy =
        max(log.floor(), log.byAge(), log.roomyByBytes(), entries.isPresent() ? exact + 1 : 0);
    var isTooLong = needed > log.readableFrom();
    var mayBeLonger = roomy < log.readableFrom();
    return isTooLong || mayBeLonger ? OptionalLong.of(roomy) : OptionalLong.empty();
  }

  private static long max(long... numbers) {
    return LongStream.of(numbers).max().orElseThrow();
  }

  /// The earliest time at which the room may remove something again.
  static Instant next(Optional<Instant> latest, RetentionSettings server) {
    return latest.map(it -> it.plus(server.interval())).orElse(Instant.MIN);
  }
}

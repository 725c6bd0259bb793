package kith.node.core.room;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kith.node.platform.config.Throttle;

/// Limits the wrong passcodes that all accounts together may try in one room, and remembers them
/// for its moderators. Lives as long as the room is in memory; attempts keep it there.
final class PasscodeGuard {
  private static final int MOST_USERS = 20;

  private final Throttle throttle;
  // like a token bucket: the time when all attempts are available again
  private Instant fullAt = Instant.EPOCH;
  private final Set<String> users = new LinkedHashSet<>();
  private long count;
  private Instant latest = Instant.EPOCH;

  PasscodeGuard(Throttle wrong) {
    this.throttle = wrong;
  }

  /// Takes an attempt; false if none is left.
  boolean take(Instant now) {
    var latest = now.plus(throttle.refill().multipliedBy(throttle.burst()));
    // a clock that was set back would otherwise block all attempts until it reaches the old time
    if (fullAt.isAfter(latest)) fullAt = latest;
    var then = (fullAt.isBefore(now) ? now : fullAt).plus(throttle.refill());
    if (then.isAfter(latest)) return false;
    fullAt = then;
    return true;
  }

  /// Returns an attempt that was right or was not compared.
  void giveBack() {
    fullAt = fullAt.minus(throttle.refill());
  }

  void wrong(String user, Instant now) {
    count++;
    latest = now;
    users.remove(user);
    users.add(user);
    if (users.size() > MOST_USERS) users.remove(users.iterator().next());
  }

  /// The wrong attempts, if there were any, with the latest users who made them.
  Optional<RoomView.WrongPasscodes> seen() {
    return count == 0
        ? Optional.empty()
        : Optional.of(new RoomView.WrongPasscodes(count, latest, List.copyOf(users)));
  }
}

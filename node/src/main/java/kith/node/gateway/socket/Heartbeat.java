package kith.node.gateway.socket;

/// Records when a socket last received bytes and when the network last took some, and decides the
/// next action. Pure: callers pass the time, in nanoseconds.
///
/// While bytes wait for the client, its silence does not count: it may only read slowly, with our
/// ping behind the unread bytes.
final class Heartbeat {

  enum Verdict {
    WELL,
    PING,
    SILENT,
    NO_PROGRESS
  }

  private final long ping;
  private final long silence;
  private final long noProgress;

  private long heard;
  private long pinged;
  private long stalledSince;
  private boolean stalled;

  /// A socket begins stalled: until the network first asks for bytes, it takes none.
  Heartbeat(SocketSettings settings, long now) {
    ping = settings.ping().toNanos();
    silence = settings.silence().toNanos();
    noProgress = settings.noProgress().toNanos();
    heard = now;
    pinged = now;
    stalledSince = now;
    stalled = true;
  }

  void heard(long now) {
    heard = now;
  }

  /// Bytes were pushed to the network.
  void given(long now) {
    stalled = true;
    stalledSince = now;
  }

  /// The network took the pushed bytes.
  void taken(long now) {
    if (stalled) {
      stalled = false;
      heard += now - Math.max(stalledSince, heard);
    }
  }

  Verdict verdict(long now) {
    if (stalled) {
      return now - stalledSince >= noProgress ? Verdict.NO_PROGRESS : Verdict.WELL;
    }
    if (now - heard >= silence) {
      return Verdict.SILENT;
    }
    if (now - Math.max(heard, pinged) >= ping) {
      pinged = now;
      return Verdict.PING;
    }
    return Verdict.WELL;
  }

  /// The time until the verdict can change.
  long nanosToNext(long now) {
    var next =
        stalled
            ? stalledSince + noProgress
            : Math.min(heard + silence, Math.max(heard, pinged) + ping);
    // a stall that begins meanwhile may be due sooner
    return Math.clamp(next - now, 1_000_000L, Math.min(ping, Math.min(silence, noProgress)));
  }
}

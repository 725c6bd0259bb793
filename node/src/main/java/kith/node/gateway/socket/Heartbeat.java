package kith.node.gateway.socket;

/// When a socket was last heard and last took something, and what follows from it. Pure: it is told
/// the time, in nanoseconds.
///
/// While bytes wait that the client does not take, its silence does not count: it may well be that
/// it only reads slowly, and our ping is behind what it has not read.
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

  /// Bytes were handed to the network.
  void given(long now) {
    stalled = true;
    stalledSince = now;
  }

  /// The network took what it was given.
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

  /// How long until the verdict can be another one.
  long nanosToNext(long now) {
    var next =
        stalled
            ? stalledSince + noProgress
            : Math.min(heard + silence, Math.max(heard, pinged) + ping);
    // what begins meanwhile may be due sooner than what is known now
    return Math.clamp(next - now, 1_000_000L, Math.min(ping, Math.min(silence, noProgress)));
  }
}

package kith.node.platform.config;

import java.time.Duration;

/// The WebSockets of clients.
public record SessionSettings(
    int sockets,
    int unauthenticated,
    int unauthenticatedPerAddress,
    Duration hello,
    Duration ping,
    Duration silence,
    Duration noProgress,
    int frameBytes,
    int bodyBytes,
    int sendsPerSecond,
    int sendBurst,
    int accountSendsPerSecond,
    int accountSendBurst,
    int openRooms,
    int outboundBytes,
    Duration idleAfter,
    Duration grace,
    int unhandledFrames,
    int unansweredPosts,
    int concurrentReads,
    int unconfirmedReads,
    int typingPerSecond,
    int typingBurst) {
  public static SessionSettings read(Section in) {
    var sessions =
        new SessionSettings(
            in.number("sockets", 1),
            in.number("unauthenticated", 1),
            in.number("unauthenticated-per-address", 1),
            in.time("hello"),
            in.time("ping"),
            in.time("silence"),
            in.time("no-progress"),
            in.bytes("frame", 1024),
            in.bytes("body", 1),
            in.number("sends-per-second", 1),
            in.number("send-burst", 1),
            in.number("account-sends-per-second", 1),
            in.number("account-send-burst", 1),
            in.number("open-rooms", 1, 100_000),
            in.bytes("outbound", 65_536),
            in.time("idle-after"),
            in.time("grace"),
            in.number("unhandled-frames", 2, 1000),
            in.number("unanswered-posts", 1, 100_000),
            in.number("concurrent-reads", 1, 1000),
            in.number("unconfirmed-reads", 1, 100_000),
            in.number("typing-per-second", 1),
            in.number("typing-burst", 1));
    in.checkLonger("silence", "ping");
    if (sessions.frameBytes() <= sessions.bodyBytes()) {
      throw in.wrong("frame", "must be larger than body");
    }
    // far below Outbox.MOST_UNWRITTEN, beyond which a socket fails
    if (sessions.outboundBytes() > 32 << 20) throw in.wrong("outbound", "must be at most 32 MiB");
    // opening counts, too: a client that resumes all its rooms at once must not be throttled
    if (sessions.sendBurst() <= sessions.openRooms()) {
      throw in.wrong("send-burst", "must be more than open-rooms");
    }
    return sessions;
  }
}

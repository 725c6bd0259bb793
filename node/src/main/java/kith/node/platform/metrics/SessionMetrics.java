package kith.node.platform.metrics;

import kith.protocol.Code;

/// The metrics of sessions.
public final class SessionMetrics {
  private final Refusals refusals;
  private final Level sockets;
  private final Count opened;
  private final Count deliveries;
  private final Count catchUps;
  private final Count received;
  private final Count sent;

  SessionMetrics(Instruments instruments, Refusals refusals) {
    this.refusals = refusals;
    sockets = instruments.level("kith_sockets", "Open WebSockets.");
    opened = instruments.counter("kith_sockets_opened", "WebSockets opened since the start.");
    deliveries =
        instruments.counter(
            "kith_deliveries", "Log entries sent to sockets, counted once per socket.");
    catchUps =
        instruments.counter(
            "kith_session_catch_ups",
            "Log pages read by sessions for clients that were disconnected or too slow.");
    received =
        instruments.bytes("kith_socket_received_bytes", "Bytes of text received over WebSockets.");
    sent = instruments.bytes("kith_socket_sent_bytes", "Bytes of frames written to WebSockets.");
  }

  public void socketOpened() {
    sockets.inc();
    opened.inc();
  }

  public void socketClosed() {
    sockets.dec();
  }

  public void delivered(long entries) {
    deliveries.inc(entries);
  }

  public void caughtUp() {
    catchUps.inc();
  }

  public void received(int bytes) {
    received.inc(bytes);
  }

  public void sent(int bytes) {
    sent.inc(bytes);
  }

  public void refused(Code code) {
    refusals.count(code);
  }
}

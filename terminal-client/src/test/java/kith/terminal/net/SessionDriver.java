package kith.terminal.net;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import kith.protocol.Limits;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// Drives a session without a network: feeds it inputs and records its effects.
final class SessionDriver {
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  static final Limits LIMITS =
      new Limits(
          2048,
          1024,
          300,
          600,
          600,
          1200,
          500,
          500,
          10000,
          262144,
          200,
          25000,
          90000,
          900000,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private SessionModel model;
  private long now = 1_000_000;
  private double jitter = 0.5;
  private List<SessionEffect> latest = List.of();
  private final List<SessionEvent> events = new ArrayList<>();

  SessionDriver(ClientFrame.Post... left) {
    model =
        SessionModel.of(
            List.of(URI.create("http://one"), URI.create("http://two")), true, Arrays.asList(left));
  }

  static SessionDriver online(ClientFrame.Post... left) {
    var session = new SessionDriver(left);
    session.happens(new SessionInput.Start());
    session.comesOnline();
    return session;
  }

  static ClientFrame.Send send(String id) {
    return new ClientFrame.Send(id, "lobby", "text of " + id, OptionalLong.empty());
  }

  static Entry said(long seq) {
    return said(seq, "bob", "id-" + seq);
  }

  static Entry said(long seq, String by, String id) {
    return new Entry.Message(
        seq,
        NOON,
        by,
        id,
        Optional.of("text"),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty());
  }

  void happens(SessionInput input) {
    var step = SessionUpdate.update(model, input, new SessionMoment(now, jitter));
    model = step.model();
    latest = step.effects();
    for (var request : latest) {
      if (request instanceof SessionEffect.Emit(var event)) events.add(event);
    }
  }

  void comesOnline() {
    connects();
    receives(new ServerFrame.Welcome("ann", "d-1", "s-1", "node", NOON, LIMITS, List.of("lobby")));
  }

  void comesOnline(List<String> features) {
    connects();
    receives(
        new ServerFrame.Welcome(
            "ann", "d-1", "s-1", "node", NOON, LIMITS, List.of("lobby"), Optional.of(features)));
  }

  private void connects() {
    happens(new SessionInput.TokenGiven("token"));
    happens(new SessionInput.Connected(model.socket()));
  }

  void receives(ServerFrame frame) {
    happens(new SessionInput.Received(model.socket(), frame));
  }

  void receivesEntries(long... seqs) {
    receives(
        new ServerFrame.Entries(
            "lobby", LongStream.of(seqs).mapToObj(SessionDriver::said).toList()));
  }

  void opens(long after) {
    happens(new SessionCommand.Open("lobby", OptionalLong.of(after)));
  }

  void hasOpen(long seq) {
    opens(seq);
    receives(new ServerFrame.Complete("lobby", seq));
  }

  void posts(ClientFrame.Post post) {
    happens(new SessionCommand.Post(post));
    happens(new SessionInput.Stored(post));
  }

  void refuses(String id, String code, OptionalLong retryAfter) {
    receives(
        new ServerFrame.Problem(code, "No.", Optional.of(id), Optional.of("lobby"), retryAfter));
  }

  void acks(String id, long seq) {
    receives(new ServerFrame.Ack(id, "lobby", seq, NOON));
  }

  void loses(int closeCode) {
    happens(new SessionInput.Lost(model.socket(), OptionalLong.of(closeCode), "gone"));
  }

  void breaks() {
    happens(new SessionInput.Lost(model.socket(), OptionalLong.empty(), "broken"));
  }

  void passes(long millis) {
    now += millis;
    happens(new SessionInput.Tick());
  }

  /// Advances the time to the next wake-up of the session.
  long passesUntilItWakes() {
    long wait = model.nextWake().orElseThrow() - now;
    passes(wait);
    return wait;
  }

  void jitter(double next) {
    jitter = next;
  }

  SessionModel model() {
    return model;
  }

  List<SessionEffect> latest() {
    return latest;
  }

  List<ClientFrame> transmitted() {
    return latest.stream()
        .flatMap(it ->
            it instanceof SessionEffect.Transmit(_, var frame)
                ? Optional.of(frame).stream()
                : Optional.<ClientFrame>empty().stream())
        .toList();
  }

  List<SessionEvent> events() {
    return events;
  }

  List<Long> arrived() {
    var seqs = new ArrayList<Long>();
    for (var event : events) {
      if (event instanceof SessionEvent.Arrived(_, var entries)) {
        entries.forEach(entry -> seqs.add(entry.seq()));
      }
    }
    return seqs;
  }

  ConnectionState state() {
    return events.reversed().stream()
        .filter(SessionEvent.StateChanged.class::isInstance)
        .map(event -> ((SessionEvent.StateChanged) event).state())
        .findFirst()
        .orElseThrow();
  }

  static ClientFrame open(long after) {
    return new ClientFrame.Open("lobby", OptionalLong.of(after));
  }

  static ClientFrame hello(Map<String, Long> resume) {
    return new ClientFrame.Hello(Optional.of("token"), resume, Optional.of(true));
  }
}

package kith.terminal.net;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kith.protocol.frame.ClientFrame;

/// A mutable copy of the session during one update. It never leaves `SessionUpdate.update`, so the
/// result depends on its arguments only.
final class SessionStepBuilder {
  final SessionMoment moment;
  private final List<URI> nodes;
  final boolean hasInbox;
  int node;
  int failures;
  boolean fresh;
  long socket;
  SessionPhase phase;
  final Map<String, RoomCursor> rooms;
  final Set<String> closing;
  long woken;
  final List<PendingPost> outbox;
  final Map<String, ClientFrame.History> queries;
  PendingPositions read;
  PendingPositions delivered;
  PresenceModel presence;
  private final List<SessionEffect> effects = new ArrayList<>();

  SessionStepBuilder(SessionModel model, SessionMoment moment) {
    this.moment = moment;
    nodes = model.nodes();
    hasInbox = model.hasInbox();
    node = model.node();
    failures = model.failures();
    fresh = model.fresh();
    socket = model.socket();
    phase = model.phase();
    rooms = new LinkedHashMap<>(model.rooms());
    closing = new LinkedHashSet<>(model.closing());
    woken = model.woken();
    outbox = new ArrayList<>(model.outbox());
    queries = new LinkedHashMap<>(model.queries());
    read = model.read();
    delivered = model.delivered();
    presence = model.presence();
  }

  SessionStep build() {
    return new SessionStep(
        new SessionModel(
            nodes, hasInbox, node, failures, fresh, socket, phase, rooms, closing, woken, outbox,
            queries, read, delivered, presence),
        effects);
  }

  long now() {
    return moment.millis();
  }

  long retryTime(int tries) {
    return now() + Backoff.millis(tries, moment.jitter());
  }

  void add(SessionEffect effect) {
    effects.add(effect);
  }

  void emit(SessionEvent event) {
    add(new SessionEffect.Emit(event));
  }

  void emit(ConnectionState state) {
    emit(new SessionEvent.StateChanged(state));
  }

  void transmit(ClientFrame frame) {
    add(new SessionEffect.Transmit(socket, frame));
  }

  /// Whether the connected node has a feature; its frames would be unknown otherwise.
  boolean has(String feature) {
    return phase instanceof SessionPhase.Live live && Features.of(live.welcome()).has(feature);
  }

  SessionModel snapshot() {
    return build().model();
  }

  void authenticate() {
    phase = new SessionPhase.Authenticating();
    emit(new ConnectionState.Connecting());
    add(new SessionEffect.FetchToken(fresh));
  }

  void dial(String token) {
    phase = new SessionPhase.Dialing(token);
    socket++;
    add(new SessionEffect.Dial(socket, nodes.get(node)));
  }

  void nextNode() {
    node = (node + 1) % nodes.size();
  }

  void waitUntil(long when, String why) {
    phase = new SessionPhase.Waiting(when);
    emit(new ConnectionState.Waiting(Instant.ofEpochMilli(when), why));
  }

  void end(String code, String message) {
    phase = new SessionPhase.Ended();
    emit(new ConnectionState.Ended(code, message));
  }
}

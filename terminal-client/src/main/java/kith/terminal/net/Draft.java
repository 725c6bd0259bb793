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

/// A session while one step is worked out. It never leaves `SessionUpdate.update`, so what that
/// returns depends on nothing but what it was given.
final class Draft {
  final Moment moment;
  private final List<URI> nodes;
  final boolean hasInbox;
  int node;
  int failures;
  boolean fresh;
  long socket;
  Link link;
  final Map<String, RoomPlace> rooms;
  final Set<String> closing;
  final List<Pending> outbox;
  final Map<String, ClientFrame.History> asked;
  Seen seen;
  Seen delivered;
  Company company;
  private final List<NetRequest> requests = new ArrayList<>();

  Draft(SessionModel model, Moment moment) {
    this.moment = moment;
    nodes = model.nodes();
    hasInbox = model.hasInbox();
    node = model.node();
    failures = model.failures();
    fresh = model.fresh();
    socket = model.socket();
    link = model.link();
    rooms = new LinkedHashMap<>(model.rooms());
    closing = new LinkedHashSet<>(model.closing());
    outbox = new ArrayList<>(model.outbox());
    asked = new LinkedHashMap<>(model.asked());
    seen = model.seen();
    delivered = model.delivered();
    company = model.company();
  }

  Step done() {
    return new Step(
        new SessionModel(
            nodes, hasInbox, node, failures, fresh, socket, link, rooms, closing, outbox, asked,
            seen, delivered, company),
        requests);
  }

  long now() {
    return moment.millis();
  }

  long later(int tries) {
    return now() + Backoff.millis(tries, moment.luck());
  }

  void want(NetRequest request) {
    requests.add(request);
  }

  void tell(NetEvent event) {
    want(new NetRequest.Tell(event));
  }

  void tell(ConnectionState state) {
    tell(new NetEvent.StateChanged(state));
  }

  void transmit(ClientFrame frame) {
    want(new NetRequest.Transmit(socket, frame));
  }

  SessionModel snapshot() {
    return done().model();
  }

  void authenticate() {
    link = new Link.Authenticating();
    tell(new ConnectionState.Connecting());
    want(new NetRequest.FetchToken(fresh));
  }

  void dial(String token) {
    link = new Link.Dialing(token);
    socket++;
    want(new NetRequest.Dial(socket, nodes.get(node)));
  }

  void nextNode() {
    node = (node + 1) % nodes.size();
  }

  void waitUntil(long when, String why) {
    link = new Link.Waiting(when);
    tell(new ConnectionState.Waiting(Instant.ofEpochMilli(when), why));
  }

  void end(String code, String message) {
    link = new Link.Over();
    tell(new ConnectionState.Ended(code, message));
  }
}

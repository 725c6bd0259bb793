package kith.terminal.net;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import kith.protocol.frame.ClientFrame;

/// The state of a session: its way to a node, its position in each room, its unanswered requests.
///
/// @param nodes the servers to try in turn
/// @param hasInbox whether it subscribes to the account's list of rooms
/// @param node the index of the current one
/// @param failures the number of consecutive failed connections
/// @param fresh the token was refused once and replaced
/// @param socket the number of the latest socket
/// @param rooms the rooms to keep open
/// @param closing rooms whose `closed` has not arrived
/// @param woken the time at which the user last ended a back-off
/// @param outbox posts without an answer, oldest first
/// @param queries history queries without an answer, by id
/// @param read read positions that the node may not have
/// @param delivered delivered positions to send
/// @param presence the users on the screen, and whether this user is idle
public record SessionModel(
    List<URI> nodes,
    boolean hasInbox,
    int node,
    int failures,
    boolean fresh,
    long socket,
    SessionPhase phase,
    Map<String, RoomCursor> rooms,
    Set<String> closing,
    long woken,
    List<PendingPost> outbox,
    Map<String, ClientFrame.History> queries,
    PendingPositions read,
    PendingPositions delivered,
    PresenceModel presence) {

  static final int MAX_PENDING = 1_000;
  static final int MAX_QUERIES = 64;
  static final long HELLO_MILLIS = 10_000;
  static final long ANSWER_MILLIS = 20_000;

  public SessionModel {
    nodes = List.copyOf(nodes);
    outbox = List.copyOf(outbox);
  }

  /// A session before its start.
  ///
  /// @param left unanswered posts of an earlier run
  public static SessionModel of(
      List<URI> nodes, boolean hasInbox, List<? extends ClientFrame.Post> left) {
    return new SessionModel(
        nodes,
        hasInbox,
        0,
        0,
        false,
        0,
        new SessionPhase.Idle(),
        Map.of(),
        Set.of(),
        Long.MIN_VALUE,
        left.stream().map(PendingPost::fromDisk).toList(),
        Map.of(),
        PendingPositions.NOTHING,
        PendingPositions.NOTHING,
        PresenceModel.NONE);
  }

  public int pending() {
    return outbox.size();
  }

  /// The highest `seq` handled per room, for `resume`.
  Map<String, Long> resume() {
    var places = new LinkedHashMap<String, Long>();
    rooms.forEach((room, place) -> place.handled().ifPresent(seq -> places.put(room, seq)));
    return places;
  }

  /// The next time at which a `Tick` has an effect.
  public OptionalLong nextWake() {
    var ofLink =
        switch (phase) {
          case SessionPhase.Waiting(var until) -> LongStream.of(until);
          case SessionPhase.Greeting(var since) -> LongStream.of(since + HELLO_MILLIS);
          case SessionPhase.Live live ->
              LongStream.concat(LongStream.of(live.silentAfter(isWaiting())), whileLive());
          case SessionPhase.Idle _,
              SessionPhase.Authenticating _,
              SessionPhase.Dialing _,
              SessionPhase.Ended _ ->
              LongStream.empty();
        };
    return ofLink.min();
  }

  private LongStream whileLive() {
    var ofRooms = rooms.values().stream().filter(place -> !place.isOpen());
    var ofSeen =
        Stream.of(read, delivered)
            .filter(it -> !it.due().isEmpty())
            .mapToLong(PendingPositions::notBefore);
    return LongStream.concat(
        LongStream.concat(ofSeen, ofRooms.mapToLong(RoomCursor::notBefore)),
        firstPerRoom()
            .filter(pending -> pending.stored() && isOpen(pending.post().room()))
            .mapToLong(pending ->
                pending.sentAt().isPresent()
                    ? pending.sentAt().getAsLong() + ANSWER_MILLIS
                    : pending.notBefore()));
  }

  /// Whether a post on this socket is unanswered.
  boolean isWaiting() {
    return outbox.stream().anyMatch(pending -> pending.sentAt().isPresent());
  }

  private boolean isOpen(String room) {
    var place = rooms.get(room);
    return place != null && place.isOpen();
  }

  /// Only the oldest post of a room is in flight. Otherwise a post that is refused with a retry
  /// time would be committed after later ones.
  Stream<PendingPost> firstPerRoom() {
    var first = new LinkedHashMap<String, PendingPost>();
    outbox.forEach(pending -> first.putIfAbsent(pending.post().room(), pending));
    return first.values().stream();
  }
}

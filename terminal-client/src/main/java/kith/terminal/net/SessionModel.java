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

/// All that a session knows: its way to a node, its place in each room, what is not answered yet.
///
/// @param nodes the servers to try in turn
/// @param hasInbox the account's list of rooms is asked for
/// @param node which of them is tried
/// @param failures in a row
/// @param fresh the token was refused once and got anew
/// @param socket the number of the latest socket
/// @param rooms that are to be open
/// @param closing rooms whose `closed` has not come
/// @param outbox posts without an answer, oldest first
/// @param queries history questions without an answer, by id
/// @param read what was read and the node may not know
/// @param delivered what came here, and is to be told
/// @param presence who is on the screen, and at it
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
    List<PendingPost> outbox,
    Map<String, ClientFrame.History> queries,
    PendingPositions read,
    PendingPositions delivered,
    PresenceModel presence) {

  static final int MOST_PENDING = 1_000;
  static final int MOST_QUERIES = 64;
  static final long HELLO_MILLIS = 10_000;
  static final long ANSWER_MILLIS = 20_000;

  public SessionModel {
    nodes = List.copyOf(nodes);
    outbox = List.copyOf(outbox);
  }

  /// A session that has not begun.
  ///
  /// @param left posts that an earlier run wrote to disk and got no answer for
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
        left.stream().map(PendingPost::fromDisk).toList(),
        Map.of(),
        PendingPositions.NOTHING,
        PendingPositions.NOTHING,
        PresenceModel.NONE);
  }

  public int pending() {
    return outbox.size();
  }

  /// The highest `seq` handled per room: what `resume` says.
  Map<String, Long> resume() {
    var places = new LinkedHashMap<String, Long>();
    rooms.forEach((room, place) -> place.handled().ifPresent(seq -> places.put(room, seq)));
    return places;
  }

  /// When time alone changes something next.
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

  /// Whether something was sent on this socket that is not answered.
  boolean isWaiting() {
    return outbox.stream().anyMatch(pending -> pending.sentAt().isPresent());
  }

  private boolean isOpen(String room) {
    var place = rooms.get(room);
    return place != null && place.isOpen();
  }

  /// Only the oldest post of a room is in flight. Were there more, one that is told to come back
  /// later would come back behind those that were written after it.
  Stream<PendingPost> firstPerRoom() {
    var first = new LinkedHashMap<String, PendingPost>();
    outbox.forEach(pending -> first.putIfAbsent(pending.post().room(), pending));
    return first.values().stream();
  }
}

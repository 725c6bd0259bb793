package kith.node.core.account;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import kith.node.core.room.Place;
import kith.protocol.Code;
import kith.protocol.rest.RoomRequests.CreateRoom;

/// Rooms that answer as they are told. A room exists once it is made here, or by `create`.
public final class TestRooms implements Memberships {

  private final Set<String> rooms = ConcurrentHashMap.newKeySet();
  private final Set<String> members = ConcurrentHashMap.newKeySet();
  private final Set<String> heldByLastOwner = ConcurrentHashMap.newKeySet();

  /// While set, every question waits for it.
  private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  private volatile boolean answersAreLost;

  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /// Whoever joins is told where the room is.
  void isAt(String room, Place place) {
    places.put(room, place);
  }

  void make(String room) {
    rooms.add(room);
  }

  void kick(String room, String user) {
    members.remove(room + "/" + user);
  }

  void needs(String room, String user) {
    heldByLastOwner.add(room + "/" + user);
  }

  boolean has(String room, String user) {
    return members.contains(room + "/" + user);
  }

  void hold() {
    open = new CompletableFuture<>();
  }

  void letGo() {
    open.complete(null);
  }

  void loseAnswers(boolean lose) {
    answersAreLost = lose;
  }

  @Override
  public CompletionStage<Outcome> create(String room, String user, CreateRoom request) {
    return answer(() -> {
      rooms.add(room);
      members.add(room + "/" + user);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Outcome> converse(String room, String user, String with) {
    return answer(() -> {
      if (with.equals("nobody")) return new Outcome.Refused(Code.UNKNOWN_USER);
      rooms.add(room);
      members.add(room + "/" + user);
      members.add(room + "/" + with);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Long> latest(String room, String user) {
    return answer(() -> 7L);
  }

  @Override
  public CompletionStage<Outcome> join(
      String room, String user, Optional<String> passcode, Optional<String> invitation) {
    return answer(() -> {
      if (!rooms.contains(room)) return new Outcome.Refused(Code.UNKNOWN_ROOM);
      if (passcode.equals(Optional.of("wrong"))) return new Outcome.Refused(Code.WRONG_PASSCODE);
      members.add(room + "/" + user);
      return new Outcome.Done(Optional.ofNullable(places.get(room)));
    });
  }

  @Override
  public CompletionStage<Outcome> leave(String room, String user) {
    return answer(() -> {
      if (heldByLastOwner.contains(room + "/" + user)) return new Outcome.Refused(Code.LAST_OWNER);
      members.remove(room + "/" + user);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Outcome> forget(String room, String user) {
    return answer(() -> {
      members.remove(room + "/" + user);
      return new Outcome.Done(Optional.empty());
    });
  }

  @Override
  public CompletionStage<Boolean> isMember(String room, String user) {
    return answer(() -> has(room, user));
  }

  private <T> CompletionStage<T> answer(java.util.function.Supplier<T> deed) {
    return open.thenApply(_ -> deed.get())
        .thenCompose(result ->
            answersAreLost
                ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
                : CompletableFuture.completedFuture(result));
  }
}

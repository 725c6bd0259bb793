package kith.node.core.account;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import kith.node.core.room.Place;
import kith.protocol.Code;
import kith.protocol.rest.RoomRequests.CreateRoom;

/// Rooms with scripted answers. A room exists once it is created here, or by `create`.
public final class TestRooms implements Memberships {

  private final Set<String> rooms = ConcurrentHashMap.newKeySet();
  private final Set<String> members = ConcurrentHashMap.newKeySet();
  private final Set<String> heldByLastOwner = ConcurrentHashMap.newKeySet();

  /// Every question waits until this completes.
  private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

  private volatile boolean answersAreLost;

  private final Map<String, Place> places = new ConcurrentHashMap<>();

  /// A member that joins receives this place.
  public void isAt(String room, Place place) {
    places.put(room, place);
  }

  public void make(String room) {
    rooms.add(room);
  }

  /// Deletes the room without telling this member.
  public void close(String room, String user) {
    rooms.remove(room);
    kick(room, user);
  }

  public void kick(String room, String user) {
    members.remove(room + "/" + user);
  }

  public void needs(String room, String user) {
    heldByLastOwner.add(room + "/" + user);
  }

  public boolean has(String room, String user) {
    return members.contains(room + "/" + user);
  }

  public void hold() {
    open = new CompletableFuture<>();
  }

  public void letGo() {
    open.complete(null);
  }

  public void loseAnswers(boolean lose) {
    answersAreLost = lose;
  }

  @Override
  public CompletionStage<Outcome> create(String room, String user, CreateRoom request) {
    return answer(() -> {
      enter(room, user);
      return new Outcome.Done(Optional.empty());
    });
  }

  /// Creates the room with this member.
  public void enter(String room, String user) {
    rooms.add(room);
    members.add(room + "/" + user);
  }

  @Override
  public CompletionStage<Prospect> prospect(
      String room, Joining who, boolean hasPasscode, Optional<String> invitation) {
    return open.thenApply(_ ->
        has(room, who.user())
            ? new Prospect.Member()
            : rooms.contains(room)
                ? new Prospect.MayJoin()
                : new Prospect.Refused(Code.UNKNOWN_ROOM));
  }

  @Override
  public CompletionStage<Outcome> join(
      String room, Joining who, Optional<String> passcode, Optional<String> invitation) {
    return answer(() -> {
      if (!rooms.contains(room)) return new Outcome.Refused(Code.UNKNOWN_ROOM);
      if (passcode.equals(Optional.of("wrong"))) return new Outcome.Refused(Code.WRONG_PASSCODE);
      members.add(room + "/" + who.user());
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

  /// Answers like a room.
  public <T> CompletionStage<T> answer(Supplier<T> deed) {
    return open.thenApply(_ -> deed.get())
        .thenCompose(result ->
            answersAreLost
                ? CompletableFuture.failedFuture(new IllegalStateException("lost"))
                : CompletableFuture.completedFuture(result));
  }
}

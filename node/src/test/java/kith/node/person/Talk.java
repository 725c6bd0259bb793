package kith.node.person;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import kith.protocol.Code;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// A person's acts in rooms: opens them, posts, and reads the posts of others.
public abstract sealed class Talk extends Connection permits Screen {
  Talk(HttpClient client, URI node, String name) {
    super(client, node, name);
  }

  public void opens(String room) {
    opens(room, OptionalLong.empty());
  }

  public void opens(String room, long after) {
    opens(room, OptionalLong.of(after));
  }

  /// Opens it again while the answer is `unavailable`, as for a post.
  private void opens(String room, OptionalLong after) {
    while (true) {
      var before = refusalsToOpen(room);
      says(new ClientFrame.Open(room, after));
      var isOpen =
          until(
              _ ->
                  isComplete(room)
                      ? Optional.of(true)
                      : Optional.of(false).filter(_ -> refusalsToOpen(room) > before),
              "the room " + room);
      if (isOpen) return;
    }
  }

  private boolean isComplete(String room) {
    return heard().stream()
        .anyMatch(frame ->
            frame instanceof ServerFrame.Complete complete && complete.room().equals(room));
  }

  private long refusalsToOpen(String room) {
    return heard().stream()
        .filter(ServerFrame.Problem.class::isInstance)
        .map(ServerFrame.Problem.class::cast)
        .filter(problem -> problem.code().equals(Code.UNAVAILABLE.wire()))
        .filter(problem -> problem.id().isEmpty() && problem.room().equals(Optional.of(room)))
        .count();
  }

  /// Sends, and waits for the ack.
  public ServerFrame.Ack says(String room, String text) {
    return says(room, UUID.randomUUID().toString(), text);
  }

  /// Sends again with the same id while the answer is `unavailable`, as the contract asks: a room
  /// that moves to another node may answer so.
  public ServerFrame.Ack says(String room, String id, String text) {
    while (true) {
      var before = refusals(id).size();
      says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
      var ack =
          until(
              _ -> {
                var found = ack(id);
                return found.isPresent() || refusals(id).size() > before
                    ? Optional.of(found)
                    : Optional.empty();
              },
              "an answer to '" + text + "'");
      if (ack.isPresent()) return ack.get();
      var code = refusals(id).getLast().code();
      if (!code.equals(Code.UNAVAILABLE.wire()))
        throw new AssertionError(name() + " was refused '" + text + "': " + code);
    }
  }

  private Optional<ServerFrame.Ack> ack(String id) {
    return heard().stream()
        .filter(ServerFrame.Ack.class::isInstance)
        .map(ServerFrame.Ack.class::cast)
        .filter(ack -> ack.id().equals(id))
        .findFirst();
  }

  private List<ServerFrame.Problem> refusals(String id) {
    return heard().stream()
        .filter(ServerFrame.Problem.class::isInstance)
        .map(ServerFrame.Problem.class::cast)
        .filter(problem -> problem.id().equals(Optional.of(id)))
        .toList();
  }

  public ServerFrame.Ack isAcked(String id) {
    return hears(ServerFrame.Ack.class, ack -> ack.id().equals(id));
  }

  public ServerFrame.Problem isRefused(String id) {
    return hears(ServerFrame.Problem.class, it -> it.id().equals(Optional.of(id)));
  }

  public ServerFrame.Problem hearsProblem() {
    return hears(ServerFrame.Problem.class, _ -> true);
  }

  /// All entries of a room received on this socket. Fails if they have a gap or are out of order.
  public List<Entry> log(String room) {
    var entries = new ArrayList<Entry>();
    for (var frame : heard())
      if (frame instanceof ServerFrame.Entries(var of, var some) && of.equals(room))
        entries.addAll(some);
    for (var i = 1; i < entries.size(); i++)
      if (entries.get(i).seq() != entries.get(i - 1).seq() + 1)
        throw new AssertionError(name() + " has a hole or a double:\n" + transcript());
    return entries;
  }

  public List<String> texts(String room) {
    return log(room).stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .flatMap(message -> message.body().stream())
        .toList();
  }

  public void sees(String room, String text) {
    until(_ -> texts(room).contains(text) ? Optional.of(text) : Optional.empty(), "'" + text + "'");
  }

  public void seesEntry(String room, Predicate<Entry> which, String what) {
    until(_ -> log(room).stream().filter(which).findFirst(), what);
  }
}

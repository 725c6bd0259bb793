package kith.node.person;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;

/// What a person does in rooms: opens them, posts, and reads what others post.
public abstract sealed class Talk extends Connection permits Screen {
  Talk(HttpClient client, URI node, String name) {
    super(client, node, name);
  }

  public void opens(String room) {
    says(new ClientFrame.Open(room, OptionalLong.empty()));
    hears(ServerFrame.Complete.class, frame -> frame.room().equals(room));
  }

  public void opens(String room, long after) {
    says(new ClientFrame.Open(room, OptionalLong.of(after)));
    hears(ServerFrame.Complete.class, frame -> frame.room().equals(room));
  }

  /// Sends, and waits for the ack.
  public ServerFrame.Ack says(String room, String text) {
    return says(room, UUID.randomUUID().toString(), text);
  }

  public ServerFrame.Ack says(String room, String id, String text) {
    says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
    return isAcked(id);
  }

  /// Sends a refused message again with the same id, for example while a room moves.
  ///
  /// @return the seq of the message
  public long saysUntilAcked(String room, String text) {
    var id = UUID.randomUUID().toString();
    for (var times = 1; ; times++) {
      says(new ClientFrame.Send(id, room, text, OptionalLong.empty()));
      var asked = times;
      var seq =
          until(
              frames -> {
                var ack = seq(frames, id);
                return ack.isPresent() || refusals(frames, id) == asked
                    ? Optional.of(ack)
                    : Optional.empty();
              },
              "an answer to '" + text + "'");
      if (seq.isPresent()) return seq.getAsLong();
    }
  }

  private static OptionalLong seq(List<ServerFrame> frames, String id) {
    return frames.stream()
        .filter(it -> it instanceof ServerFrame.Ack ack && ack.id().equals(id))
        .mapToLong(it -> ((ServerFrame.Ack) it).seq())
        .findAny();
  }

  private static long refusals(List<ServerFrame> frames, String id) {
    return frames.stream()
        .filter(it -> it instanceof ServerFrame.Problem no && no.id().equals(Optional.of(id)))
        .count();
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

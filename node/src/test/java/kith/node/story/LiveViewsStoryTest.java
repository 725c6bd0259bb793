package kith.node.story;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import kith.node.person.LiveContacts;
import kith.node.person.LiveInbox;
import kith.node.person.LivePresence;
import kith.node.person.LiveReactions;
import kith.node.person.LiveReceipts;
import kith.node.person.Person;
import kith.protocol.Status;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame.Receipt;
import kith.protocol.rest.Inboxes.InboxRoom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Every live view under random changes: the state after a snapshot and its changes equals a new
/// snapshot, and both match the contract.
///
/// `-Dkith.seed=…` repeats the changes of a run.
@Tag("story")
class LiveViewsStoryTest {
  @RegisterExtension
  static final TwoNodes NODES = TwoNodes.start(Map.of("kith.sessions.grace", "500ms"));

  private static final long SEED = Long.getLong("kith.seed", System.nanoTime());

  static {
    System.out.println("live views seed=" + SEED);
  }

  private final Random random = new Random(SEED);

  private static Person here(String name) {
    return Person.signsUp(NODES.here().uri("/"), name);
  }

  private static Person there(String name) {
    return Person.signsUp(NODES.there().uri("/"), name);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /// The row that ann's inbox must have for a room in which others write.
  private static final class Expected {
    private final List<Long> messages = new ArrayList<>();
    private final Set<Long> mentions = new TreeSet<>();
    private final Map<Long, String> texts = new TreeMap<>();
    private long read;
    private boolean isMuted;

    boolean isMetBy(InboxRoom row) {
      return row.unread() == messages.stream().filter(it -> it > read).count()
          && row.mentions().orElse(-1) == mentions.stream().filter(it -> it > read).count()
          && row.read() == read
          && row.muted() == isMuted
          && row.latest().flatMap(it -> it.text()).equals(latestText());
    }

    private Optional<String> latestText() {
      return messages.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(texts.get(messages.getLast()));
    }
  }

  @Test
  void theInbox() {
    var ann = here("ann1");
    var bob = there("bob1");
    var rooms = new HashMap<String, Expected>();
    for (var i = 0; i < 3; i++) {
      var room = ann.makesRoom("inbox " + i, Visibility.PUBLIC);
      bob.joins(room);
      rooms.put(room, new Expected());
    }
    ann.connectsWithInbox();
    bob.connects();
    rooms.keySet().forEach(bob::opens);
    var view = new LiveInbox();
    // ann has read the entries before her join; her account stores that position a little later
    var atFirst =
        view.agrees(
            ann,
            "three rooms",
            shown ->
                shown.keySet().equals(rooms.keySet())
                    && shown.values().stream().allMatch(it -> it.read() > 0));
    rooms.forEach((room, it) -> it.read = requireNonNull(atFirst.get(room)).read());

    for (var step = 0; step < 40; step++) {
      var room = any(List.copyOf(rooms.keySet()));
      var expected = requireNonNull(rooms.get(room));
      changeInbox(ann, bob, room, expected, "text " + step);
      if (step % 4 == 3)
        view.agrees(
            ann,
            "the rooms after step " + step + " of seed " + SEED,
            shown ->
                rooms.entrySet().stream()
                    .allMatch(it -> it.getValue().isMetBy(requireNonNull(shown.get(it.getKey())))));
    }
    ann.close();
    bob.close();
  }

  private void changeInbox(Person ann, Person bob, String room, Expected expected, String text) {
    switch (random.nextInt(6)) {
      case 0, 1 -> {
        var seq = bob.says(room, text).seq();
        expected.messages.add(seq);
        expected.texts.put(seq, text);
      }
      case 2 -> {
        var mention = "@" + ann.name() + " " + text;
        var seq = bob.says(room, mention).seq();
        expected.messages.add(seq);
        expected.mentions.add(seq);
        expected.texts.put(seq, mention);
      }
      case 3 -> {
        if (expected.messages.isEmpty()) return;
        var seq = any(expected.messages);
        ann.says(new ClientFrame.Read(room, seq));
        expected.read = Math.max(expected.read, seq);
      }
      case 4 -> {
        var method = expected.isMuted ? "DELETE" : "PUT";
        ann.rest().send(method, "/v1/account/muted/" + room, Optional.empty());
        expected.isMuted = !expected.isMuted;
      }
      default -> {
        if (expected.messages.isEmpty()) return;
        var target = any(expected.messages);
        if (!expected.texts.containsKey(target)) return;
        var id = "change-" + text.replace(' ', '-');
        if (random.nextBoolean()) {
          bob.says(new ClientFrame.Edit(id, room, target, text));
          expected.texts.put(target, text);
        } else {
          bob.says(new ClientFrame.Redact(id, room, target, Optional.empty()));
          expected.texts.remove(target);
        }
        bob.isAcked(id);
      }
    }
  }

  @Test
  void contacts() {
    var ann = here("ann2");
    var others = List.of(there("bob2"), here("cem2"), there("dan2"));
    var annWants = new TreeSet<String>();
    var wantAnn = new TreeSet<String>();
    ann.connectsWithInbox();
    var view = new LiveContacts();

    for (var step = 0; step < 30; step++) {
      var other = any(others);
      var isAnns = random.nextBoolean();
      var wanting = isAnns ? ann : other;
      var wanted = isAnns ? other : ann;
      var path = "/v1/contacts/" + wanted.name();
      if (random.nextInt(3) > 0) {
        wanting.rest().send("PUT", path, Optional.of("{\"note\":\"step " + step + "\"}"));
        (isAnns ? annWants : wantAnn).add(other.name());
      } else {
        wanting.rest().send("DELETE", path, Optional.empty());
        annWants.remove(other.name());
        wantAnn.remove(other.name());
      }
      var both = new TreeSet<>(annWants);
      both.retainAll(wantAnn);
      var incoming = new TreeSet<>(wantAnn);
      incoming.removeAll(both);
      var outgoing = new TreeSet<>(annWants);
      outgoing.removeAll(both);
      view.agrees(
          ann,
          "contacts %s, incoming %s, outgoing %s after step %d of seed %d"
              .formatted(both, incoming, outgoing, step, SEED),
          shown -> shown.names(both, incoming, outgoing));
    }
    ann.close();
  }

  @Test
  void presence() {
    var ann = here("ann3");
    var others = List.of(there("bob3"), here("cem3"));
    var room = ann.makesRoom("presence", Visibility.PUBLIC);
    others.forEach(it -> it.joins(room));
    ann.connects();
    ann.opens(room);
    var names = others.stream().map(Person::name).toArray(String[]::new);
    ann.watches(room, names);
    var view = new LivePresence(room, Set.of(names));
    var statuses = new TreeMap<String, Status>();
    var chosen = new HashMap<String, Status>();
    others.forEach(it -> statuses.put(it.name(), Status.OFFLINE));

    for (var step = 0; step < 12; step++) {
      var other = any(others);
      var isConnected = statuses.get(other.name()) != Status.OFFLINE;
      if (!isConnected) {
        other.connects();
        statuses.put(other.name(), chosen.getOrDefault(other.name(), Status.ONLINE));
      } else if (random.nextInt(3) == 0) {
        other.close();
        statuses.put(other.name(), Status.OFFLINE);
      } else {
        var status = any(List.of(Status.ONLINE, Status.DND));
        other.says(new ClientFrame.ChangeStatus(status));
        chosen.put(other.name(), status);
        statuses.put(other.name(), status);
      }
      view.agrees(
          ann,
          statuses + " after step " + step + " of seed " + SEED,
          shown ->
              shown.entrySet().stream()
                  .collect(toMap(Map.Entry::getKey, it -> it.getValue().status()))
                  .equals(statuses));
    }
    ann.close();
    others.forEach(Person::close);
  }

  @Test
  void receipts() {
    var ann = here("ann4");
    var others = List.of(there("bob4"), here("cem4"));
    var room = ann.makesRoom("receipts", Visibility.PUBLIC);
    others.forEach(it -> it.joins(room));
    ann.connectsWithInbox();
    ann.opens(room);
    var last = 0L;
    for (var i = 0; i < 10; i++) last = ann.says(room, "message " + i).seq();
    var first = last - 9;
    var view = new LiveReceipts(room);
    var delivered = new HashMap<String, Long>();
    var read = new HashMap<String, Long>();
    for (var other : others) {
      other.connects();
      other.opens(room);
    }

    for (var step = 0; step < 30; step++) {
      var other = any(others);
      var seq = first + random.nextInt(10);
      if (random.nextBoolean()) {
        other.says(new ClientFrame.Read(room, seq));
        read.merge(other.name(), seq, Math::max);
      } else other.says(new ClientFrame.Delivered(room, seq));
      delivered.merge(other.name(), seq, Math::max);
      if (step % 10 == 9)
        view.agrees(
            ann,
            "delivered %s, read %s after step %d of seed %d".formatted(delivered, read, step, SEED),
            shown ->
                delivered.keySet().stream()
                    .allMatch(user ->
                        Optional.ofNullable(shown.get(user))
                            .filter(
                                it -> isAt(it, requireNonNull(delivered.get(user)), read.get(user)))
                            .isPresent()));
    }
    ann.close();
    others.forEach(Person::close);
  }

  /// A member who has read none of these messages has read up to its join.
  private static boolean isAt(Receipt receipt, long delivered, @Nullable Long read) {
    return receipt.delivered() == delivered
        && (read == null ? receipt.read() < delivered : receipt.read() == read);
  }

  @Test
  void reactions() {
    var ann = here("ann5");
    var bob = there("bob5");
    var room = ann.makesRoom("reactions", Visibility.PUBLIC);
    bob.joins(room);
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room, 0);
    }
    var messages = List.of(ann.says(room, "one").seq(), bob.says(room, "two").seq());
    var expected = new TreeMap<Long, Map<String, Set<String>>>();
    var view = new LiveReactions(room);

    for (var step = 0; step < 40; step++) {
      var who = any(List.of(ann, bob));
      var message = any(messages);
      var emoji = any(List.of("👍", "🎉", "❤️"));
      var users =
          expected
              .computeIfAbsent(message, _ -> new TreeMap<>())
              .computeIfAbsent(emoji, _ -> new TreeSet<>());
      var removes = users.contains(who.name()) ? Optional.of(true) : Optional.<Boolean>empty();
      var id = "reaction-" + step;
      who.says(new ClientFrame.React(id, room, message, emoji, removes));
      who.isAcked(id);
      if (removes.isPresent()) users.remove(who.name());
      else users.add(who.name());
      if (users.isEmpty()) requireNonNull(expected.get(message)).remove(emoji);
      if (requireNonNull(expected.get(message)).isEmpty()) expected.remove(message);
      if (step % 10 == 9)
        for (var person : List.of(ann, bob))
          view.agrees(person, expected + " of seed " + SEED, shown -> shown.equals(expected));
    }
    ann.close();
    bob.close();
  }
}

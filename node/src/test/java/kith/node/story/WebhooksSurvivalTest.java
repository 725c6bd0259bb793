package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kith.node.StoryOrder;
import kith.node.person.Person;
import kith.node.platform.database.TestPostgres;
import kith.protocol.Visibility;
import kith.protocol.rest.Notifications;
import kith.protocol.rest.Webhooks;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Two nodes in processes of their own, which are killed one after the other while they deliver to
/// receivers of webhooks and of notifications.
@Tag("story")
@Order(StoryOrder.LOCKED)
@ResourceLock(NodeProcess.LOCK)
class WebhooksSurvivalTest {
  private static final int ROOMS = 6;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void killedNodesLoseNoDeliveryAndKeepTheOrder() throws Exception {
    var directory =
        Path.of("target", "webhooks-" + Long.toHexString(System.nanoTime())).toAbsolutePath();
    var database = TestPostgres.migratedDatabase();
    try (var receiver = TestReceiver.start();
        var one = NodeProcess.startOn(database, directory.resolve("one"));
        var other = NodeProcess.startOn(database, directory.resolve("other"))) {
      one.awaitReady();
      other.awaitReady();
      var ann = Person.signsUp(other.uri(), "ann");
      // several rooms, so that both nodes have couriers and rooms
      var rooms = new ArrayList<String>();
      for (var i = 0; i < ROOMS; i++) {
        var room = ann.makesRoom("room " + i, Visibility.PRIVATE);
        ann.rest()
            .post(
                "/v1/rooms/" + room + "/webhooks",
                new Webhooks.CreateWebhook(receiver.url("/" + room), Optional.empty()))
            .as(Webhooks.Webhook.class);
        rooms.add(room);
      }
      comesTo(ann, other, rooms);
      // he is never connected, and has a receiver of notifications
      var bob = Person.signsUp(other.uri(), "bob");
      bob.rest()
          .post(
              "/v1/account/push",
              new Notifications.AddPush(
                  "ntfy", receiver.url("/topic"), Optional.empty(), Optional.empty()))
          .as(Notifications.Push.class);

      receiver.answersAlways(500);
      says(ann, rooms, "with two nodes", 10);
      receiver.hears(all -> all.size() >= ROOMS);
      // it is notified after `kith.push.delay`
      isReminded(bob, "by-one");
      one.kill();
      says(ann, rooms, "with one node", 10);
      receiver.answersAlways(204);
      hearsAll(receiver, rooms, 20);

      hearsReminders(receiver, 1);

      one.startAgain();
      says(ann, rooms, "with both again", 10);
      isReminded(bob, "by-other");
      other.kill();
      comesTo(ann, one, rooms);
      says(ann, rooms, "with the other node", 10);
      hearsAll(receiver, rooms, 40);
      hearsReminders(receiver, 2);
      ann.close();
    }
  }

  private static void isReminded(Person person, String id) {
    var body = "{\"at\":\"%s\",\"text\":\"%s\"}".formatted(Instant.now(), id);
    assertThat(person.rest().send("PUT", "/v1/account/reminders/" + id, Optional.of(body)).status())
        .isEqualTo(204);
  }

  /// One that comes twice has the same id.
  private static void hearsReminders(TestReceiver receiver, int number) {
    receiver.hears(all -> reminders(all).count() >= number);
    assertThat(reminders(receiver.all())).hasSize(number);
  }

  private static Stream<String> reminders(List<TestReceiver.Received> all) {
    return all.stream()
        .filter(it -> it.isAccepted() && it.path().equals("/"))
        .map(it -> it.json().path("sequence_id").asText())
        .distinct();
  }

  private static void comesTo(Person person, NodeProcess node, List<String> rooms) {
    person.losesConnection();
    person.goesTo(node.uri());
    person.connects();
    rooms.forEach(person::opens);
  }

  private static void says(Person person, List<String> rooms, String text, int times) {
    for (var i = 0; i < times; i++) for (var room : rooms) person.says(room, text + " " + i);
  }

  /// Each room's messages arrive in order; a repeated message has the same id.
  private static void hearsAll(TestReceiver receiver, List<String> rooms, int messages) {
    receiver.hears(
        all -> rooms.stream().allMatch(room -> inOrderOfArrival(all, room).size() >= messages));
    var all = receiver.all();
    for (var room : rooms) {
      var seqs = inOrderOfArrival(all, room);
      assertThat(seqs).hasSize(messages).isSorted();
    }
    var idByEvent = new HashMap<String, String>();
    for (var request : all) {
      if (!rooms.contains(request.path().substring(1))) continue;
      var event = request.path() + " " + request.json().at("/data/seq").asLong();
      var id = request.header("webhook-id");
      assertThat(Optional.ofNullable(idByEvent.putIfAbsent(event, id)).orElse(id)).isEqualTo(id);
    }
  }

  private static List<Long> inOrderOfArrival(List<TestReceiver.Received> all, String room) {
    return List.copyOf(
        new LinkedHashSet<>(
            all.stream()
                .filter(it -> it.isAccepted() && it.path().equals("/" + room))
                .map(it -> it.json().at("/data/seq").asLong())
                .toList()));
  }
}

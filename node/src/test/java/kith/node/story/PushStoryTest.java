package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.feature.push.WebPushReceiver;
import kith.node.person.Person;
import kith.protocol.Code;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.frame.ClientFrame;
import kith.protocol.rest.Notifications;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Notifications of people who are away, by an ntfy server.
@Tag("story")
@Order(StoryOrder.WAITING)
class PushStoryTest {
  private static TestNode node;
  private static int stories;

  private TestReceiver ntfy;
  private PushCast cast;
  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    var changed = new HashMap<>(PushCast.SETTINGS);
    changed.put("kith.push.per-account", "2");
    changed.put("kith.push.keywords", "2");
    node = TestNode.start(changed);
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void bobIsAwayAndHasAReceiver() {
    stories++;
    ntfy = TestReceiver.start();
    cast = new PushCast(node, stories);
    ann = cast.ann();
    bob = cast.bob();
    room = cast.room();
  }

  @AfterEach
  void close() {
    cast.close();
    ntfy.close();
  }

  private Notifications.Push registers(Person person, String topic) {
    return person
        .rest()
        .post(
            "/v1/account/push",
            new Notifications.AddPush(
                "ntfy", ntfy.url("/" + topic), Optional.of("tk_1"), Optional.empty()))
        .as(Notifications.Push.class);
  }

  private List<String> texts() {
    return ntfy.accepted().stream().map(it -> it.json().path("message").asText()).toList();
  }

  private void hears(String... texts) {
    ntfy.hears(
        all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= texts.length);
    assertThat(texts()).containsExactly(texts);
  }

  @Test
  void mentionsConversationsAndKeywordsNotifyAndOtherMessagesDoNot() {
    registers(bob, "topic");
    cast.chooses(NotificationContents.FULL, "harvest");
    var direct = ann.talksTo(bob.name());
    ann.opens(direct, 0);

    ann.says(room, "nothing special");
    ann.says(room, "@" + bob.name() + " come here");
    ann.says(room, "The Harvest begins");
    ann.says(direct, "just you");

    ntfy.hears(all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= 3);
    // the order between rooms is open
    assertThat(texts())
        .containsExactlyInAnyOrder(
            ann.name() + ": @" + bob.name() + " come here",
            ann.name() + ": The Harvest begins",
            "just you");
    var first =
        ntfy.accepted().stream().filter(it -> it.text().contains("come here")).findFirst().get();
    assertThat(first.path()).isEqualTo("/");
    assertThat(first.json().path("topic").asText()).isEqualTo("topic");
    assertThat(first.json().path("title").asText()).isEqualTo("room " + stories);
    assertThat(first.header("authorization")).isEqualTo("Bearer tk_1");
  }

  @Test
  void theAccountChoosesTheContentsOfANotification() {
    registers(bob, "topic");
    cast.chooses(NotificationLevel.ALL);
    ann.says(room, "a secret");
    hears("A new message by " + ann.name() + ".");

    cast.chooses(NotificationContents.OFF);
    ann.says(room, "another secret");

    hears("A new message by " + ann.name() + ".", "You have a new message.");
    assertThat(ntfy.accepted().getLast().text()).doesNotContain(ann.name()).doesNotContain("room");
  }

  @Test
  void messagesReadMutedOrRedactedMeanwhileAreNotSent() throws Exception {
    registers(bob, "topic");
    cast.chooses(NotificationContents.FULL);
    cast.chooses(NotificationLevel.ALL);
    // the first one waits for the receiver, and the others behind it
    ntfy.answersAlways(503);
    ann.says(room, "first");
    ntfy.hears(all -> !all.isEmpty());
    var read = ann.says(room, "read").seq();
    var redacted = ann.says(room, "redacted").seq();
    ann.says(new ClientFrame.Redact("r1", room, redacted, Optional.empty()));
    bob.connects();
    bob.opens(room, 0);
    bob.says(new ClientFrame.Read(room, read));
    cast.awaitsRead(read);
    ann.says(room, "last");

    ntfy.answersAlways(200);

    // the first one was read, too
    hears(ann.name() + ": last");
  }

  @Test
  void aReadMessageIsWithdrawn() {
    registers(bob, "topic");
    var browser = WebPushReceiver.create();
    bob.rest()
        .post(
            "/v1/account/push",
            new Notifications.AddPush(
                "webpush",
                ntfy.url("/subscription"),
                Optional.empty(),
                Optional.of(browser.keys())))
        .as(Notifications.Push.class);
    cast.chooses(NotificationContents.FULL);
    var seq = ann.says(room, "@" + bob.name() + " come here").seq();
    var unread = ann.says(room, "@" + bob.name() + " and there").seq();
    ntfy.hears(all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= 4);
    // a server that does not know the request is not asked twice
    ntfy.answers(405);

    bob.connects();
    bob.opens(room, 0);
    bob.says(new ClientFrame.Read(room, seq));

    var all = ntfy.hears(it -> it.size() >= 6);
    var deleted = all.stream().filter(it -> it.method().equals("DELETE")).toList();
    var shown = all.stream().filter(it -> it.path().equals("/")).toList();
    var pushed = all.stream().filter(it -> it.path().equals("/subscription")).toList();
    assertThat(deleted)
        .singleElement()
        .satisfies(it -> {
          var id = shown.getFirst().json().path("sequence_id").asText();
          assertThat(it.path()).isEqualTo("/topic/" + id);
          assertThat(it.header("authorization")).isEqualTo("Bearer tk_1");
        });
    assertThat(pushed).hasSize(3);
    var tag = pushed.getFirst().header("topic");
    assertThat(tag).hasSize(24);
    assertThat(browser.read(pushed.getFirst().body())).contains("\"tag\":\"" + tag + "\"");
    assertThat(browser.read(pushed.getLast().body())).isEqualTo("{\"withdrawn\":\"" + tag + "\"}");
    assertThat(pushed.getLast().header("topic")).isEqualTo(tag);

    bob.says(new ClientFrame.Read(room, unread));
    ntfy.hears(it -> it.size() >= 8);
    assertThat(ntfy.all().stream().filter(it -> it.method().equals("DELETE")).map(it -> it.path()))
        .containsExactly(
            deleted.getFirst().path(),
            "/topic/" + shown.getLast().json().path("sequence_id").asText());
  }

  @Test
  void aUserAtATerminalIsNotifiedOnlyWhenAway() throws Exception {
    registers(bob, "bob");
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);
    carol.joins(room);
    registers(carol, "carol");
    cast.chooses(OptionalInt.of(1_440), NotificationContents.FULL);
    bob.connects();
    bob.opens(room, 0);
    bob.says(room, "I am here");
    cast.awaits("SELECT 1 FROM push_activity WHERE account = ?", bob.name());

    ann.says(room, "@" + bob.name() + " @" + carol.name() + " look");

    var first = ntfy.hears(all -> !all.isEmpty());
    assertThat(first).allMatch(it -> it.json().path("topic").asText().equals("carol"));
    // as if he had left
    cast.chooses(NotificationContents.FULL);
    ntfy.hears(all -> all.size() >= 2);
    assertThat(ntfy.all().getLast().json().path("topic").asText()).isEqualTo("bob");
    carol.close();
  }

  private void reminds(String id, String text, Instant at) {
    var path = "/v1/account/reminders/" + id;
    var body = "{\"at\":\"%s\",\"text\":\"%s\"}".formatted(at, text);
    assertThat(bob.rest().send("PUT", path, Optional.of(body)).status()).isEqualTo(204);
  }

  private void removes(String reminder) {
    bob.rest().send("DELETE", "/v1/account/reminders/" + reminder, Optional.empty());
  }

  private void triesAgain(Notifications.Push push) {
    ntfy.answersAlways(200);
    var path = "/v1/account/push/" + push.push() + "/restart";
    assertThat(bob.rest().send("POST", path, Optional.empty()).status()).isEqualTo(204);
  }

  @Test
  void aReminderNotifiesItsUserWhenItIsDueAndIsWithdrawnWithIt() throws Exception {
    reminds("before", "before there was a receiver", Instant.now().minusSeconds(60));
    var push = registers(bob, "topic");
    cast.chooses(NotificationContents.FULL);
    var later = Instant.now().plus(Duration.ofHours(1));

    ntfy.answersAlways(503);
    reminds("first", "of the first time", Instant.now());
    ntfy.hears(all -> !all.isEmpty());
    reminds("gone", "not any more", Instant.now());
    removes("gone");
    reminds("plants", "water the plants", Instant.now());
    reminds("first", "of the first time", later);
    triesAgain(push);
    hears("water the plants");
    var first = ntfy.accepted().getFirst().json();
    assertThat(first.path("title").asText()).isEqualTo("Reminder");

    reminds("plants", "water the plants", later);
    var deleted = ntfy.hears(all -> all.getLast().method().equals("DELETE")).getLast();
    assertThat(deleted.path()).isEqualTo("/topic/" + first.path("sequence_id").asText());
    cast.chooses(NotificationContents.SENDER);
    reminds("plants", "water the plants", Instant.now());
    var again = ntfy.hears(all -> all.getLast().method().equals("POST")).getLast();
    assertThat(again.text()).contains("A reminder is due.").doesNotContain("plants");
    assertThat(again.json().path("sequence_id")).isNotEqualTo(first.path("sequence_id"));

    // a user who has used a device since got the message there
    ntfy.answersAlways(503);
    var refused = ntfy.all().size();
    reminds("told", "told already", Instant.now());
    ntfy.hears(all -> all.size() > refused);
    bob.connects();
    bob.opens(room, 0);
    bob.says(room, "I am here");
    cast.awaits("SELECT 1 FROM push_activity WHERE account = ?", bob.name());
    triesAgain(push);
    cast.awaits(
        "SELECT 1 FROM reminder_settled WHERE account = ? AND reminder = 'told' AND NOT shown",
        bob.name());
    assertThat(ntfy.accepted().stream().filter(it -> it.method().equals("POST"))).hasSize(2);
  }

  @Test
  void aReceiverIsRemovedWithItsDevice() {
    var phone = bob.onAnotherDevice();
    registers(phone, "phone");
    phone.logsOut();
    registers(bob, "laptop");
    cast.chooses(NotificationLevel.ALL);

    ann.says(room, "hello");

    hears("A new message by " + ann.name() + ".");
    cast.awaitsState("ended");
    assertThat(ntfy.accepted().getFirst().json().path("topic").asText()).isEqualTo("laptop");
  }

  @Test
  void aReceiverBelongsToTheAccountThatRegisteredItLast() {
    registers(bob, "topic");

    registers(ann, "topic");

    assertThat(cast.receivers(bob)).isEmpty();
    assertThat(cast.receivers(ann)).hasSize(1);
  }

  @Test
  void aBrowserDecryptsANotificationThatThePushServiceCannotRead() {
    var browser = WebPushReceiver.create();
    bob.rest()
        .post(
            "/v1/account/push",
            new Notifications.AddPush(
                "webpush",
                ntfy.url("/subscription"),
                Optional.empty(),
                Optional.of(browser.keys())))
        .as(Notifications.Push.class);
    cast.chooses(NotificationContents.FULL);

    ann.says(room, "@" + bob.name() + " the tomatoes are ripe");

    var request = ntfy.hears(all -> !all.isEmpty()).getFirst();
    assertThat(browser.read(request.body()))
        .contains("the tomatoes are ripe")
        .contains("room " + stories);
    assertThat(request.text()).doesNotContain("tomatoes");
    assertThat(request.path()).isEqualTo("/subscription");
    assertThat(request.header("content-encoding")).isEqualTo("aes128gcm");
    assertThat(request.header("ttl")).isEqualTo("14400");
    var vapidKey =
        bob.rest().get("/v1/account/push").as(Notifications.Pushes.class).vapidKey().orElseThrow();
    assertThat(WebPushReceiver.claims(request.header("authorization"), vapidKey))
        .contains("\"aud\":\"" + ntfy.url("") + "\"")
        .contains("\"exp\":");
  }

  @Test
  void aDeletedSubscriptionGetsNoMoreAttempts() {
    bob.rest()
        .post(
            "/v1/account/push",
            new Notifications.AddPush(
                "webpush",
                ntfy.url("/subscription"),
                Optional.empty(),
                Optional.of(WebPushReceiver.create().keys())))
        .as(Notifications.Push.class);
    ntfy.answersAlways(410);

    ann.says(room, "@" + bob.name() + " hello");

    cast.awaitsState("dead");
    assertThat(ntfy.all()).hasSize(1);
  }

  @Test
  void aTestReportsWhetherTheReceiverAccepts() {
    var push = registers(bob, "topic");
    var path = "/v1/account/push/" + push.push() + "/test";

    assertThat(bob.rest().send("POST", path, Optional.empty()).as(Notifications.PushTest.class))
        .isEqualTo(new Notifications.PushTest(true, Optional.empty()));
    ntfy.answers(403);
    assertThat(
            bob.rest()
                .send("POST", path, Optional.empty())
                .as(Notifications.PushTest.class)
                .reason())
        .contains("The ntfy server does not accept the token, or asks for one.");
    assertThat(ann.rest().send("POST", path, Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_RECEIVER);
    assertThat(
            bob.rest().send("DELETE", "/v1/account/push/" + push.push(), Optional.empty()).status())
        .isEqualTo(204);
    assertThat(cast.receivers(bob)).isEmpty();
  }

  @Test
  void boundsAndFieldsAreChecked() {
    registers(bob, "one");
    registers(bob, "two");

    assertThat(
            bob.rest()
                .post(
                    "/v1/account/push",
                    new Notifications.AddPush(
                        "ntfy", ntfy.url("/three"), Optional.empty(), Optional.empty()))
                .code())
        .isEqualTo(Code.TOO_MANY_RECEIVERS);
    for (var wrong :
        List.of(
            new Notifications.AddPush(
                "fax", ntfy.url("/topic"), Optional.empty(), Optional.empty()),
            new Notifications.AddPush("ntfy", ntfy.url("/"), Optional.empty(), Optional.empty()),
            new Notifications.AddPush(
                "ntfy", ntfy.url("/topic"), Optional.of("a b"), Optional.empty())))
      assertThat(bob.rest().post("/v1/account/push", wrong).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(
            bob.rest()
                .post(
                    "/v1/account/push",
                    new Notifications.AddPush(
                        "ntfy", "https://10.0.0.1/topic", Optional.empty(), Optional.empty()))
                .code())
        .isEqualTo(Code.ADDRESS_NOT_ALLOWED);
    assertThat(
            bob.rest()
                .send(
                    "PUT",
                    "/v1/account/notifications",
                    Optional.of(
                        "{\"contents\":\"full\",\"keywords\":[],\"quiet\":{\"from\":\"22:00\",\"to\":\"25:00\",\"zone\":\"Europe/Berlin\"}}"))
                .code())
        .isEqualTo(Code.BAD_FIELD);
    assertThat(
            bob.rest()
                .send(
                    "PUT",
                    "/v1/account/notifications",
                    Optional.of("{\"contents\":\"full\",\"keywords\":[\"a\",\"b\",\"c\"]}"))
                .code())
        .isEqualTo(Code.BAD_FIELD);
  }
}

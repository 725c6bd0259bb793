package kith.node.story;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Webhooks;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Webhooks through one node, to receivers of every temper.
@Tag("story")
@Order(StoryOrder.WAITING)
class WebhooksStoryTest {
  private static TestNode node;
  private static int stories;

  private TestReceiver receiver;
  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.couriers.private-networks", "127.0.0.0/8",
                "kith.couriers.request-time", "500ms",
                "kith.webhooks.per-room", "2",
                "kith.webhooks.per-account", "1",
                // the tests ask for the state of a webhook until it is as wanted
                "kith.http.requests.per-second", "1000000",
                "kith.http.requests.burst", "1000000"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annHasARoomWithBob() {
    stories++;
    receiver = TestReceiver.start();
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.opens(room, 0);
    bob.connects();
    bob.opens(room, 0);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
    receiver.close();
  }

  private String hooks() {
    return "/v1/rooms/" + room + "/webhooks";
  }

  private Rest.Answer asksForAHook(Person person, String url) {
    return person.rest().post(hooks(), new Webhooks.CreateWebhook(url, Optional.empty()));
  }

  private Webhooks.Webhook makesAHook(Person person) {
    return asksForAHook(person, receiver.url("/hook")).as(Webhooks.Webhook.class);
  }

  private Webhooks.Webhook shown(Person person, String hook) {
    return person
        .rest()
        .getWhenAvailable(hooks())
        .as(Webhooks.RoomWebhooks.class)
        .webhooks()
        .stream()
        .filter(it -> it.webhook().equals(hook))
        .findFirst()
        .orElseThrow();
  }

  private Webhooks.Webhook awaits(
      Person person, Webhooks.Webhook hook, Predicate<Webhooks.Webhook> wanted) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var seen = shown(person, hook.webhook());
    while (!wanted.test(seen)) {
      if (System.nanoTime() > deadline) throw new AssertionError(seen.toString());
      seen = shown(person, hook.webhook());
    }
    return seen;
  }

  private List<String> says(Person person, int messages) {
    var texts = IntStream.range(0, messages).mapToObj(i -> "message " + i).toList();
    texts.forEach(text -> person.says(room, text));
    return texts;
  }

  private List<String> accepted() {
    return receiver.accepted().stream().map(TestReceiver.Received::said).toList();
  }

  private void hearsInOrder(List<String> texts) {
    receiver.hears(
        all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= texts.size());
    assertThat(accepted()).isEqualTo(texts);
  }

  private void annMakesBobAnOwner() {
    ann.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/members/" + bob.name() + "/role",
            Optional.of("{\"role\":\"owner\"}"));
  }

  static String signature(String secret, TestReceiver.Received request) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(
          (request.header("webhook-id") + "." + request.header("webhook-timestamp") + ".")
              .getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(request.body()));
    } catch (GeneralSecurityException fault) {
      throw new AssertionError(fault);
    }
  }

  @Test
  void aReceiverGetsTheMessagesInOrderAndSigned() {
    ann.says(room, "before");
    var hook = makesAHook(ann);

    var texts = says(bob, 20);

    hearsInOrder(texts);
    for (var request : receiver.all()) {
      var event = request.json();
      assertThat(request.header("webhook-signature"))
          .isEqualTo(signature(hook.secret().orElseThrow(), request));
      assertThat(request.header("webhook-id"))
          .isEqualTo(room + "_" + event.at("/data/seq").asLong())
          .isEqualTo(event.at("/data/id").asText());
      assertThat(Long.parseLong(request.header("webhook-timestamp")))
          .isCloseTo(Instant.now().getEpochSecond(), Offset.offset(300L));
      assertThat(event.path("type").asText()).isEqualTo("message");
      assertThat(event.at("/data/entry/by").asText()).isEqualTo(bob.name());
    }
    assertThat(shown(ann, hook.webhook()).secret()).isEmpty();
  }

  @Test
  void aReceiverGetsOnlyTheChosenKinds() {
    ann.rest()
        .post(
            hooks(),
            new Webhooks.CreateWebhook(receiver.url("/"), Optional.of(List.of("joined", "left"))))
        .as(Webhooks.Webhook.class);
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);

    says(bob, 3);
    carol.joins(room);

    var requests = receiver.hears(all -> !all.isEmpty());
    assertThat(requests.getFirst().json().path("type").asText()).isEqualTo("joined");
    assertThat(requests).hasSize(1);
  }

  @Test
  void nothingIsLostWhileTheReceiverFailsHangsOrIsUnreachable() throws Exception {
    var hook = makesAHook(ann);
    receiver.answers(500, 0, 503);

    var texts = new ArrayList<>(says(bob, 5));
    awaits(ann, hook, it -> it.position() >= 2 && it.failures() == 0 && it.delivered().isPresent());
    receiver.isGone();
    bob.says(room, "while it is gone");
    texts.add("while it is gone");
    var failing = awaits(ann, hook, it -> it.failures() > 0);
    receiver.comesBack();

    hearsInOrder(texts);
    assertThat(failing.state()).isEqualTo("active");
    assertThat(failing.reason()).isPresent();
    var first = receiver.all().subList(0, 4);
    assertThat(first.stream().map(it -> it.header("webhook-id")).collect(toSet())).hasSize(1);
  }

  @Test
  void aRedirectIsNotFollowed() {
    var hook = makesAHook(ann);
    receiver.answersAlways(302);

    bob.says(room, "hello");

    var failing = awaits(ann, hook, it -> it.failures() > 1);
    assertThat(failing.reason()).contains("The receiver answered 302; redirects are not followed.");
    assertThat(receiver.all()).allSatisfy(it -> assertThat(it.path()).isEqualTo("/hook"));
  }

  @Test
  void aPermanentlyFailedReceiverGetsNoAttemptsUntilItIsRestarted() {
    var hook = makesAHook(ann);
    receiver.answers(410);
    var texts = says(bob, 4);

    var dead = awaits(ann, hook, it -> it.state().equals("dead"));
    assertThat(dead.reason()).contains("The receiver answered 410.");
    assertThat(receiver.all()).hasSize(1);
    ann.rest().send("POST", hooks() + "/" + hook.webhook() + "/restart", Optional.empty());

    hearsInOrder(texts);
    assertThat(awaits(ann, hook, it -> it.failures() == 0).state()).isEqualTo("active");
  }

  @Test
  void aReplaySendsTheSameEventsWithTheSameIds() {
    var hook = makesAHook(ann);
    var texts = says(bob, 3);
    hearsInOrder(texts);
    var ids = receiver.all().stream().map(it -> it.header("webhook-id")).toList();

    var answer =
        ann.rest().post(hooks() + "/" + hook.webhook() + "/replay", new Webhooks.ReplayWebhook(0));

    assertThat(answer.status()).isEqualTo(204);
    var all = receiver.hears(it -> it.size() >= 6);
    assertThat(all.stream().skip(3).map(it -> it.header("webhook-id")).toList()).isEqualTo(ids);
    assertThat(
            ann.rest()
                .post(
                    hooks() + "/" + hook.webhook() + "/replay",
                    new Webhooks.ReplayWebhook(1_000_000))
                .code())
        .isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void aRedactedTextIsNotReplayed() {
    var hook = makesAHook(ann);
    var seq = bob.says(room, "a secret").seq();
    receiver.hears(all -> all.size() == 1);
    bob.says(new ClientFrame.Redact("r1", room, seq, Optional.empty()));
    receiver.hears(all -> all.size() == 2);

    ann.rest().post(hooks() + "/" + hook.webhook() + "/replay", new Webhooks.ReplayWebhook(0));

    var all = receiver.hears(it -> it.size() == 4);
    assertThat(all.get(2).header("webhook-id")).isEqualTo(all.get(0).header("webhook-id"));
    assertThat(all.get(2).text()).doesNotContain("a secret");
  }

  @Test
  void aMakerWhoIsNoLongerAnOwnerGetsNothing() {
    var hook = makesAHook(ann);
    bob.says(room, "first");
    receiver.hears(all -> all.size() == 1);
    annMakesBobAnOwner();
    ann.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/members/" + ann.name() + "/role",
            Optional.of("{\"role\":\"member\"}"));

    bob.says(room, "second");

    var ended = awaits(bob, hook, it -> it.state().equals("ended"));
    assertThat(ended.reason()).contains("Its creator no longer owns the room.");
    assertThat(accepted()).containsExactly("first");
    assertThat(
            bob.rest()
                .send("POST", hooks() + "/" + hook.webhook() + "/restart", Optional.empty())
                .code())
        .isEqualTo(Code.WEBHOOK_ENDED);
  }

  @Test
  void theWebhooksOfADeletedRoomEnd() throws Exception {
    var hook = makesAHook(ann);

    assertThat(ann.rest().send("DELETE", "/v1/rooms/" + room, Optional.empty()).status())
        .isEqualTo(204);

    var database = node.database();
    try (var connection =
            DriverManager.getConnection(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
        var query =
            connection.prepareStatement(
                "SELECT reason FROM courier_target WHERE id = ? AND state = 'ended'")) {
      query.setString(1, hook.webhook());
      var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
      var ended = query.executeQuery();
      while (!ended.next()) {
        if (System.nanoTime() > deadline) throw new AssertionError("the webhook has not ended");
        ended = query.executeQuery();
      }
      assertThat(ended.getString(1)).isEqualTo("The room was deleted.");
    }
    assertThat(receiver.all()).isEmpty();
  }

  @Test
  void aReceiverIsNotifiedOfEntriesThatAreNoLongerKept() {
    var hook = makesAHook(ann);
    receiver.answersAlways(503);
    says(ann, 6);
    receiver.hears(all -> !all.isEmpty());

    ann.rest().send("PATCH", "/v1/rooms/" + room, Optional.of("{\"retention\":{\"entries\":3}}"));
    ann.seesEntry(room, Entry.Truncated.class::isInstance, "the removal");
    receiver.answersAlways(204);
    ann.says(room, "after the gap");
    var restart = hooks() + "/" + hook.webhook() + "/restart";
    assertThat(ann.rest().send("POST", restart, Optional.empty()).status()).isEqualTo(204);

    receiver.hears(all -> all.stream().anyMatch(TestReceiver.Received::isAccepted));
    var first = receiver.accepted().getFirst();
    var lost = receiver.all().getFirst();
    // the first entry that it never accepted
    assertThat(first.json().at("/data/gapFrom").asLong())
        .isEqualTo(lost.json().at("/data/seq").asLong());
    assertThat(first.json().at("/data/seq").asLong())
        .isGreaterThan(lost.json().at("/data/seq").asLong());
    assertThat(lost.json().at("/data/gapFrom").isMissingNode()).isTrue();
  }

  @Test
  void aWebhookOfAnAccountGetsTheEntriesOfTheRoomsThatItOwns() {
    var other = bob.makesRoom("of bob " + stories, Visibility.PRIVATE);
    ann.says(room, "before");
    var path = "/v1/account/webhooks";
    var asked = new Webhooks.CreateWebhook(receiver.url("/all"), Optional.empty());
    var hook = ann.rest().post(path, asked).as(Webhooks.Webhook.class);

    ann.says(room, "in the first room");
    var later = ann.makesRoom("later " + stories, Visibility.PRIVATE);
    ann.opens(later, 0);
    ann.says(later, "in a room that she made later");
    bob.opens(other, 0);
    bob.says(other, "not hers");
    ann.says(room, "the last word");

    receiver.hears(all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= 3);
    assertThat(accepted())
        .containsExactlyInAnyOrder(
            "in the first room", "in a room that she made later", "the last word");
    assertThat(accepted().indexOf("in the first room"))
        .isLessThan(accepted().indexOf("the last word"));
    for (var request : receiver.accepted()) {
      assertThat(request.header("webhook-signature"))
          .isEqualTo(signature(hook.secret().orElseThrow(), request));
      assertThat(request.header("webhook-id")).isEqualTo(request.json().at("/data/id").asText());
    }
    // a room that she does not own any more
    annMakesBobAnOwner();
    ann.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/members/" + ann.name() + "/role",
            Optional.of("{\"role\":\"member\"}"));
    ann.says(room, "bob's now");
    ann.says(later, "still hers");
    receiver.hears(all -> all.stream().filter(TestReceiver.Received::isAccepted).count() >= 4);
    assertThat(accepted().getLast()).isEqualTo("still hers");

    assertThat(bob.rest().send("DELETE", path + "/" + hook.webhook(), Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_WEBHOOK);
    assertThat(ann.rest().get(path).as(Webhooks.RoomWebhooks.class).webhooks())
        .extracting(Webhooks.Webhook::webhook)
        .containsExactly(hook.webhook());
    assertThat(ann.rest().post(path, asked).code()).isEqualTo(Code.TOO_MANY_WEBHOOKS);
    assertThat(ann.rest().send("DELETE", path + "/" + hook.webhook(), Optional.empty()).status())
        .isEqualTo(204);
    assertThat(ann.rest().get(path).as(Webhooks.RoomWebhooks.class).webhooks()).isEmpty();
  }

  @Test
  void aRemovedWebhookGetsNothing() {
    var hook = makesAHook(ann);
    receiver.answers(500);
    bob.says(room, "first");
    receiver.hears(all -> all.size() == 1);

    assertThat(ann.rest().send("DELETE", hooks() + "/" + hook.webhook(), Optional.empty()).status())
        .isEqualTo(204);
    // another one shows that the room's couriers work on
    asksForAHook(ann, receiver.url("/other")).as(Webhooks.Webhook.class);
    bob.says(room, "second");

    receiver.hears(all -> all.stream().anyMatch(it -> it.path().equals("/other")));
    assertThat(accepted()).containsExactly("second");
    assertThat(ann.rest().get(hooks()).as(Webhooks.RoomWebhooks.class).webhooks()).hasSize(1);
  }

  @Test
  void onlyOwnersHaveWebhooksAndOnlyToAllowedAddresses() {
    assertThat(asksForAHook(bob, receiver.url("/")).code()).isEqualTo(Code.NOT_ALLOWED);
    for (var inside :
        List.of(
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://0.0.0.0/"))
      assertThat(asksForAHook(ann, inside).code()).as(inside).isEqualTo(Code.ADDRESS_NOT_ALLOWED);
    assertThat(asksForAHook(ann, "ftp://example.org/").code()).isEqualTo(Code.BAD_FIELD);
    makesAHook(ann);
    makesAHook(ann);
    assertThat(asksForAHook(ann, receiver.url("/")).code()).isEqualTo(Code.TOO_MANY_WEBHOOKS);
  }

  @Test
  void aSlowReceiverDelaysNobodyElse() {
    makesAHook(ann);
    receiver.answersAlways(0);
    try (var other = TestReceiver.start()) {
      asksForAHook(ann, other.url("/")).as(Webhooks.Webhook.class);

      var texts = says(bob, 30);

      other.hears(all -> all.size() >= 30);
      assertThat(other.accepted().stream().map(TestReceiver.Received::said).toList())
          .isEqualTo(texts);
    }
  }

  @Test
  void theRestartOfANodeLosesNothing() {
    try (var restarted =
            TestNode.start(
                Map.of(
                    "kith.couriers.private-networks", "127.0.0.0/8",
                    "kith.couriers.request-time", "500ms"));
        var dave = Person.signsUp(restarted.uri("/"), "dave")) {
      room = dave.makesRoom("a room of dave", Visibility.PRIVATE);
      dave.connects();
      dave.opens(room, 0);
      makesAHook(dave);
      receiver.answersAlways(500);
      var texts = says(dave, 10);
      receiver.hears(all -> !all.isEmpty());

      restarted.restart();
      receiver.answersAlways(204);

      hearsInOrder(texts);
    }
  }
}

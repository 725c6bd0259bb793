package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Role;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.json.Json;
import kith.protocol.rest.InboundHooks.CreateInboundHook;
import kith.protocol.rest.InboundHooks.InboundHook;
import kith.protocol.rest.InboundHooks.InboundHookList;
import kith.protocol.rest.RoomRequests.ChangeRole;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Programs send messages to rooms by incoming webhooks.
@Tag("story")
class InboundStoryTest {
  private static final Path PAYLOADS = Path.of("src", "test", "resources", "hooks");

  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    node =
        TestNode.start(
            Map.of(
                "kith.inbound.per-room", "3",
                "kith.inbound.body", "64 KiB",
                "kith.inbound.messages.burst", "12",
                "kith.inbound.messages.refill", "1h"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void annAndBobShareARoom() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.rest().send("POST", "/v1/rooms/" + room + "/join", Optional.of("{}"));
    bob.connects();
    bob.opens(room, 0);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
  }

  @Test
  void aProgramSpeaksUnderTheNameOfItsHook() {
    var hook = hook("Grafana");

    var answer = sends(hook, "{\"body\":\"the disk is full\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    var message = seen("the disk is full");
    assertThat(message.by()).isEqualTo("@grafana");
    assertThat(message.program())
        .contains(new Entry.Program("hook", Optional.of("grafana"), Optional.of(ann.name())));
    assertThat(new Rest.Answer(200, answer.body()).json().path("seq").asLong())
        .isEqualTo(message.seq());
    assertThat(((Entry.Message) bob.history(room).getLast()).program())
        .isEqualTo(message.program());
  }

  @Test
  void realPayloadsAreAcceptedUnchanged() throws IOException {
    var hook = hook("alerts");

    assertThat(sends(hook, payload("grafana-webhook.json")).statusCode()).isEqualTo(200);
    assertThat(sends(hook, payload("alertmanager.json")).statusCode()).isEqualTo(200);
    assertThat(sends(hook, payload("alertmanager-slack.json")).statusCode()).isEqualTo(200);
    // the answer of Slack, which Grafana expects
    assertThat(sends(hook, payload("grafana-slack.json")).body()).isEqualTo("ok");
    var push =
        sends(
            hook, payload("github-push.json"), "X-GitHub-Event", "push", "X-GitHub-Delivery", "1");
    var again =
        sends(
            hook, payload("github-push.json"), "X-GitHub-Event", "push", "X-GitHub-Delivery", "1");

    assertThat(push.body()).isEqualTo(again.body());
    seenStarting("[octo-org/hello] mona pushed 2 commits to main");
    assertThat(bodies()).hasSize(5);
  }

  @Test
  void theSameKeyTwiceIsOneMessage() {
    var hook = hook("cron");

    var first = sends(hook, "{\"body\":\"once\"}", "Idempotency-Key", "run-1");
    var second = sends(hook, "{\"body\":\"once\"}", "Idempotency-Key", "run-1");
    var other = sends(hook, "{\"body\":\"twice\"}", "Idempotency-Key", "run-2");
    sends(hook("cron"), "{\"body\":\"by another hook\"}", "Idempotency-Key", "run-1");

    assertThat(second.body()).isEqualTo(first.body());
    assertThat(other.body()).isNotEqualTo(first.body());
    seen("by another hook");
    assertThat(bodies()).containsExactly("once", "twice", "by another hook");
  }

  @Test
  void onlyOwnersOfTheRoomMayListMakeAndRemoveHooks() {
    var carol = Person.signsUp(node.uri("/"), "carol" + stories);
    var hook = hook("grafana");

    for (var person : List.of(bob, carol)) {
      var code = person == bob ? Code.NOT_ALLOWED : Code.NOT_A_MEMBER;
      assertThat(person.rest().get(hooks()).code()).isEqualTo(code);
      assertThat(person.rest().post(hooks(), new CreateInboundHook("x")).code()).isEqualTo(code);
      assertThat(removes(person, hook).code()).isEqualTo(code);
    }
    var listed = ann.rest().get(hooks()).as(InboundHookList.class).hooks();
    assertThat(listed).hasSize(1);
    assertThat(listed.getFirst().token()).isEmpty();
    assertThat(removes(ann, hook).status()).isEqualTo(204);
    assertThat(removes(ann, hook).code()).isEqualTo(Code.UNKNOWN_HOOK);
    assertThat(sends(hook, "{\"body\":\"late\"}").statusCode()).isEqualTo(404);
    carol.close();
  }

  @Test
  void aHookEndsWithTheRoleOfItsMaker() {
    var hook = hook("grafana");
    changesRole(ann, bob, Role.OWNER);
    changesRole(ann, ann, Role.MEMBER);

    assertThat(refusal(sends(hook, "{\"body\":\"late\"}"))).isEqualTo("404 unknown-hook");

    changesRole(bob, ann, Role.OWNER);
    // it ended for good
    assertThat(refusal(sends(hook, "{\"body\":\"late\"}"))).isEqualTo("404 unknown-hook");
    assertThat(bob.rest().get(hooks()).as(InboundHookList.class).hooks()).isEmpty();
  }

  @Test
  void aHookEndsWhenItsMakerLeavesOrTheRoomIsDeleted() {
    var ofAnn = hook("first");
    changesRole(ann, bob, Role.OWNER);
    var ofBob = bob.rest().post(hooks(), new CreateInboundHook("second")).as(InboundHook.class);
    ann.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());
    assertThat(refusal(sends(ofAnn, "{\"body\":\"late\"}"))).isEqualTo("404 unknown-hook");
    assertThat(sends(ofBob, "{\"body\":\"still here\"}").statusCode()).isEqualTo(200);

    bob.rest().send("DELETE", "/v1/rooms/" + room, Optional.empty());

    assertThat(refusal(sends(ofBob, "{\"body\":\"late\"}"))).isEqualTo("404 unknown-hook");
  }

  @Test
  void refusalsHaveTheirCodes() {
    var hook = hook("grafana");

    assertThat(refusal(sends(hook, "{}"))).isEqualTo("400 bad-field");
    assertThat(refusal(sends(hook, "{"))).isEqualTo("400 malformed-json");
    assertThat(refusal(sends(hook, "{\"body\":\" \"}"))).isEqualTo("400 empty-body");
    assertThat(refusal(sends(hook, "{\"body\":\"" + "x".repeat(20_000) + "\"}")))
        .isEqualTo("400 body-too-long");
    assertThat(refusal(sends(hook, "{\"text\":\"" + "x".repeat(70_000) + "\"}")))
        .isEqualTo("413 body-too-large");
    assertThat(refusal(sends(hook, "{\"body\":\"a\"}", "Idempotency-Key", "k".repeat(256))))
        .isEqualTo("400 bad-field");
    assertThat(refusal(sends(hook, "{\"body\":\"a\"}", "Content-Type", "image/png")))
        .isEqualTo("415 unsupported-media-type");
    assertThat(ann.rest().post(hooks(), new CreateInboundHook("no name")).code())
        .isEqualTo(Code.BAD_FIELD);
    assertThat(bodies()).isEmpty();
  }

  @Test
  void theHooksOfARoomAreLimited() {
    for (var name : List.of("a", "b", "c")) hook(name);

    assertThat(ann.rest().post(hooks(), new CreateInboundHook("d")).code())
        .isEqualTo(Code.TOO_MANY_HOOKS);
  }

  @Test
  void aHookThatSendsTooMuchWaits() {
    var hook = hook("loop");
    for (int i = 0; i < 12; i++)
      assertThat(sends(hook, "{\"body\":\"" + i + "\"}").statusCode()).isEqualTo(200);

    var refused = sends(hook, "{\"body\":\"one more\"}");

    assertThat(refusal(refused)).isEqualTo("429 rate-limited");
    assertThat(refused.headers().firstValueAsLong("Retry-After"))
        .isNotEqualTo(OptionalLong.empty());
    // another hook of the room is not limited by it
    assertThat(sends(hook("calm"), "{\"body\":\"hello\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aHookMentionsMembersButNotEverybody() {
    var hook = hook("grafana");

    sends(hook, "{\"body\":\"@" + ann.name() + " and @room: look\"}");

    var message = seenStarting("@" + ann.name());
    assertThat(message.mentions()).contains(List.of(ann.name()));
  }

  @Test
  void moderatorsRedactTheMessagesOfAWebhook() {
    sends(hook("grafana"), "{\"body\":\"a secret\"}");
    var message = seen("a secret");
    ann.connects();
    ann.opens(room, 0);

    ann.says(new ClientFrame.Redact("r-1", room, message.seq(), Optional.empty()));

    bob.seesEntry(
        room,
        it -> it instanceof Entry.Redacted redacted && redacted.target() == message.seq(),
        "the redaction");
    var read =
        (Entry.Message)
            bob.history(room).stream()
                .filter(it -> it.seq() == message.seq())
                .findFirst()
                .orElseThrow();
    assertThat(read.body()).isEmpty();
    assertThat(read.program()).isEqualTo(message.program());
  }

  @Test
  void afterARestartTheSameKeyIsStillOneMessage() {
    try (var own = TestNode.start()) {
      var dora = Person.signsUp(own.uri("/"), "dora");
      var place = dora.makesRoom("a room", Visibility.PRIVATE);
      var hook =
          dora.rest()
              .post("/v1/rooms/" + place + "/inbound", new CreateInboundHook("cron"))
              .as(InboundHook.class);
      var first = sends(own, hook, "{\"body\":\"once\"}", "Idempotency-Key", "run-1");
      dora.close();

      own.restart();
      var second = sends(own, hook, "{\"body\":\"once\"}", "Idempotency-Key", "run-1");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(second.body()).isEqualTo(first.body());
    }
  }

  private InboundHook hook(String name) {
    var made = ann.rest().post(hooks(), new CreateInboundHook(name)).as(InboundHook.class);
    assertThat(made.token().orElseThrow()).hasSize(43);
    return made;
  }

  private String hooks() {
    return "/v1/rooms/" + room + "/inbound";
  }

  private Rest.Answer removes(Person person, InboundHook hook) {
    return person.rest().send("DELETE", hooks() + "/" + hook.hook(), Optional.empty());
  }

  private void changesRole(Person by, Person of, Role role) {
    var path = "/v1/rooms/" + room + "/members/" + of.name() + "/role";
    var answer = by.rest().send("PUT", path, Optional.of(Json.restText(new ChangeRole(role))));
    assertThat(answer.status()).isEqualTo(204);
  }

  private Entry.Message seen(String body) {
    return seenStarting(body);
  }

  private Entry.Message seenStarting(String beginning) {
    bob.seesEntry(
        room,
        it ->
            it instanceof Entry.Message message
                && message.body().filter(text -> text.startsWith(beginning)).isPresent(),
        beginning);
    return bob.log(room).stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .filter(it -> it.body().filter(text -> text.startsWith(beginning)).isPresent())
        .findFirst()
        .orElseThrow();
  }

  private List<String> bodies() {
    return bob.history(room).stream()
        .filter(Entry.Message.class::isInstance)
        .map(it -> ((Entry.Message) it).body().orElseThrow())
        .toList();
  }

  private static String refusal(HttpResponse<String> answer) {
    return new Rest.Answer(answer.statusCode(), answer.body()).refusal();
  }

  private static String payload(String file) throws IOException {
    return Files.readString(PAYLOADS.resolve(file));
  }

  private static HttpResponse<String> sends(InboundHook hook, String body, String... headers) {
    return sends(node, hook, body, headers);
  }

  private static HttpResponse<String> sends(
      TestNode to, InboundHook hook, String body, String... headers) {
    URI address = to.uri("/v1/hooks/" + token(hook));
    var request =
        HttpRequest.newBuilder(address)
            .timeout(Patience.LONGEST)
            .POST(BodyPublishers.ofString(body));
    if (!List.of(headers).contains("Content-Type"))
      request.header("Content-Type", "application/json; charset=utf-8");
    if (headers.length > 0) request.headers(headers);
    try {
      return Rest.CLIENT.send(request.build(), BodyHandlers.ofString());
    } catch (IOException fault) {
      throw new AssertionError(fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  private static String token(InboundHook hook) {
    return hook.token().orElseThrow();
  }
}

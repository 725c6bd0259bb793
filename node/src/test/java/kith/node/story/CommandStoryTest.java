package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kith.node.TestNode;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Bots;
import kith.protocol.rest.SlashCommands.AnswerCall;
import kith.protocol.rest.SlashCommands.AnsweredCall;
import kith.protocol.rest.SlashCommands.Argument;
import kith.protocol.rest.SlashCommands.CallCommand;
import kith.protocol.rest.SlashCommands.CommandList;
import kith.protocol.rest.SlashCommands.MadeCall;
import kith.protocol.rest.SlashCommands.NewCommand;
import kith.protocol.rest.SlashCommands.RegisterCommands;
import kith.protocol.rest.SlashCommands.RegisteredCommands;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Commands of bots: bob's bot offers one, ann calls it.
@Tag("story")
class CommandStoryTest {
  private static TestNode node;
  private static int stories;

  private Person ann;
  private Person bob;
  private Person poll;
  private String room;
  private String bot;

  @BeforeAll
  static void startNode() {
    // longer than any machine needs
    node =
        TestNode.start(
            Map.of(
                "kith.bots.call-time", "1h",
                "kith.bots.open-calls", "2",
                "kith.couriers.private-networks", "127.0.0.0/8",
                "kith.couriers.request-time", "1m"));
  }

  @AfterAll
  static void stopNode() {
    node.close();
  }

  @BeforeEach
  void bobHasABotInTheRoomOfAnn() {
    stories++;
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    bot = "poll" + stories;
    poll = makesBot(bot);
    ann.connects();
    ann.opens(room, 0);
    bob.connects();
    bob.opens(room, 0);
    assertThat(registers(poll, "vote").status()).isEqualTo(204);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
    poll.close();
  }

  @Test
  void aCallReachesTheBotAndItsAnswerIsAMessage() {
    poll.connects();
    assertThat(commands(bob).commands())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.name()).isEqualTo("vote");
          assertThat(it.bot()).isEqualTo(bot);
          assertThat(it.arguments()).extracting(Argument::name).containsExactly("number", "why");
        });

    var made = call("vote", "2  because of the sauce").as(MadeCall.class);

    var call = poll.hears(ServerFrame.Call.class, it -> it.call().equals(made.call()));
    assertThat(call.room()).isEqualTo(room);
    assertThat(call.by()).isEqualTo(ann.name());
    assertThat(call.command()).isEqualTo("vote");
    assertThat(call.text()).isEqualTo("2  because of the sauce");
    assertThat(call.arguments())
        .containsExactly(
            new ServerFrame.CallArgument("number", "2"),
            new ServerFrame.CallArgument("why", "because of the sauce"));
    var before = ann.log(room).size();
    var seq = answers(made, "pasta leads", false).as(AnsweredCall.class).seq();
    bob.sees(room, "pasta leads");
    ann.sees(room, "pasta leads");
    var message = (Entry.Message) ann.log(room).getLast();
    assertThat(message.seq()).isEqualTo(seq.orElseThrow());
    assertThat(message.by()).isEqualTo(bot);
    assertThat(message.program())
        .contains(
            new Entry.Program(
                "bot",
                Optional.empty(),
                Optional.of(bob.name()),
                Optional.of(new Entry.CommandCall(made.call(), "vote", ann.name()))));
    // the same answer again, as after a lost reply; the call itself is no entry
    assertThat(answers(made, "pasta leads", false).as(AnsweredCall.class).seq()).isEqualTo(seq);
    assertThat(answers(made, "nobody sees it", true).code()).isEqualTo(Code.CALL_OVER);
    assertThat(ann.log(room)).hasSize(before + 1);
  }

  @Test
  void anAnswerForTheCallerAloneIsNotAnEntry() {
    poll.connects();
    var made = call("vote", "2").as(MadeCall.class);
    var phone = ann.onAnotherDevice();
    phone.connects();

    var answered = answers(made, "You voted for pasta.", true).as(AnsweredCall.class);

    assertThat(answered.seq()).isEmpty();
    for (var device : List.of(ann, phone)) {
      var answer = device.hears(ServerFrame.Answer.class, it -> it.call().equals(made.call()));
      assertThat(answer.body()).contains("You voted for pasta.");
      assertThat(answer.bot()).isEqualTo(bot);
      assertThat(answer.room()).isEqualTo(room);
    }
    // the message to everybody comes after it
    ann.says(room, "done");
    bob.sees(room, "done");
    poll.opens(room, 0);
    poll.sees(room, "done");
    for (var other : List.of(bob, poll))
      assertThat(other.texts(room)).noneMatch(it -> it.contains("You voted"));
    assertThat(bob.hasHeard(ServerFrame.Answer.class)).isFalse();
    assertThat(ann.history(room))
        .filteredOn(it -> it.by().equals(bot) && it instanceof Entry.Message)
        .isEmpty();
    phone.close();
  }

  @Test
  void aBotThatConnectsLaterGetsItsOpenCalls() {
    var first = call("vote", "1").as(MadeCall.class);
    var second = call("vote", "2").as(MadeCall.class);
    assertThat(call("vote", "3").code()).isEqualTo(Code.TOO_MANY_CALLS);
    var elsewhere = bob.makesRoom("other " + stories, Visibility.PRIVATE);
    assertThat(
            bob.rest()
                .send("PUT", "/v1/bots/" + bot + "/rooms/" + elsewhere, Optional.empty())
                .status())
        .isEqualTo(204);
    var other = Person.withToken(node.uri("/"), bot, token(bot, true, List.of(elsewhere)));
    other.connects();
    var reader = Person.withToken(node.uri("/"), bot, token(bot, false, List.of(room)));
    reader.connects();

    poll.connects();

    poll.hears(ServerFrame.Call.class, it -> it.call().equals(first.call()));
    poll.hears(ServerFrame.Call.class, it -> it.call().equals(second.call()));
    answers(first, "one", false);
    ann.sees(room, "one");
    // a token for another room, and one that only reads, get no calls
    for (var device : List.of(other, reader)) {
      device.says(new ClientFrame.Ping(Optional.of("after")));
      device.hears(ServerFrame.Pong.class, _ -> true);
      assertThat(device.hasHeard(ServerFrame.Call.class)).isFalse();
      device.close();
    }
    assertThat(
            other
                .rest()
                .post(path(second) + "/answer", new AnswerCall("no", Optional.empty()))
                .code())
        .isEqualTo(Code.BOT_NOT_ALLOWED);
  }

  @Test
  void aCommandEndsWithTheRightOfItsBot() {
    var rival = makesBot("rival" + stories);
    assertThat(registers(rival, "other", "vote").code()).isEqualTo(Code.COMMAND_TAKEN);
    assertThat(registers(rival, "other").status()).isEqualTo(204);
    var open = call("vote", "1").as(MadeCall.class);

    ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/" + bot, Optional.empty());

    ann.seesEntry(
        room, it -> it instanceof Entry.Kicked gone && gone.user().equals(bot), "the bot goes");
    assertThat(call("vote", "1").code()).isEqualTo(Code.UNKNOWN_COMMAND);
    assertThat(answers(open, "late", false).code()).isEqualTo(Code.NOT_A_MEMBER);
    assertThat(registers(poll, "vote").code()).isEqualTo(Code.NOT_A_MEMBER);
    assertThat(registers(rival, "other", "vote").status()).isEqualTo(204);
    assertThat(commands(ann).commands())
        .extracting(it -> it.bot() + " " + it.name())
        .containsExactly(rival.name() + " other", rival.name() + " vote");
    // a bot goes with its owner
    bob.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());
    ann.seesEntry(
        room,
        it -> it instanceof Entry.Kicked gone && gone.user().equals(rival.name()),
        "the other bot goes");
    assertThat(call("vote", "1").code()).isEqualTo(Code.UNKNOWN_COMMAND);
    rival.close();
  }

  @Test
  void aCallIsPostedToTheAddressOfABot() throws Exception {
    poll.connects();
    try (var receiver = TestReceiver.start()) {
      assertThat(registersAt(poll, "http://[::1]/", "vote").code())
          .isEqualTo(Code.ADDRESS_NOT_ALLOWED);
      assertThat(registersAt(poll, "ftp://example.org/", "vote").code()).isEqualTo(Code.BAD_FIELD);
      var secret =
          registersAt(poll, receiver.url("/kith"), "vote").as(RegisteredCommands.class).secret();
      assertThat(secret).startsWith("whsec_");

      // the answer for everybody
      receiver.answersWith(200, "{\"body\":\"pasta leads\"}");
      var first = call("vote", "2  because of the sauce").as(MadeCall.class);
      bob.sees(room, "pasta leads");
      ann.sees(room, "pasta leads");
      var message = (Entry.Message) ann.log(room).getLast();
      assertThat(message.by()).isEqualTo(bot);
      assertThat(message.program().orElseThrow().call())
          .contains(new Entry.CommandCall(first.call(), "vote", ann.name()));
      var request = receiver.all().getFirst();
      assertThat(request.header("webhook-signature"))
          .isEqualTo(WebhooksStoryTest.signature(secret, request));
      assertThat(request.header("webhook-id")).isEqualTo(first.call());
      assertThat(request.json().path("type").asText()).isEqualTo("call");
      var data = request.json().path("data");
      assertThat(data.path("call").asText()).isEqualTo(first.call());
      assertThat(data.path("room").asText()).isEqualTo(room);
      assertThat(data.path("bot").asText()).isEqualTo(bot);
      assertThat(data.path("by").asText()).isEqualTo(ann.name());
      assertThat(data.path("text").asText()).isEqualTo("2  because of the sauce");
      assertThat(data.at("/arguments/1/value").asText()).isEqualTo("because of the sauce");
      // the same answer by another way is the same message
      assertThat(answers(first, "pasta leads", false).as(AnsweredCall.class).seq())
          .hasValue(message.seq());

      // the answer for the caller alone
      receiver.answersWith(201, "{\"body\":\"You voted.\",\"only\":true}");
      assertThat(told(call("vote", "2").as(MadeCall.class)).body()).contains("You voted.");

      // no answer yet
      receiver.answers(204);
      var later = call("vote", "1").as(MadeCall.class);
      receiver.hears(all -> all.size() == 3);
      assertThat(answers(later, "pizza leads", false).status()).isEqualTo(200);
      ann.sees(room, "pizza leads");

      // failures: the caller is notified at once, and the call is over
      receiver.answers(500);
      var failed = call("vote", "1").as(MadeCall.class);
      assertThat(told(failed).code()).contains(Code.BOT_FAILED.wire());
      assertThat(told(failed).message()).contains(bot + " failed: The receiver answered 500.");
      assertThat(answers(failed, "too late", false).code()).isEqualTo(Code.CALL_OVER);
      receiver.answersWith(200, "Thank you!");
      assertThat(told(call("vote", "1").as(MadeCall.class)).message())
          .contains(bot + " failed: The bot's response is not a valid answer.");
      receiver.answersWith(200, "{\"body\":\"" + "x".repeat(17_000) + "\"}");
      assertThat(told(call("vote", "1").as(MadeCall.class)).code())
          .contains(Code.BOT_FAILED.wire());
      receiver.isGone();
      assertThat(told(call("vote", "1").as(MadeCall.class)).message())
          .contains(bot + " failed: The receiver accepts no connection.");
      receiver.comesBack();

      // each call was posted once, and to no socket
      assertThat(receiver.all().stream().map(it -> it.header("webhook-id")))
          .doesNotHaveDuplicates();
      assertThat(poll.hasHeard(ServerFrame.Call.class)).isFalse();
      assertThat(bob.hasHeard(ServerFrame.Answer.class)).isFalse();
      var requests = receiver.all().size();
      assertThat(registers(poll, "vote").status()).isEqualTo(204);
      var onSocket = call("vote", "3").as(MadeCall.class);
      poll.hears(ServerFrame.Call.class, it -> it.call().equals(onSocket.call()));
      assertThat(receiver.all()).hasSize(requests);
    }
  }

  private ServerFrame.Answer told(MadeCall made) {
    return ann.hears(ServerFrame.Answer.class, it -> it.call().equals(made.call()));
  }

  @Test
  void requestsWithoutTheRightAreRefused() {
    var eve = Person.signsUp(node.uri("/"), "eve" + stories);
    assertThat(eve.rest().get("/v1/rooms/" + room + "/commands").code())
        .isEqualTo(Code.NOT_A_MEMBER);
    assertThat(calls(eve, "vote", Optional.empty(), "1").code()).isEqualTo(Code.NOT_A_MEMBER);
    assertThat(registers(ann, "mine").code()).isEqualTo(Code.NOT_ALLOWED);
    assertThat(calls(poll, "vote", Optional.empty(), "1").code()).isEqualTo(Code.BOT_NOT_ALLOWED);
    assertThat(call("none", "1").code()).isEqualTo(Code.UNKNOWN_COMMAND);
    assertThat(calls(ann, "vote", Optional.of("rival"), "1").code())
        .isEqualTo(Code.UNKNOWN_COMMAND);
    assertThat(call("vote", "").detail()).isEqualTo("The argument 'number' is missing.");
    assertThat(call("vote", "4").detail()).isEqualTo("The argument 'number' is one of: 1, 2, 3.");
    assertThat(call("vote", "1 " + "x".repeat(17_000)).code()).isEqualTo(Code.BODY_TOO_LONG);
    assertThat(registers(poll, "Not a name").code()).isEqualTo(Code.BAD_FIELD);

    // an answer for the caller alone needs somebody who takes it
    eve.joins(room);
    var unseen = calls(eve, "vote", Optional.of(bot), "1").as(MadeCall.class);
    assertThat(answers(unseen, "for eve", true).code()).isEqualTo(Code.CALLER_AWAY);
    eve.connects();
    assertThat(answers(unseen, "for eve", true).status()).isEqualTo(200);

    // an answer is for a member: the caller leaves before it
    var made = calls(eve, "vote", Optional.of(bot), "1").as(MadeCall.class);
    eve.rest().send("POST", "/v1/rooms/" + room + "/leave", Optional.empty());
    assertThat(answers(made, "for nobody", false).code()).isEqualTo(Code.CALL_OVER);
    assertThat(ann.texts(room)).doesNotContain("for nobody");
    assertThat(answers(made, " ", false).code()).isEqualTo(Code.EMPTY_BODY);
    var unknown = new MadeCall("c0", bot, "vote", made.until());
    assertThat(answers(unknown, "what", false).code()).isEqualTo(Code.UNKNOWN_CALL);
    eve.close();
  }

  private Person makesBot(String name) {
    bob.rest().post("/v1/bots", new Bots.CreateBot(name)).as(Bots.Bot.class);
    var entered = bob.rest().send("PUT", "/v1/bots/" + name + "/rooms/" + room, Optional.empty());
    assertThat(entered.status()).isEqualTo(204);
    return Person.withToken(node.uri("/"), name, token(name, true, List.of(room)));
  }

  private String token(String name, boolean write, List<String> rooms) {
    return bob.rest()
        .post(
            "/v1/bots/" + name + "/tokens",
            new Bots.CreateBotToken("test", write, Optional.of(rooms)))
        .as(Bots.BotToken.class)
        .token()
        .orElseThrow();
  }

  private Rest.Answer registers(Person who, String... names) {
    return registers(who, Optional.empty(), names);
  }

  private Rest.Answer registersAt(Person who, String url, String... names) {
    return registers(who, Optional.of(url), names);
  }

  private Rest.Answer registers(Person who, Optional<String> url, String... names) {
    var number = new Argument("number", Optional.empty(), Optional.of(List.of("1", "2", "3")));
    var why = new Argument("why", Optional.of(true), Optional.empty());
    var all =
        List.of(names).stream()
            .map(name -> new NewCommand(name, "Vote", Optional.of(List.of(number, why))))
            .toList();
    return who.rest()
        .send(
            "PUT",
            "/v1/rooms/" + room + "/commands",
            Optional.of(Json.restText(new RegisterCommands(all, url))));
  }

  private CommandList commands(Person who) {
    return who.rest().get("/v1/rooms/" + room + "/commands").as(CommandList.class);
  }

  private Rest.Answer call(String command, String text) {
    return calls(ann, command, Optional.empty(), text);
  }

  private Rest.Answer calls(Person who, String command, Optional<String> of, String text) {
    return who.rest()
        .post("/v1/rooms/" + room + "/calls", new CallCommand(command, of, Optional.of(text)));
  }

  private Rest.Answer answers(MadeCall made, String body, boolean only) {
    return poll.rest().post(path(made) + "/answer", new AnswerCall(body, Optional.of(only)));
  }

  private String path(MadeCall made) {
    return "/v1/rooms/" + room + "/calls/" + made.call();
  }
}

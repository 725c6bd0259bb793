package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import kith.node.TestNode;
import kith.node.feature.conversations.Conversations;
import kith.node.person.LiveRequests;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.People.Request;
import kith.protocol.rest.People.Requests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Users on two nodes who do not know each other ask for conversations.
@Tag("story")
class RequestStoryTest {
  @RegisterExtension
  static final TwoNodes NODES = TwoNodes.start(Map.of("kith.conversations.from", "rooms"));

  private final LiveRequests requests = new LiveRequests();

  @Test
  void aRequestIsReceivedAndAccepted() {
    var ann = here("ann");
    var bob = there("bob");
    ann.connectsWithInbox();
    bob.connectsWithInbox();
    assertThat(begins(ann, "bob").code()).isEqualTo(Code.REQUEST_REQUIRED);

    var sent = asks(ann, "bob", "May I ask you about tea?");

    assertThat(sent.status()).isEqualTo(202);
    assertThat(sent.as(Request.class).user()).isEqualTo("bob");
    requests.agrees(ann, "a request to bob", it -> it.outgoing().keySet().equals(Set.of("bob")));
    var shown =
        requests.agrees(
            bob, "a request of ann", it -> it.incoming().keySet().equals(Set.of("ann")));
    assertThat(shown.incoming().values())
        .extracting(Request::text)
        .containsExactly("May I ask you about tea?");
    assertThat(bob.inboxOverRest()).as("no conversation yet").isEmpty();
    assertThat(ann.inboxOverRest()).isEmpty();

    var room = bob.talksTo("ann");

    assertThat(bob.history(room))
        .last()
        .isInstanceOfSatisfying(
            Entry.Message.class,
            it -> {
              assertThat(it.by()).isEqualTo("ann");
              assertThat(it.body()).hasValue("May I ask you about tea?");
            });
    assertThat(bob.inbox(room, it -> it.unread() == 1).with()).hasValue("ann");
    ann.inbox(room, it -> it.seq() == 2 && it.unread() == 0 && it.read() == 2);
    requests.agrees(ann, "no request", it -> it.outgoing().isEmpty());
    requests.agrees(bob, "no request", it -> it.incoming().isEmpty());
    ann.opens(room);
    ann.says(room, "Thank you.");
    bob.inbox(room, it -> it.unread() == 2);
    ann.close();
    bob.close();
  }

  @Test
  void aSenderCannotTellADeclinedRequestFromAnUnansweredOrBlockedOne() {
    var ann = here("ann1");
    var declining = there("bob1");
    var silent = there("cem1");
    var blocking = there("dan1");
    blocking.rest().send("PUT", "/v1/account/blocked/ann1", Optional.empty());
    ann.connectsWithInbox();
    var all = List.of(declining, silent, blocking);
    for (var one : all) assertThat(asks(ann, one.name(), "hello").status()).isEqualTo(202);
    declining.connectsWithInbox();
    requests.agrees(declining, "a request of ann", it -> it.incoming().containsKey("ann1"));

    assertThat(ends(declining, "ann1").status()).isEqualTo(204);

    requests.agrees(declining, "no request", it -> it.incoming().isEmpty());
    assertThat(requestsOf(blocking).incoming()).isEmpty();
    var answers = new ArrayList<String>();
    for (var one : all) {
      answers.add(asks(ann, one.name(), "again").as(Request.class).text());
      answers.add(begins(ann, one.name()).refusal());
    }
    assertThat(answers)
        .containsExactlyElementsOf(
            List.of(
                "hello",
                "403 request-required",
                "hello",
                "403 request-required",
                "hello",
                "403 request-required"));
    requests.agrees(
        ann, "three requests", it -> it.outgoing().keySet().equals(Set.of("bob1", "cem1", "dan1")));
    assertThat(requestsOf(declining).incoming()).as("asked again").isEmpty();
    ann.close();
    declining.close();
  }

  @Test
  void usersOfTheSameRoomAndContactsNeedNoRequest() {
    var ann = here("ann2");
    var bob = there("bob2");
    var cem = there("cem2");
    bob.joins(ann.makesRoom("tea of ann2", Visibility.PUBLIC));
    assertThat(begins(ann, "bob2").status()).isEqualTo(200);
    assertThat(begins(ann, "cem2").code()).isEqualTo(Code.REQUEST_REQUIRED);

    cem.rest().send("PUT", "/v1/contacts/ann2", Optional.of("{}"));
    ann.rest().send("PUT", "/v1/contacts/cem2", Optional.of("{}"));

    cem.connectsWithInbox();
    cem.hears(
        ServerFrame.Contacts.class,
        it -> it.contacts().stream().anyMatch(contact -> contact.user().equals("ann2")));
    assertThat(begins(ann, "cem2").status()).isEqualTo(200);
    cem.close();
  }

  @Test
  void anAccountChoosesWhoMayBeginAConversation() {
    var ann = here("ann3");
    var bob = there("bob3");
    var eve = there("eve3");
    bob.joins(ann.makesRoom("tea of ann3", Visibility.PUBLIC));
    assertThat(choice(ann)).isEqualTo("rooms");

    chooses(ann, "contacts");

    assertThat(choice(ann)).isEqualTo("contacts");
    assertThat(begins(bob, "ann3").code()).isEqualTo(Code.REQUEST_REQUIRED);
    chooses(ann, "everyone");
    assertThat(begins(eve, "ann3").status()).isEqualTo(200);
    chooses(ann, "contacts");
    assertThat(begins(eve, "ann3").status()).as("it has begun").isEqualTo(200);
    assertThat(
            ann.rest()
                .send(
                    "PATCH",
                    "/v1/account",
                    Optional.of("{\"privacy\":{\"conversations\":\"nobody\"}}"))
                .code())
        .isEqualTo(Code.BAD_FIELD);
  }

  @Test
  void twoUsersWhoAskEachOtherAtTheSameTimeHaveAConversationWithBothMessages() {
    var ann = here("ann4");
    var bob = there("bob4");
    ann.connectsWithInbox();
    bob.connectsWithInbox();

    CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> asks(ann, "bob4", "from ann")),
            CompletableFuture.runAsync(() -> asks(bob, "ann4", "from bob")))
        .join();

    requests.agrees(ann, "no request", it -> it.incoming().isEmpty() && it.outgoing().isEmpty());
    requests.agrees(bob, "no request", it -> it.incoming().isEmpty() && it.outgoing().isEmpty());
    var room = ann.talksTo("bob4");
    assertThat(bob.talksTo("ann4")).isEqualTo(room);
    var texts =
        ann.history(room).stream()
            .filter(Entry.Message.class::isInstance)
            .map(it -> ((Entry.Message) it).body().orElseThrow())
            .toList();
    // one of the two may have begun the conversation instead, and posts its message itself
    assertThat(texts).doesNotHaveDuplicates().isSubsetOf("from ann", "from bob").isNotEmpty();
    ann.close();
    bob.close();
  }

  @Test
  void aWithdrawnRequestIsGoneAndCannotBeReplacedAtOnce() {
    var ann = here("ann5");
    var bob = there("bob5");
    bob.connectsWithInbox();
    asks(ann, "bob5", "hello");
    requests.agrees(bob, "a request of ann", it -> it.incoming().containsKey("ann5"));

    assertThat(ends(ann, "bob5").status()).isEqualTo(204);

    requests.agrees(bob, "no request", it -> it.incoming().isEmpty());
    var again = asks(ann, "bob5", "hello again");
    assertThat(again.refusal()).isEqualTo("429 too-many-requests");
    assertThat(again.json().path("retryAfterMillis").asLong()).isPositive();
    bob.close();
  }

  @Test
  void theRequestOfADeletedAccountIsGone() {
    var ann = here("ann8");
    var bob = there("bob8");
    bob.connectsWithInbox();
    asks(ann, "bob8", "hello");
    requests.agrees(bob, "a request of ann", it -> it.incoming().containsKey("ann8"));

    ann.deletesAccount();

    requests.agrees(bob, "no request", it -> it.incoming().isEmpty());
    assertThat(begins(bob, "ann8").code()).isEqualTo(Code.UNKNOWN_USER);
    bob.close();
  }

  @Test
  void aRequestSurvivesARestart() {
    try (var node = TestNode.start(Map.of("kith.conversations.from", "contacts"))) {
      var ann = Person.signsUp(node.uri("/"), "ann9");
      var bob = Person.signsUp(node.uri("/"), "bob9");
      bob.connectsWithInbox();
      asks(ann, "bob9", "hello");
      requests.agrees(bob, "a request of ann", it -> it.incoming().containsKey("ann9"));
      bob.close();

      node.restart();

      var again = bob.logsInAt(node.uri("/"));
      again.connectsWithInbox();
      requests.agrees(again, "a request of ann", it -> it.incoming().containsKey("ann9"));
      assertThat(again.history(again.talksTo("ann9"))).hasSize(2);
      again.close();
    }
  }

  @Test
  void aRequestNeedsAVisibleTextAndAnExistingUser() {
    var ann = here("ann6");
    there("bob6");

    assertThat(asks(ann, "bob6", " ").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(asks(ann, "bob6", "x".repeat(501)).code()).isEqualTo(Code.BAD_FIELD);
    assertThat(asks(ann, "nobody-here", "hello").code()).isEqualTo(Code.UNKNOWN_USER);
    assertThat(asks(ann, "ann6", "hello").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(asks(ann, "bob6", "x".repeat(500)).status()).isEqualTo(202);
  }

  @Test
  void aPendingRequestGivesItsSenderNoRoomAndNoPresence() {
    var ann = here("ann7");
    var bob = there("bob7");
    bob.connectsWithInbox();
    asks(ann, "bob7", "hello");
    requests.agrees(bob, "a request of ann", it -> it.incoming().containsKey("ann7"));
    var eve = here("eve7");
    var room = "/v1/rooms/" + wouldBe("ann7", "bob7");

    assertThat(ann.rest().get(room).code()).isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(ann.rest().get(room + "/presence").code()).isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(bob.rest().get(room).code()).isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(eve.rest().get(room).code()).isEqualTo(Code.UNKNOWN_ROOM);
    assertThat(bob.inboxOverRest()).extracting(InboxRoom::room).isEmpty();
    bob.close();
  }

  private static String wouldBe(String one, String other) {
    return Conversations.id(one, other);
  }

  private static Person here(String name) {
    return Person.signsUp(NODES.here().uri("/"), name);
  }

  private static Person there(String name) {
    return Person.signsUp(NODES.there().uri("/"), name);
  }

  private static Rest.Answer begins(Person who, String with) {
    return who.rest().send("PUT", "/v1/users/" + with + "/conversation", Optional.empty());
  }

  private static Rest.Answer asks(Person who, String with, String text) {
    return who.rest()
        .send(
            "PUT",
            "/v1/users/" + with + "/conversation",
            Optional.of("{\"request\":\"" + text + "\"}"));
  }

  private static Rest.Answer ends(Person who, String with) {
    return who.rest().send("DELETE", "/v1/requests/" + with, Optional.empty());
  }

  private static Requests requestsOf(Person who) {
    return who.rest().get("/v1/requests").as(Requests.class);
  }

  private static void chooses(Person who, String choice) {
    var body = "{\"privacy\":{\"conversations\":\"" + choice + "\"}}";
    assertThat(who.rest().send("PATCH", "/v1/account", Optional.of(body)).status()).isEqualTo(200);
  }

  private static String choice(Person who) {
    return who.rest().get("/v1/account").json().path("privacy").path("conversations").asText();
  }
}

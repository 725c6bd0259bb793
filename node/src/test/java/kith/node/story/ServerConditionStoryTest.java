package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.platform.database.Jdbc;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The decisions of administrators about the whole server: maintenance, banned networks,
/// announcements and owners.
@Tag("story")
@Order(StoryOrder.WAITING)
class ServerConditionStoryTest {
  @SuppressWarnings("NullAway.Init")
  private static TestNode node;

  @BeforeAll
  static void start() {
    node =
        TestNode.start(
            Map.of(
                "kith.administration.announcements", "2",
                "kith.http.trusted-proxies", "127.0.0.0/8",
                "kith.rooms.members", "77",
                "kith.administration.filter.words", "spam",
                "kith.administration.filter.hosts", "evil.example"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static Operator.Printed run(TestNode node, String... arguments) {
    return new Operator(node).tries(arguments);
  }

  private static String admin(TestNode node, String... arguments) {
    return new Operator(node).does(arguments);
  }

  private static Rest.Answer patches(Person person, String name) {
    return person
        .rest()
        .send("PATCH", "/v1/account", Optional.of("{\"displayName\":\"" + name + "\"}"));
  }

  private static ClientFrame.Send message(String id, String room, String text) {
    return new ClientFrame.Send(id, room, text, OptionalLong.empty());
  }

  @Test
  void inMaintenanceEverybodyReadsAndNobodyChangesAnything() {
    try (var node = TestNode.start();
        var other = node.another()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      var bob = Person.signsUp(node.uri("/"), "bob").logsInAt(other.uri("/"));
      var room = ann.makesRoom("lobby", Visibility.PUBLIC);
      bob.joins(room);
      ann.connects();
      ann.says(new ClientFrame.Open(room, OptionalLong.empty()));
      ann.says(message("m1", room, "before"));
      ann.hears(ServerFrame.Ack.class, it -> it.id().equals("m1"));
      bob.connects();

      admin(node, "maintenance", "on", "We", "move.");

      for (var person : List.of(ann, bob))
        assertThat(person.hears(ServerFrame.Notices.class, _ -> true).maintenance())
            .contains("We move.");
      ann.says(message("m2", room, "during"));
      var refusal = ann.hears(ServerFrame.Problem.class, it -> it.id().equals(Optional.of("m2")));
      assertThat(refusal.code()).isEqualTo("maintenance");
      assertThat(refusal.message()).isEqualTo("We move.");
      assertThat(refusal.retryAfterMillis()).isPresent();
      // bob is connected to the other node
      assertThat(patches(bob, "Bob").refusal()).isEqualTo("503 maintenance");
      assertThat(bob.history(room)).anyMatch(it -> it.toString().contains("before"));
      assertThat(bob.onAnotherDevice().rest().get("/v1/account").status()).isEqualTo(200);
      // signing in with an identity provider, which this server does not have
      assertThat(
              bob.rest().send("POST", "/v1/identity/company/device", Optional.of("{}")).refusal())
          .isEqualTo("404 unknown-provider");

      node.restart();

      var again = ann.logsInAt(node.uri("/"));
      assertThat(patches(again, "Ann").refusal()).isEqualTo("503 maintenance");
      assertThat(admin(node, "maintenance")).contains("by @operator", "Users read: We move.");
      admin(node, "maintenance", "off");
      assertThat(patches(again, "Ann").status()).isEqualTo(200);
      bob.hears(ServerFrame.Notices.class, it -> it.maintenance().isEmpty());
    }
  }

  @Test
  void announcementsReachEverybodyIncludingLaterClients() {
    var ann = Person.signsUp(node.uri("/"), "amy");
    ann.connects();

    admin(node, "announce", "Cake", "at", "four.");
    var heard = ann.hears(ServerFrame.Notices.class, _ -> true).announcements().getFirst();
    admin(node, "announce", "And", "tea.", "--days", "1");

    assertThat(heard.text()).isEqualTo("Cake at four.");
    var bob = Person.signsUp(node.uri("/"), "bea");
    bob.connects();
    assertThat(bob.hears(ServerFrame.Notices.class, _ -> true).announcements())
        .extracting(ServerFrame.Announcement::text)
        .containsExactly("Cake at four.", "And tea.");
    assertThat(run(node, "announce", "Too", "much").err()).contains("withdraw one first");
    assertThat(admin(node, "announcements").lines()).hasSize(2);
    assertThat(admin(node, "announcements", "--limit", "1").lines()).hasSize(1);
    assertThat(admin(node, "announcements", "four").lines())
        .singleElement(InstanceOfAssertFactories.STRING)
        .contains("Cake");
    admin(node, "withdraw", String.valueOf(heard.number()));
    assertThat(admin(node, "announcements", "--json")).contains("And tea.");
    ann.hears(ServerFrame.Notices.class, it -> it.announcements().size() == 1);
  }

  @Test
  void clientsOfABannedNetworkAreRefusedAndDisconnected() throws Exception {
    var ann = Person.signsUp(node.uri("/"), "ann");
    ann.connects();

    admin(node, "ban", "127.0.0.9/30", "spam");
    assertThat(admin(node, "bans", "spam")).startsWith("127.0.0.8/30");
    assertThat(ann.rest().get("/v1/account").status()).isEqualTo(200);
    admin(node, "ban", "127.0.0.1");

    assertThat(ann.hears(ServerFrame.Goodbye.class, _ -> true).code()).isEqualTo("network-banned");
    assertThat(ann.isHungUpOn()).isEqualTo(1013);
    for (var path : List.of("/v1/account", "/v1/server", "/v1/socket"))
      assertThat(ann.rest().get(path).refusal()).as(path).isEqualTo("403 network-banned");
    assertThat(
            new Rest(node.uri("/"), Optional.empty())
                .send("POST", "/v1/tokens", Optional.of("{}"))
                .refusal())
        .isEqualTo("403 network-banned");
    assertThat(admin(node, "bans", "--json")).contains("127.0.0.8/30", "127.0.0.1/32");
    admin(node, "unban", "127.0.0.1");
    ann.connects();
  }

  @Test
  void behindATrustedProxyTheClientsNetworkCounts() throws Exception {
    admin(node, "ban", "203.0.113.0/24");

    assertThat(status(node, "203.0.113.7")).isEqualTo(403);
    assertThat(status(node, "203.0.114.7")).isEqualTo(200);
  }

  private static int status(TestNode node, String client) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(node.uri("/v1/server")).header("X-Forwarded-For", client).build();
    return Rest.CLIENT.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void exactlyOneOfSeveralFirstAccountsOwnsTheServer() throws Exception {
    try (var node = TestNode.start(Map.of("kith.accounts.sign-up.first-is-owner", "true"));
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var people = new ArrayList<Person>();
      for (var one :
          pool.invokeAll(
              IntStream.range(0, 12)
                  .<Callable<Person>>mapToObj(i -> () -> Person.signsUp(node.uri("/"), "p" + i))
                  .toList())) people.add(one.get());

      var owners =
          people.stream()
              .filter(it -> it.rest().get("/v1/admin/accounts").status() == 200)
              .toList();
      assertThat(owners).hasSize(1);
      assertThat(admin(node, "show", owners.getFirst().name())).contains("role     owner");
      awaits(
          "owner, as the first account",
          () -> admin(node, "audit", "--account", owners.getFirst().name()));
    }
  }

  @Test
  void withoutTheAuditLogAdministratorsCanDoNothing() throws Exception {
    try (var node = TestNode.start()) {
      var ann = Person.signsUp(node.uri("/"), "ann");
      admin(node, "show", "ann");
      // another writer has taken the next number of the log
      try (var connection =
          DriverManager.getConnection(
              node.database().url(),
              node.database().user().orElseThrow(),
              node.database().password().orElseThrow())) {
        Jdbc.change(
            connection,
            "ALTER TABLE event_journal ADD CONSTRAINT no_audit CHECK (persistence_id <>"
                + " 'audit|log') NOT VALID");
      }

      assertThat(run(node, "disable", "ann").err())
          .contains("The audit log does not answer, so nothing was done");
      assertThat(run(node, "maintenance", "on").err()).contains("nothing was done");

      assertThat(patches(ann, "Ann at " + Instant.EPOCH).status()).isEqualTo(200);
    }
  }

  @Test
  void theLimitsInForceAreShown() {
    assertThat(admin(node, "limits").lines())
        .anyMatch(it -> it.matches("membersPerRoom +77"))
        .anyMatch(it -> it.matches("lengths.topic +500"));
    assertThat(admin(node, "limits", "--json")).startsWith("{\"limits\":{");
  }

  @Test
  void aTextWithAFilteredWordIsRefusedAndOnlyItsAuthorIsNotified() {
    var ann = Person.signsUp(node.uri("/"), "ada");
    var room = ann.makesRoom("ads", Visibility.PUBLIC);
    ann.connects();
    ann.says(new ClientFrame.Open(room, OptionalLong.empty()));

    ann.says(message("m1", room, "look at https://www.evil.example/x"));
    ann.says(message("m2", room, "hello"));
    ann.hears(ServerFrame.Ack.class, it -> it.id().equals("m2"));

    assertThat(ann.hears(ServerFrame.Problem.class, it -> it.id().equals(Optional.of("m1"))).code())
        .isEqualTo("text-not-accepted");
    assertThat(ann.history(room)).noneMatch(it -> it.toString().contains("evil"));
    assertThat(admin(node, "filter", "so", "much", "SPAM")).contains("The filter finds: spam.");
    assertThat(admin(node, "filter", "so", "much", "ham")).contains("accepts");
  }

  private static void awaits(String wanted, Supplier<String> text) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!text.get().contains(wanted))
      if (System.nanoTime() > deadline) throw new AssertionError("not in time: " + wanted);
  }
}

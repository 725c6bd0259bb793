package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.PersonFiles;
import kith.node.person.Rest;
import kith.node.platform.database.Jdbc;
import kith.protocol.Code;
import kith.protocol.Visibility;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.InboundHooks;
import kith.protocol.rest.Webhooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The entries of the audit log, and the detection of changes to it.
@Tag("story")
class AuditStoryTest {
  @SuppressWarnings("NullAway.Init")
  private TestNode node;

  @SuppressWarnings("NullAway.Init")
  private Person ann;

  @BeforeEach
  void start() {
    node =
        TestNode.start(
            Map.of(
                "kith.administration.audit.retention", "1h",
                "kith.couriers.private-networks", "127.0.0.0/8",
                "kith.files.scan.command", "grep,-c,-v,harmful"));
    ann = Person.signsUp(node.uri("/"), "ann");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private Operator.Printed run(String... arguments) {
    return new Operator(node).tries(arguments);
  }

  private String awaits(Predicate<String> wanted, String... arguments) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var now = run(arguments).out();
    while (!wanted.test(now)) {
      if (System.nanoTime() > deadline) throw new AssertionError("still " + now);
      now = run(arguments).out();
    }
    return now;
  }

  private void logsIn(String password) {
    new Rest(node.uri("/"), Optional.empty())
        .post(
            "/v1/tokens",
            new Accounts.LogIn(
                "ann", password, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void logInsActsInRoomsAndAdministratorsAreRecorded() {
    logsIn("a wrong password");
    var bob = Person.signsUp(node.uri("/"), "bob");
    var room = ann.makesRoom("lobby", Visibility.PUBLIC);
    bob.joins(room);
    ann.rest().send("DELETE", "/v1/rooms/" + room + "/members/bob", Optional.empty());
    run("disable", "bob");
    var inbound =
        ann.rest()
            .post("/v1/rooms/" + room + "/inbound", new InboundHooks.CreateInboundHook("monitor"))
            .as(InboundHooks.InboundHook.class);
    removes("/v1/rooms/" + room + "/inbound/" + inbound.hook());
    var receiver = new Webhooks.CreateWebhook("http://127.0.0.1:9/a-secret-path", Optional.empty());
    for (var hooks : List.of("/v1/rooms/" + room + "/webhooks", "/v1/account/webhooks"))
      removes(hooks + "/" + ann.rest().post(hooks, receiver).as(Webhooks.Webhook.class).webhook());

    var ofBob = awaits(it -> it.contains("room-kick"), "audit", "--account", "bob");
    assertThat(ofBob)
        .contains("by ann, account bob, room " + room)
        .contains("admin-disable")
        .contains("by @operator, account bob")
        .contains("sign-up");
    var ofAnn = awaits(it -> it.contains("log-in-refused"), "audit", "--account", "ann");
    assertThat(ofAnn).contains("from 127.0.0.1, wrong-credentials").doesNotContain("password");
    assertThat(run("audit", "--act", "room-kick", "--json").out().lines()).hasSize(1);
    assertThat(run("audit", "--since", "2100-01-01T00:00:00Z").out()).isEmpty();
    assertThat(run("audit", "--since", "yesterday").err()).contains("since", "a time in UTC");
    assertThat(run("audit", "--until", "2100-01-01T00:00:00Z").out()).isNotEmpty();
    assertThat(run("audit", "--until", "2000-01-01T00:00:00Z").out()).isEmpty();
    var ofHooks = awaits(it -> it.lines().count() == 2, "audit", "--act", "webhook-removed");
    assertThat(ofHooks).contains("room " + room).contains("127.0.0.1").doesNotContain("secret");
    assertThat(run("audit", "--act", "webhook-created").out().lines()).hasSize(2);
    assertThat(run("audit", "--act", "inbound-hook-created").out()).contains("monitor");
    assertThat(run("audit", "--act", "inbound-hook-removed").out()).contains(inbound.hook());
    readsAndRestartsCouriers(receiver);
    assertThat(run("audit", "verify").out()).contains("The audit log is whole. Entry ");
  }

  private void readsAndRestartsCouriers(Webhooks.CreateWebhook receiver) {
    run("grant", "ann", "administrator");
    var courier =
        ann.rest().post("/v1/account/webhooks", receiver).as(Webhooks.Webhook.class).webhook();

    for (var path : List.of("/v1/admin/couriers", "/v1/admin/bots"))
      assertThat(ann.rest().get(path).status()).as(path).isEqualTo(200);
    ann.rest().send("POST", "/v1/admin/couriers/" + courier + "/restart", Optional.empty());

    assertThat(run("audit", "--act", "admin-read").out())
        .contains("by ann, couriers")
        .contains("by ann, bots");
    assertThat(run("audit", "--act", "admin-courier").out()).contains("by ann, " + courier);
  }

  /// The scanner here is grep: it ends with 1 if each line of a file has the word.
  @Test
  void filesRefusedByTheScannerAreRecorded() {
    var content = "harmful".getBytes(StandardCharsets.UTF_8);
    ann.connects();
    var room = ann.makesRoom("lobby", Visibility.PUBLIC);
    ann.opens(room, 0);
    var file = ann.files().creates("harmful.txt", content).file();
    ann.files().puts(file, content, 0, content.length);

    assertThat(ann.files().finishes(file).code()).isEqualTo(Code.FILE_INFECTED);

    var audited = awaits(it -> !it.isEmpty(), "audit", "--act", "file-infected");
    assertThat(audited)
        .contains("by ann")
        .contains("sha256 " + PersonFiles.sha256(content) + ", 7 bytes: 0")
        .doesNotContain("harmful.txt");
    assertThat(ann.files().finishes(file).code()).as("again").isEqualTo(Code.FILE_INFECTED);
    assertThat(ann.files().puts(file, content, 0, 1).code()).isEqualTo(Code.FILE_INFECTED);
    ann.files().asksToSend(room, "infected", "", file);
    assertThat(ann.isRefused("infected").code()).isEqualTo(Code.FILE_INFECTED.wire());
    assertThat(ann.files().creates("harmful.txt", content).offset()).isZero();

    var harmless = ann.files().uploads("a.txt", "good".getBytes(StandardCharsets.UTF_8));
    assertThat(ann.files().sends(room, "look", harmless).seq()).isPositive();
  }

  private void removes(String path) {
    assertThat(ann.rest().send("DELETE", path, Optional.empty()).status()).isEqualTo(204);
  }

  @Test
  void changedRemovedAndCutOffEntriesAreDetected() throws Exception {
    for (var i = 0; i < 5; i++) run("show", "ann");
    awaits(it -> it.lines().count() > 5, "audit");
    assertThat(run("audit", "verify").status()).isZero();

    change(
        "UPDATE event_journal SET event_payload = (SELECT event_payload FROM event_journal"
            + " WHERE persistence_id = 'audit|log' AND sequence_number = 2)"
            + " WHERE persistence_id = 'audit|log' AND sequence_number = 3");
    assertThat(run("audit", "verify").err()).contains("Entry 3, or the one before it, was changed");
    change("DELETE FROM event_journal WHERE persistence_id = 'audit|log' AND sequence_number = 3");
    assertThat(run("audit", "verify").err()).contains("Entry 3 is missing");
    change("DELETE FROM event_journal WHERE persistence_id = 'audit|log' AND sequence_number >= 3");
    assertThat(run("audit", "verify").err()).contains("The last entries are missing, from 3 on");
    change("DELETE FROM event_journal WHERE persistence_id = 'audit|log' AND sequence_number = 1");
    assertThat(run("audit", "verify").err()).contains("The beginning of the log is missing");
  }

  private void change(String sql) throws Exception {
    try (var connection =
        DriverManager.getConnection(
            node.database().url(),
            node.database().user().orElseThrow(),
            node.database().password().orElseThrow())) {
      assertThat(Jdbc.change(connection, sql)).isPositive();
    }
  }

  @Test
  void theLogContinuesAfterARestart() {
    run("show", "ann");
    node.restart();
    run("show", "ann");

    assertThat(run("audit", "verify").out()).contains("whole");
    assertThat(run("audit", "--act", "admin-read").out().lines().count()).isGreaterThan(1);
  }
}

package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.node.CouriersCommand;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.feature.push.ScriptedSmtp;
import kith.node.feature.push.TestMail;
import kith.node.feature.push.WebPushReceiver;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.person.TestPorts;
import kith.protocol.Code;
import kith.protocol.NotificationContents;
import kith.protocol.NotificationLevel;
import kith.protocol.Visibility;
import kith.protocol.frame.ClientFrame;
import kith.protocol.json.Json;
import kith.protocol.rest.Notifications;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Notifications of people who are away, by an ntfy server.
@Tag("story")
@Order(StoryOrder.LONG)
class PushStoryTest {
  private static final Pattern CODE = Pattern.compile("\\b\\d{8}\\b");

  private static TestNode node;
  private static GreenMail mail;
  private static int stories;

  private TestReceiver ntfy;
  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    mail = TestMail.server(TestPorts.free(), ServerSetup.PROTOCOL_SMTP);
    mail.start();
    node =
        TestNode.start(
            Map.ofEntries(
                Map.entry("kith.couriers.private-networks", "127.0.0.0/8"),
                Map.entry("kith.push.delay", "100ms"),
                Map.entry("kith.push.per-account", "2"),
                Map.entry("kith.push.keywords", "2"),
                Map.entry("kith.push.email.host", "127.0.0.1"),
                Map.entry("kith.push.email.port", String.valueOf(mail.getSmtp().getPort())),
                Map.entry("kith.push.email.encryption", "none"),
                Map.entry("kith.push.email.from", "kith@example.org"),
                Map.entry("kith.push.email.interval", "1s"),
                Map.entry("kith.push.email.address", "https://chat.example.org"),
                // the tests ask for the state of a receiver until it is as wanted
                Map.entry("kith.http.requests.per-second", "1000000"),
                Map.entry("kith.http.requests.burst", "1000000")));
  }

  @AfterAll
  static void stopNode() {
    node.close();
    mail.stop();
  }

  @BeforeEach
  void bobIsAwayAndHasAReceiver() {
    stories++;
    ntfy = TestReceiver.start();
    ann = Person.signsUp(node.uri("/"), "ann" + stories);
    bob = Person.signsUp(node.uri("/"), "bob" + stories);
    room = ann.makesRoom("room " + stories, Visibility.PUBLIC);
    bob.joins(room);
    ann.connects();
    ann.opens(room, 0);
  }

  @AfterEach
  void close() {
    ann.close();
    bob.close();
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

  private void chooses(NotificationContents contents, String... keywords) {
    chooses(OptionalInt.empty(), contents, keywords);
  }

  private void chooses(OptionalInt away, NotificationContents contents, String... keywords) {
    bob.rest()
        .send(
            "PUT",
            "/v1/account/notifications",
            Optional.of(
                Json.restText(
                    new Notifications.ChooseNotifications(
                        contents, List.of(keywords), Optional.empty(), away))))
        .as(Notifications.NotificationRules.class);
  }

  private void chooses(NotificationLevel level) {
    bob.rest()
        .send(
            "PUT",
            "/v1/account/notifications/" + room,
            Optional.of(Json.restText(new Notifications.ChooseLevel(level))));
  }

  private List<Notifications.Push> receivers(Person person) {
    return person
        .rest()
        .getWhenAvailable("/v1/account/push")
        .as(Notifications.Pushes.class)
        .pushes();
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
    chooses(NotificationContents.FULL, "harvest");
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
  void theAccountChoosesWhatANotificationShows() {
    registers(bob, "topic");
    chooses(NotificationLevel.ALL);
    ann.says(room, "a secret");
    hears("A new message by " + ann.name() + ".");

    chooses(NotificationContents.OFF);
    ann.says(room, "another secret");

    hears("A new message by " + ann.name() + ".", "You have a new message.");
    assertThat(ntfy.accepted().getLast().text()).doesNotContain(ann.name()).doesNotContain("room");
  }

  @Test
  void messagesReadMutedOrRedactedMeanwhileAreNotSent() throws Exception {
    registers(bob, "topic");
    chooses(NotificationContents.FULL);
    chooses(NotificationLevel.ALL);
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
    awaitsRead(read);
    ann.says(room, "last");

    ntfy.answersAlways(200);

    // the first one was read, too
    hears(ann.name() + ": last");
  }

  private void awaitsRead(long seq) throws SQLException {
    awaits(
        "SELECT 1 FROM read_position WHERE account = ? AND room = ? AND read >= ?",
        bob.name(),
        room,
        seq);
  }

  private static void awaits(String sql, Object... values) throws SQLException {
    var database = node.database();
    try (var connection =
            DriverManager.getConnection(
                database.url(), database.user().orElseThrow(), database.password().orElseThrow());
        var query = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) query.setObject(i + 1, values[i]);
      var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
      while (!query.executeQuery().next())
        if (System.nanoTime() > deadline) throw new AssertionError("not there: " + sql);
    }
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
    chooses(NotificationContents.FULL);
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
    chooses(OptionalInt.of(1_440), NotificationContents.FULL);
    bob.connects();
    bob.opens(room, 0);
    bob.says(room, "I am here");
    awaits("SELECT 1 FROM push_activity WHERE account = ?", bob.name());

    ann.says(room, "@" + bob.name() + " @" + carol.name() + " look");

    var first = ntfy.hears(all -> !all.isEmpty());
    assertThat(first).allMatch(it -> it.json().path("topic").asText().equals("carol"));
    // as if he had left
    chooses(NotificationContents.FULL);
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
    chooses(NotificationContents.FULL);
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
    chooses(NotificationContents.SENDER);
    reminds("plants", "water the plants", Instant.now());
    var again = ntfy.hears(all -> all.getLast().method().equals("POST")).getLast();
    assertThat(again.text()).contains("A reminder is due.").doesNotContain("plants");
    assertThat(again.json().path("sequence_id")).isNotEqualTo(first.path("sequence_id"));

    // a user who has used a device since was told there
    ntfy.answersAlways(503);
    var refused = ntfy.all().size();
    reminds("told", "told already", Instant.now());
    ntfy.hears(all -> all.size() > refused);
    bob.connects();
    bob.opens(room, 0);
    bob.says(room, "I am here");
    awaits("SELECT 1 FROM push_activity WHERE account = ?", bob.name());
    triesAgain(push);
    awaits(
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
    chooses(NotificationLevel.ALL);

    ann.says(room, "hello");

    hears("A new message by " + ann.name() + ".");
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (receivers(bob).stream().noneMatch(it -> it.state().equals("ended")))
      if (System.nanoTime() > deadline) throw new AssertionError(receivers(bob).toString());
    assertThat(ntfy.accepted().getFirst().json().path("topic").asText()).isEqualTo("laptop");
  }

  @Test
  void aReceiverBelongsToTheAccountThatRegisteredItLast() {
    registers(bob, "topic");

    registers(ann, "topic");

    assertThat(receivers(bob)).isEmpty();
    assertThat(receivers(ann)).hasSize(1);
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
    chooses(NotificationContents.FULL);

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

    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (!receivers(bob).getFirst().state().equals("dead"))
      if (System.nanoTime() > deadline) throw new AssertionError(receivers(bob).toString());
    assertThat(ntfy.all()).hasSize(1);
  }

  private static MimeMessage mail(String to, Predicate<String> isWanted) throws Exception {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    while (true) {
      for (var each : mail.getReceivedMessages())
        if (each.getAllRecipients()[0].toString().equals(to)
            && isWanted.test(each.getContent().toString())) return each;
      if (System.nanoTime() > deadline) throw new AssertionError("no e-mail to " + to);
      mail.waitForIncomingEmail(1_000, mail.getReceivedMessages().length + 1);
    }
  }

  /// The page that a browser shows, or a mail program that ends e-mail gets.
  private static String asBrowser(String method, String path) throws Exception {
    var request =
        HttpRequest.newBuilder(node.uri(path))
            .header("content-type", "application/x-www-form-urlencoded")
            .method(method, HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click"))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private Rest.Answer asksForEmail(String address) {
    return bob.rest().post("/v1/account/email", new Notifications.AddEmail(address));
  }

  private Rest.Answer confirms(String code) {
    return bob.rest()
        .send(
            "PUT",
            "/v1/account/email",
            Optional.of(Json.restText(new Notifications.ConfirmEmail(code))));
  }

  @Test
  void unreadMessagesComeByEmailUntilItsLinkEndsThat() throws Exception {
    var address = "bob" + stories + "@example.org";
    assertThat(asksForEmail(address + "\r\nBcc: eve@example.org").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(asksForEmail(address).status()).isEqualTo(204);
    var text = mail(address, it -> CODE.matcher(it).find()).getContent().toString();
    var code = CODE.matcher(text).results().findFirst().orElseThrow().group();
    assertThat(confirms(code.equals("00000000") ? "00000001" : "00000000").code())
        .isEqualTo(Code.WRONG_CODE);
    assertThat(receivers(bob)).isEmpty();
    var push = confirms(code).as(Notifications.Push.class);
    assertThat(push.url()).isEqualTo("mailto:" + address);
    assertThat(confirms(code).code()).isEqualTo(Code.WRONG_CODE);
    chooses(NotificationContents.FULL);
    var direct = ann.talksTo(bob.name());
    ann.opens(direct, 0);

    // everything is decided when the mail server is there again
    mail.stop();
    var mention = "@" + bob.name() + " ";
    var read = ann.says(room, mention + "read").seq();
    var redacted = ann.says(room, mention + "redacted").seq();
    ann.says(room, mention + "the tomatoes are ripe");
    ann.says(room, "nothing for him");
    ann.says(direct, "just you");
    ann.says(new ClientFrame.Redact("r1", room, redacted, Optional.empty()));
    bob.connects();
    bob.opens(room, 0);
    bob.says(new ClientFrame.Read(room, read));
    awaitsRead(read);
    awaits("SELECT 1 FROM push_event WHERE account = ? HAVING count(*) = 4", bob.name());
    mail.start();
    bob.rest().send("POST", "/v1/account/push/" + push.push() + "/restart", Optional.empty());

    var digest = mail(address, it -> it.contains("tomatoes"));
    assertThat(digest.getSubject()).isEqualTo("2 unread messages");
    assertThat(digest.getContent().toString())
        .contains("room " + stories)
        .contains(ann.name() + ": " + mention + "the tomatoes are ripe")
        .contains("just you")
        .contains("./kith push remove " + push.push())
        .doesNotContain("redacted")
        .doesNotContain(mention + "read")
        .doesNotContain("nothing for him");
    var link = digest.getHeader("List-Unsubscribe", null);
    assertThat(digest.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    var path = link.substring("<https://chat.example.org".length(), link.length() - 1);
    assertThat(asBrowser("POST", path + "x")).contains("no further e-mail");
    assertThat(asBrowser("GET", path)).contains("<form method=\"post\">");
    assertThat(receivers(bob)).hasSize(1);
    assertThat(asBrowser("POST", path)).contains("no further e-mail");
    assertThat(receivers(bob)).isEmpty();
  }

  /// The mail server refuses the recipient with 550.
  @Test
  void aPermanentlyRefusedAddressIsDeadUntilItIsRestarted() throws Exception {
    var address = "bob" + stories + "@example.org";
    assertThat(asksForEmail(address).status()).isEqualTo(204);
    var text = mail(address, it -> CODE.matcher(it).find()).getContent().toString();
    var code = CODE.matcher(text).results().findFirst().orElseThrow().group();
    var push = confirms(code).as(Notifications.Push.class).push();
    chooses(NotificationContents.FULL);

    isRefused("the first");
    assertThat(receivers(bob).getFirst().reason().orElseThrow()).contains("550");
    assertThat(couriers())
        .containsPattern(push + " +email +dead ")
        .contains("example.org")
        .doesNotContain(address);
    var restart = "/v1/account/push/" + push + "/restart";
    assertThat(ann.rest().send("POST", restart, Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_RECEIVER);
    assertThat(bob.rest().send("POST", restart, Optional.empty()).status()).isEqualTo(204);
    mail(address, it -> it.contains("the first"));
    assertThat(receivers(bob).getFirst().state()).isEqualTo("active");

    isRefused("the second");
    assertThat(couriers("--restart", push)).contains("The courier tries again.");
    mail(address, it -> it.contains("the second"));
    assertThat(couriers()).containsPattern(push + " +email +active ");
  }

  /// Mentions bob, who is away, while the mail server does not know his address.
  private void isRefused(String message) throws Exception {
    var port = mail.getSmtp().getPort();
    mail.stop();
    try (var _ = ScriptedSmtp.startAt(port, "220 hi", "250 here", "250 ok", "550 no such user")) {
      ann.says(room, "@" + bob.name() + " " + message);
      var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
      while (!receivers(bob).getFirst().state().equals("dead"))
        if (System.nanoTime() > deadline) throw new AssertionError(receivers(bob).toString());
    }
    mail.start();
  }

  /// What an operator sees of `./kith couriers`.
  private static String couriers(String... more) {
    var data = Objects.requireNonNull(node.adminSocket().getParent()).resolveSibling("").toString();
    var all = new ArrayList<>(List.of("--data", data, "--port", String.valueOf(node.port())));
    all.addAll(List.of(more));
    var out = new StringWriter();
    var line = new CommandLine(new CouriersCommand()).setOut(new PrintWriter(out, true));
    assertThat(line.execute(all.toArray(String[]::new))).isZero();
    return out.toString();
  }

  @Test
  void theNumberOfCodesIsLimited() {
    var address = "carol" + stories + "@example.org";
    for (var i = 0; i < 5; i++) assertThat(asksForEmail(address).status()).isEqualTo(204);

    assertThat(asksForEmail("dan@example.org").code()).isEqualTo(Code.TOO_MANY_ATTEMPTS);
    for (var i = 0; i < 10; i++) assertThat(confirms("no").code()).isEqualTo(Code.WRONG_CODE);
    var codes =
        Stream.of(mail.getReceivedMessages())
            .map(GreenMailUtil::getBody)
            .flatMap(it -> CODE.matcher(it).results().map(MatchResult::group));
    assertThat(codes.map(it -> confirms(it).code())).containsOnly(Code.WRONG_CODE);
  }

  @Test
  void aTestSaysWhetherTheReceiverAccepts() {
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
    assertThat(receivers(bob)).isEmpty();
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

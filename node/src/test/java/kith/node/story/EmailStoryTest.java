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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kith.node.CouriersCommand;
import kith.node.StoryOrder;
import kith.node.TestNode;
import kith.node.feature.push.ScriptedSmtp;
import kith.node.feature.push.TestMail;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.node.person.Rest;
import kith.node.person.TestPorts;
import kith.protocol.Code;
import kith.protocol.NotificationContents;
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

/// Digests by e-mail for people who are away.
@Tag("story")
@Order(StoryOrder.WAITING)
class EmailStoryTest {
  private static final Pattern CODE = Pattern.compile("\\b\\d{8}\\b");

  private static TestNode node;
  private static GreenMail mail;
  private static int stories;

  private PushCast cast;
  private Person ann;
  private Person bob;
  private String room;

  @BeforeAll
  static void startNode() {
    mail = TestMail.server(TestPorts.free(), ServerSetup.PROTOCOL_SMTP);
    mail.start();
    var changed = new HashMap<>(PushCast.SETTINGS);
    changed.put("kith.push.email.host", "127.0.0.1");
    changed.put("kith.push.email.port", String.valueOf(mail.getSmtp().getPort()));
    changed.put("kith.push.email.encryption", "none");
    changed.put("kith.push.email.from", "kith@example.org");
    changed.put("kith.push.email.interval", "1s");
    changed.put("kith.push.email.address", "https://chat.example.org");
    node = TestNode.start(changed);
  }

  @AfterAll
  static void stopNode() {
    node.close();
    mail.stop();
  }

  @BeforeEach
  void bobIsAway() {
    stories++;
    cast = new PushCast(node, stories);
    ann = cast.ann();
    bob = cast.bob();
    room = cast.room();
  }

  @AfterEach
  void close() {
    cast.close();
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

  /// The response to a browser, or to a mail program that unsubscribes.
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
  void unreadMessagesComeByEmailUntilTheLinkInItUnsubscribes() throws Exception {
    var address = "bob" + stories + "@example.org";
    assertThat(asksForEmail(address + "\r\nBcc: eve@example.org").code()).isEqualTo(Code.BAD_FIELD);
    assertThat(asksForEmail(address).status()).isEqualTo(204);
    var text = mail(address, it -> CODE.matcher(it).find()).getContent().toString();
    var code = CODE.matcher(text).results().findFirst().orElseThrow().group();
    assertThat(confirms(code.equals("00000000") ? "00000001" : "00000000").code())
        .isEqualTo(Code.WRONG_CODE);
    assertThat(cast.receivers(bob)).isEmpty();
    var push = confirms(code).as(Notifications.Push.class);
    assertThat(push.url()).isEqualTo("mailto:" + address);
    assertThat(confirms(code).code()).isEqualTo(Code.WRONG_CODE);
    cast.chooses(NotificationContents.FULL);
    var direct = ann.talksTo(bob.name());
    ann.opens(direct, 0);

    // everything is decided when the mail server is available again
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
    cast.awaitsRead(read);
    cast.awaits("SELECT 1 FROM push_event WHERE account = ? HAVING count(*) = 4", bob.name());
    mail.start();
    bob.rest().send("POST", "/v1/account/push/" + push.push() + "/restart", Optional.empty());

    var digest = mail(address, it -> it.contains("tomatoes"));
    assertThat(digest.getSubject()).isEqualTo("2 unread messages");
    assertThat(digest.getContent().toString())
        .contains("room " + stories)
        .contains(ann.name() + ": " + mention + "the tomatoes are ripe")
        .contains("just you")
        .contains("kith push remove " + push.push())
        .doesNotContain("redacted")
        .doesNotContain(mention + "read")
        .doesNotContain("nothing for him");
    var link = digest.getHeader("List-Unsubscribe", null);
    assertThat(digest.getHeader("List-Unsubscribe-Post", null))
        .isEqualTo("List-Unsubscribe=One-Click");
    var path = link.substring("<https://chat.example.org".length(), link.length() - 1);
    assertThat(asBrowser("POST", path + "x")).contains("no further e-mail");
    assertThat(asBrowser("GET", path)).contains("<form method=\"post\">");
    assertThat(cast.receivers(bob)).hasSize(1);
    assertThat(asBrowser("POST", path)).contains("no further e-mail");
    assertThat(cast.receivers(bob)).isEmpty();
  }

  /// The mail server refuses the recipient with 550.
  @Test
  void aPermanentlyRefusedAddressIsDeadUntilItIsRestarted() throws Exception {
    var address = "bob" + stories + "@example.org";
    assertThat(asksForEmail(address).status()).isEqualTo(204);
    var text = mail(address, it -> CODE.matcher(it).find()).getContent().toString();
    var code = CODE.matcher(text).results().findFirst().orElseThrow().group();
    var push = confirms(code).as(Notifications.Push.class).push();
    cast.chooses(NotificationContents.FULL);

    isRefused("the first");
    assertThat(cast.receivers(bob).getFirst().reason().orElseThrow()).contains("550");
    assertThat(couriers())
        .containsPattern(push + " +email +dead ")
        .contains("example.org")
        .doesNotContain(address);
    var restart = "/v1/account/push/" + push + "/restart";
    assertThat(ann.rest().send("POST", restart, Optional.empty()).code())
        .isEqualTo(Code.UNKNOWN_RECEIVER);
    assertThat(bob.rest().send("POST", restart, Optional.empty()).status()).isEqualTo(204);
    mail(address, it -> it.contains("the first"));
    assertThat(cast.receivers(bob).getFirst().state()).isEqualTo("active");

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
      cast.awaitsState("dead");
    }
    mail.start();
  }

  /// The output of `./kith couriers`.
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
}

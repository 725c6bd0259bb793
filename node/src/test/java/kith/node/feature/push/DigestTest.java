package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import kith.node.feature.courier.Carrier;
import kith.node.feature.courier.Delivery;
import kith.protocol.NotificationContents;
import kith.protocol.frame.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {
  private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Entry.Message message(String by, String body) {
    return new Entry.Message(
        1,
        AT,
        by,
        "id",
        Optional.of(body),
        OptionalLong.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static final List<Digest.Room> ROOMS =
      List.of(
          new Digest.Room(
              "garden", false, List.of(message("ann", "ripe"), message("carol", "@bob look"))),
          new Digest.Room("", true, List.of(message("dan", "just you"))));

  @Test
  void theAccountChoosesTheContentsOfADigest() {
    assertThat(Digest.of(NotificationContents.OFF, ROOMS, BERLIN))
        .isEqualTo(new Digest("3 unread messages", "You have 3 unread messages.\n"));
    assertThat(Digest.of(NotificationContents.SENDER, ROOMS, BERLIN).text())
        .isEqualTo("garden: 2 messages by ann, carol\ndan: 1 message\n");
    assertThat(Digest.of(NotificationContents.FULL, ROOMS, BERLIN).text())
        .isEqualTo(
            """
            garden
              23 Nov 13:00  ann: ripe
              23 Nov 13:00  carol: @bob look

            dan
              23 Nov 13:00  just you

            Times are in Europe/Berlin.
            """);
  }

  @Test
  void aMessageIsOneLineWithoutControlCharacters() {
    var room =
        new Digest.Room(
            "a\r\nroom", false, List.of(message("ann", "one\r\n.\r\nBcc: eve\u001b[31m\u202e")));

    assertThat(Digest.of(NotificationContents.FULL, List.of(room), BERLIN).text())
        .startsWith("a room\n  23 Nov 13:00  ann: one . Bcc: eve [31m\n\n");
  }

  @Test
  void aLongDigestNamesTheNumberOfOmittedMessages() {
    var messages = IntStream.range(0, 60).mapToObj(i -> message("ann", "text " + i)).toList();

    var digest =
        Digest.of(
            NotificationContents.FULL, List.of(new Digest.Room("garden", false, messages)), BERLIN);

    assertThat(digest.subject()).isEqualTo("60 unread messages");
    assertThat(digest.text())
        .contains("text 49\n")
        .doesNotContain("text 50")
        .contains("And 10 more.");
  }

  @Test
  void aDigestWaitsForItsFirstMessageAndForTheOneBefore() {
    var hour = Duration.ofHours(1);

    assertThat(EmailCarrier.due(AT, Optional.empty(), hour)).isEqualTo(AT.plus(hour));
    assertThat(EmailCarrier.due(AT, Optional.of(AT.minusSeconds(60)), hour))
        .isEqualTo(AT.plus(hour));
    assertThat(EmailCarrier.due(AT, Optional.of(AT.plusSeconds(60)), hour))
        .isEqualTo(AT.plus(hour).plusSeconds(60));
  }

  @Test
  void onlyAPermanentRefusalOfTheAddressEndsTheAttempts() {
    assertThat(EmailCarrier.step(new Delivery.Answered(250, Optional.empty()), 7))
        .isEqualTo(new Carrier.Delivered(7));
    assertThat(EmailCarrier.step(new Delivery.Answered(550, Optional.empty()), 7))
        .isEqualTo(
            new Carrier.Failed(
                "The mail server refuses the address (550).", Optional.empty(), true));
    assertThat(EmailCarrier.step(new Delivery.Answered(450, Optional.empty()), 7))
        .isEqualTo(
            new Carrier.Failed(
                "The mail server refuses the address (450).", Optional.empty(), false));
    assertThat(EmailCarrier.step(new Delivery.Unanswered("It hangs."), 7))
        .isEqualTo(Carrier.Failed.because("It hangs."));
    assertThat(EmailCarrier.step(new Delivery.Postponed(Duration.ofSeconds(3)), 7))
        .isEqualTo(new Carrier.Postponed(Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bob@example.org", "b.o+b@mail.example.org", "bob@localhost"})
  void addressesAreAccepted(String text) {
    var address = MailAddress.of(text).orElseThrow();

    assertThat(MailAddress.of(address.url())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bob",
        "@example.org",
        "bob@",
        "bob@-example.org",
        "bob@example..org",
        ".bob@example.org",
        "bob@example.org, eve@example.org",
        "bob@example.org\r\nBcc: eve@example.org",
        "Bob <bob@example.org>",
        "bob@[127.0.0.1]",
        "b\u00f6b@example.org",
        "b ob@example.org"
      })
  void invalidAddressesAreRefused(String text) {
    assertThat(MailAddress.of(text)).isEmpty();
  }
}

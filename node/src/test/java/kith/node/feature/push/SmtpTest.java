package kith.node.feature.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import kith.node.feature.courier.Delivery;
import kith.node.feature.courier.Delivery.Answered;
import kith.node.feature.courier.Delivery.Unanswered;
import kith.node.feature.push.EmailSettings.Encryption;
import kith.node.person.Patience;
import org.junit.jupiter.api.Test;

/// The commands to mail servers, and the effects of their answers.
class SmtpTest {
  private static final Mail MAIL =
      new Mail(
          "bob@example.org",
          "3 unread\r\nBcc: eve@example.org",
          "ann: Tomaten f\u00fcr dich\n.\n",
          "tag",
          Optional.of(URI.create("https://chat.example.org/v1/email/p.t")));

  private static Delivery.Outcome sent(int port, Encryption encryption, Optional<String> user) {
    var settings =
        new EmailSettings(
            "localhost",
            port,
            encryption,
            user,
            user.map(_ -> "secret"),
            "kith@example.org",
            Duration.ofHours(1),
            Optional.empty());
    return new Smtp(
            settings,
            Patience.LONGEST,
            (SSLSocketFactory) SSLSocketFactory.getDefault(),
            Clock.systemUTC())
        .send(MAIL);
  }

  private static Delivery.Outcome sent(String... answers) throws IOException {
    try (var server = ScriptedSmtp.start(answers)) {
      return sent(server.port(), Encryption.NONE, Optional.empty());
    }
  }

  @Test
  void aMailServerGetsOneRecipientAndTheHeadersOfADigest() throws MessagingException, IOException {
    var server = TestMail.server(0, ServerSetup.PROTOCOL_SMTP);
    server.start();
    try {
      assertThat(sent(server.getSmtp().getPort(), Encryption.NONE, Optional.empty()))
          .isEqualTo(new Answered(250, Optional.empty()));

      assertThat(server.getReceivedMessages()).hasSize(1);
      MimeMessage mail = server.getReceivedMessages()[0];
      assertThat(mail.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("bob@example.org");
      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getSubject()).isEqualTo("3 unread Bcc: eve@example.org");
      assertThat(mail.getHeader("From")).containsExactly("Kith <kith@example.org>");
      assertThat(mail.getHeader("Message-ID")).containsExactly("<tag@example.org>");
      assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(mail.getHeader("List-Unsubscribe"))
          .containsExactly("<https://chat.example.org/v1/email/p.t>");
      assertThat(mail.getHeader("List-Unsubscribe-Post"))
          .containsExactly("List-Unsubscribe=One-Click");
      assertThat(mail.getContentType()).isEqualTo("text/plain; charset=UTF-8");
      assertThat(mail.getContent().toString().lines())
          .containsExactly("ann: Tomaten f\u00fcr dich", ".");
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerWithoutAValidCertificateGetsNothing() {
    var server = TestMail.server(0, ServerSetup.PROTOCOL_SMTPS);
    server.start();
    try {
      assertThat(sent(server.getSmtps().getPort(), Encryption.TLS, Optional.of("kith")))
          .isEqualTo(new Unanswered("The mail server cannot be used at present."));
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void aServerThatDoesNotEncryptGetsNothing() throws IOException {
    try (var server = ScriptedSmtp.start("220 hi", "250-here\r\n250 AUTH PLAIN")) {
      assertThat(sent(server.port(), Encryption.STARTTLS, Optional.of("kith")))
          .isInstanceOf(Unanswered.class);
      assertThat(server.commands()).noneMatch(it -> it.startsWith("AUTH") || it.startsWith("MAIL"));
    }
  }

  @Test
  void onlyARefusalOfTheRecipientCountsAgainstTheAddress() throws IOException {
    assertThat(sent("220 hi", "250 here", "250 ok", "550 no such user"))
        .isEqualTo(new Answered(550, Optional.empty()));
    assertThat(sent("220 hi", "250 here", "250 ok", "450 later"))
        .isEqualTo(new Answered(450, Optional.empty()));
    assertThat(sent("220 hi", "250 here", "553 bad sender"))
        .isEqualTo(new Unanswered("The mail server refuses the e-mail (553)."));
    assertThat(sent("220 hi", "250 here", "250 ok", "250 ok", "354 go", "554 spam"))
        .isEqualTo(new Unanswered("The mail server refuses the e-mail (554)."));
    assertThat(sent("554 not here")).isInstanceOf(Unanswered.class);
  }

  @Test
  void errorSentencesContainNoPassword() throws IOException {
    try (var server =
        ScriptedSmtp.start("220 hi", "250-here\r\n250 AUTH PLAIN", "535 wrong password")) {
      var settings =
          new EmailSettings(
              "localhost",
              server.port(),
              Encryption.NONE,
              Optional.of("kith"),
              Optional.of("secret"),
              "kith@example.org",
              Duration.ofHours(1),
              Optional.empty());
      var outcome =
          new Smtp(
                  settings,
                  Patience.LONGEST,
                  (SSLSocketFactory) SSLSocketFactory.getDefault(),
                  Clock.systemUTC())
              .send(MAIL);

      assertThat(outcome)
          .isEqualTo(new Unanswered("The mail server does not accept the user of this server."));
      assertThat(List.of(settings.toString(), outcome.toString()))
          .noneMatch(it -> it.contains("secret"));
    }
  }
}

package kith.node.feature.push;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;
import kith.node.feature.courier.Delivery;
import kith.node.feature.push.EmailSettings.Encryption;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// Hands e-mail to the operator's mail server. Each one has a connection of its own.
final class Smtp {
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final int ACCEPTED = 250;

  private final EmailSettings settings;
  private final Session session;
  private final Clock clock;

  /// @param time for the connection, and for each answer of the mail server
  /// @param tls accepts the certificate of the mail server
  Smtp(EmailSettings settings, Duration time, SSLSocketFactory tls, Clock clock) {
    this.settings = settings;
    this.session = Session.getInstance(properties(settings, time, tls));
    this.clock = clock;
  }

  private static Properties properties(
      EmailSettings settings, Duration time, SSLSocketFactory tls) {
    var properties = new Properties();
    var millis = String.valueOf(time.toMillis());
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", String.valueOf(settings.user().isPresent()));
    properties.put("mail.smtp.from", settings.from());
    properties.put("mail.smtp.localhost", domain(settings));
    properties.put("mail.smtp.ssl.socketFactory", tls);
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.enable", String.valueOf(settings.encryption() == Encryption.TLS));
    var upgrades = String.valueOf(settings.encryption() == Encryption.STARTTLS);
    properties.put("mail.smtp.starttls.enable", upgrades);
    properties.put("mail.smtp.starttls.required", upgrades);
    return properties;
  }

  private static String domain(EmailSettings settings) {
    return settings.from().replaceFirst(".*@", "");
  }

  /// The host and port, by which requests are bounded.
  URI server() {
    return URI.create("smtp://" + settings.host() + ":" + settings.port());
  }

  /// Returns when the mail server has answered, or not answered in time. The status of an answer is
  /// that of SMTP: below 300 if it accepts the e-mail, from 400 if it refuses the recipient for
  /// now, from 500 if it refuses the recipient permanently.
  Delivery.Outcome send(Mail mail) {
    try (var transport = session.getTransport("smtp")) {
      transport.connect(
          settings.host(), settings.port(), orNull(settings.user()), orNull(settings.password()));
      var message = message(mail);
      transport.sendMessage(message, new Address[] {new InternetAddress(mail.to(), true)});
      return new Delivery.Answered(ACCEPTED, Optional.empty());
    } catch (AuthenticationFailedException _) {
      return new Delivery.Unanswered("The mail server does not accept the user of this server.");
    } catch (SendFailedException refused) {
      return refused(refused);
    } catch (MessagingException fault) {
      return new Delivery.Unanswered("The mail server cannot be used at present.");
    }
  }

  private static @Nullable String orNull(Optional<String> text) {
    return text.isPresent() ? text.get() : null;
  }

  private MimeMessage message(Mail mail) throws MessagingException {
    var message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + mail.id() + "@" + domain(settings) + ">");
          }
        };
    message.setFrom(from());
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSubject(oneLine(mail.subject()), UTF_8);
    message.setSentDate(Date.from(clock.instant()));
    message.setText(mail.text(), UTF_8);
    message.setHeader("Auto-Submitted", "auto-generated");
    if (mail.stop().isPresent()) {
      message.setHeader("List-Unsubscribe", "<" + mail.stop().get() + ">");
      // RFC 8058 asks for https
      if ("https".equals(mail.stop().get().getScheme()))
        message.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }
    return message;
  }

  private InternetAddress from() {
    try {
      return new InternetAddress(settings.from(), "Kith", UTF_8);
    } catch (UnsupportedEncodingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  /// Only a refusal of the recipient is an answer about the recipient. A refusal of the sender or
  /// of the text is for the operator.
  private static Delivery.Outcome refused(SendFailedException refused) {
    var status = 0;
    for (@Nullable Exception each = refused; each != null; each = next(each))
      switch (each) {
        case SMTPAddressFailedException recipient -> {
          return new Delivery.Answered(recipient.getReturnCode(), Optional.empty());
        }
        case SMTPSendFailedException message -> status = message.getReturnCode();
        case SMTPSenderFailedException sender -> status = sender.getReturnCode();
        default -> {}
      }
    return new Delivery.Unanswered("The mail server refuses the e-mail (%d).".formatted(status));
  }

  private static @Nullable Exception next(Exception fault) {
    return fault instanceof MessagingException messaging ? messaging.getNextException() : null;
  }
}

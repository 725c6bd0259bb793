package kith.node.feature.push;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import kith.node.platform.config.CourierIntervals;
import kith.node.platform.config.Section;

/// The mail server that takes the node's e-mail.
///
/// @param password of `user`
/// @param from the address of the sender
/// @param interval between two digests of an account, at least
/// @param address the URL at which the recipients' mail programs and browsers reach the server
public record EmailSettings(
    String host,
    int port,
    Encryption encryption,
    Optional<String> user,
    Optional<String> password,
    String from,
    Duration interval,
    Optional<URI> address) {
  /// Empty if no mail server is named.
  static Optional<EmailSettings> read(Section in) {
    var host = in.optionalText("host");
    var port = in.number("port", 1, 65535);
    var encryption = in.choice("encryption", Encryption.class);
    var user = in.optionalText("user");
    var password = in.textOrFile("password");
    var from = in.optionalText("from");
    var interval = in.time("interval");
    var address = in.optionalAddress("address");
    if (host.isEmpty()) return Optional.empty();
    if (from.filter(text -> text.matches("[^\\s\\p{Cntrl}@<>]+@[^\\s\\p{Cntrl}@<>]+")).isEmpty())
      throw in.wrong("from", "must be an address such as kith@example.org");
    if (user.isPresent() != password.isPresent())
      throw in.wrong("password", "must be set if user is, and only then");
    if (user.isPresent() && encryption == Encryption.NONE)
      throw in.wrong("encryption", "must not be none with a password, which others could read");
    if (interval.compareTo(CourierIntervals.RAREST_DIGEST) > 0)
      throw in.wrong(
          "interval", "must be at most " + CourierIntervals.RAREST_DIGEST.toDays() + " days");
    return Optional.of(
        new EmailSettings(
            host.get(), port, encryption, user, password, from.get(), interval, address));
  }

  /// The encryption of a connection to the mail server.
  public enum Encryption {
    /// TLS by an upgrade of the connection, without which nothing is sent.
    STARTTLS,
    /// TLS from its beginning.
    TLS,
    NONE
  }

  /// Omits the password.
  @Override
  public String toString() {
    return "EmailSettings[" + host + ":" + port + "]";
  }
}

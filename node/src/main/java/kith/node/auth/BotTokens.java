package kith.node.auth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import kith.node.auth.Tokens.Access;
import kith.node.core.room.Invitations;

/// Tokens of bots: `kithbot.USER.SECRET`, with the user name in Base64. The account keeps the hash
/// of the secret, as the id of a device, so a token is valid for as long as the account knows it.
public final class BotTokens {
  private static final String PREFIX = "kithbot.";
  private static final String DEVICE = "bot-";
  private static final int LONGEST = 1024;

  private BotTokens() {}

  /// @param device under which the account knows it
  public record BotToken(String device, String text) {
    @Override
    public String toString() {
      return "token of a bot";
    }
  }

  public static BotToken create(String user) {
    var secret = BearerSecret.create();
    var name =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(user.getBytes(StandardCharsets.UTF_8));
    return new BotToken(device(secret), PREFIX + name + "." + secret);
  }

  /// The user whose token this is, if it is one of a bot. Only the account knows whether it is
  /// valid.
  static Optional<Access> access(String token) {
    var parts = token.split("\\.", -1);
    if (token.length() > LONGEST || !token.startsWith(PREFIX) || parts.length != 3)
      return Optional.empty();
    try {
      var user = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
      return user.isEmpty() ? Optional.empty() : Optional.of(new Access(user, device(parts[2]), 0));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /// True if the caller was named by a token of a bot, whose secret was not checked.
  public static boolean isOfBot(Access caller) {
    return caller.device().startsWith(DEVICE);
  }

  private static String device(String secret) {
    return DEVICE + Invitations.hash(secret);
  }
}

package kith.terminal.plain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import kith.protocol.ConversationsFrom;
import kith.protocol.ShownTo;
import kith.protocol.rest.Accounts;
import kith.protocol.rest.Accounts.Privacy;
import kith.terminal.net.Rest;

/// The privacy settings of an account as lines of text, and their changes.
public final class PrivacyLines {
  private PrivacyLines() {}

  /// Shows the settings, after a change if there is one.
  public static List<String> run(Rest rest, Optional<Privacy> change) {
    var account =
        change.isEmpty()
            ? rest.account()
            : rest.changeProfile(
                new Accounts.ChangeProfile(
                    Optional.empty(), Optional.empty(), Optional.empty(), change));
    return account.privacy().map(PrivacyLines::lines).orElse(List.of());
  }

  /// Empty if there is no such setting or value.
  public static Optional<Privacy> change(String setting, String value) {
    return switch (setting.toLowerCase(Locale.ROOT)) {
      case "conversations" ->
          choice(ConversationsFrom.values(), value)
              .map(it -> privacy(none(), none(), Optional.empty(), Optional.of(it)));
      case "last-seen" ->
          choice(ShownTo.values(), value)
              .map(it -> privacy(Optional.of(it), none(), Optional.empty(), Optional.empty()));
      case "receipts" ->
          choice(ShownTo.values(), value)
              .map(it -> privacy(none(), Optional.of(it), Optional.empty(), Optional.empty()));
      case "typing" ->
          Stream.of("on", "off")
              .filter(value::equalsIgnoreCase)
              .findFirst()
              .map(it -> privacy(none(), none(), Optional.of(it.equals("on")), Optional.empty()));
      default -> Optional.empty();
    };
  }

  private static Optional<ShownTo> none() {
    return Optional.empty();
  }

  private static Privacy privacy(
      Optional<ShownTo> lastSeen,
      Optional<ShownTo> receipts,
      Optional<Boolean> typing,
      Optional<ConversationsFrom> conversations) {
    return new Privacy(lastSeen, receipts, typing, conversations);
  }

  private static <E extends Enum<E>> Optional<E> choice(E[] all, String value) {
    return Stream.of(all).filter(it -> it.name().equalsIgnoreCase(value)).findFirst();
  }

  private static List<String> lines(Privacy now) {
    return List.of(
        "conversations  " + now.conversations().map(PrivacyLines::who).orElse("everyone"),
        "last-seen      " + audience(now.lastSeen()),
        "receipts       " + audience(now.receipts()),
        "typing         " + (now.typing().orElse(true) ? "on" : "off"),
        "Set with: conversations everyone|rooms|contacts, last-seen or receipts"
            + " everyone|contacts|nobody, typing on|off");
  }

  private static String who(ConversationsFrom who) {
    return switch (who) {
      case EVERYONE -> "everyone";
      case ROOMS -> "rooms (users in one of your rooms, and contacts; others send a request)";
      case CONTACTS -> "contacts (others send a request)";
    };
  }

  private static String audience(Optional<ShownTo> audience) {
    return audience.orElse(ShownTo.EVERYONE).name().toLowerCase(Locale.ROOT);
  }
}

package kith.terminal.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;

/// The emoji reactions of messages.
public final class Reactions {
  private Reactions() {}

  /// Idempotent: a message that was read later already contains the reaction.
  static Entry.Message applied(Entry.Message message, Entry.Reacted news) {
    if (message.redaction().isPresent()) return message;
    boolean isRemoved = news.removed().orElse(false);
    if (isBy(message, news.emoji(), news.by()) != isRemoved) return message;
    return message.withReactions(
        isRemoved
            ? without(of(message), news.emoji(), news.by())
            : with(of(message), news.emoji(), news.by()));
  }

  private static List<Entry.Reaction> with(List<Entry.Reaction> all, String emoji, String user) {
    if (all.stream().noneMatch(it -> it.emoji().equals(emoji))) {
      var longer = new ArrayList<>(all);
      longer.add(new Entry.Reaction(emoji, List.of(user)));
      return longer;
    }
    return all.stream().map(it -> it.emoji().equals(emoji) ? with(it, user) : it).toList();
  }

  private static Entry.Reaction with(Entry.Reaction reaction, String user) {
    var users = new ArrayList<>(reaction.users());
    users.add(user);
    return new Entry.Reaction(reaction.emoji(), users);
  }

  private static List<Entry.Reaction> without(List<Entry.Reaction> all, String emoji, String user) {
    return all.stream()
        .map(it -> it.emoji().equals(emoji) ? without(it, user) : it)
        .filter(it -> !it.users().isEmpty())
        .toList();
  }

  private static Entry.Reaction without(Entry.Reaction reaction, String user) {
    return new Entry.Reaction(
        reaction.emoji(), reaction.users().stream().filter(it -> !it.equals(user)).toList());
  }

  /// A removed message has none.
  public static List<Entry.Reaction> of(Entry.Message message) {
    return message.redaction().isPresent() ? List.of() : message.reactions().orElse(List.of());
  }

  private static boolean isBy(Entry.Message message, String emoji, String user) {
    return of(message).stream()
        .anyMatch(it -> it.emoji().equals(emoji) && it.users().contains(user));
  }

  /// The latest message by another user, to which a reaction without a target belongs.
  public static OptionalLong latestTarget(Timeline log, String me) {
    return log.entries().reversed().stream()
        .filter(it -> it instanceof Entry.Message message && message.redaction().isEmpty())
        .filter(it -> !it.by().equals(me))
        .mapToLong(Entry::seq)
        .findFirst();
  }

  /// A post that adds the user's reaction, or removes it if the user has reacted with this emoji.
  ///
  /// @param own the user's posts without an entry, oldest first; they count as accepted
  public static ClientFrame.React toggled(
      String id,
      String room,
      long target,
      String emoji,
      String me,
      Timeline log,
      Collection<ClientFrame.Post> own) {
    boolean isInLog =
        log.find(target)
            .map(it -> it instanceof Entry.Message message && isBy(message, emoji, me))
            .orElse(false);
    boolean hasReacted =
        own.stream()
            .filter(ClientFrame.React.class::isInstance)
            .map(ClientFrame.React.class::cast)
            .filter(it -> it.room().equals(room))
            .filter(it -> it.target() == target && it.emoji().equals(emoji))
            .reduce((_, later) -> later)
            .map(it -> !it.remove().orElse(false))
            .orElse(isInLog);
    return new ClientFrame.React(
        id, room, target, emoji, hasReacted ? Optional.of(true) : Optional.empty());
  }

  /// The post as a command.
  public static String command(ClientFrame.React post) {
    return "/react " + post.target() + " " + post.emoji();
  }
}

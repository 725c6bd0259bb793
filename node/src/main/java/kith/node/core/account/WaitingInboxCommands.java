package kith.node.core.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import kith.node.core.account.Account.InboxCommand;
import kith.node.core.account.Account.Refused;
import kith.protocol.Code;

/// What is asked of an account's inbox while its positions are not here yet. Nothing is lost of
/// what nobody says again: what was read is merged by room, and who cannot wait is told so.
final class WaitingInboxCommands {
  private static final int MOST_ASKING = 100;

  private record OfRoom(Class<? extends InboxCommand> kind, String room) {}

  /// In the order of what was said last of each.
  private final Map<Object, InboxCommand> byKey = new LinkedHashMap<>();

  private int asking;

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /// @param joined the rooms of the account: others are passed over
  void add(InboxCommand asked, Set<String> joined) {
    switch (asked) {
      case AccountInbox.Follow follow -> byKey.put(follow.session().path(), follow);
      case AccountInbox.Ask ask -> {
        if (!isQuestionTaken(ask)) ask.replyTo().tell(new AccountInbox.NotNow());
      }
      case AccountInbox.Mute mute -> {
        if (!isQuestionTaken(mute)) mute.replyTo().tell(Refused.because(Code.UNAVAILABLE));
      }
      case AccountInbox.ReadAgain(var reads) -> reads.forEach(read -> add(read, joined));
      case AccountInbox.ReadUpTo read when joined.contains(read.room()) ->
          merge(AccountInbox.ReadUpTo.class, read.room(), read, AccountInbox.ReadUpTo::and);
      case AccountInbox.Delivered it when joined.contains(it.room()) ->
          merge(AccountInbox.Delivered.class, it.room(), it, AccountInbox.Delivered::and);
      case AccountInbox.MarkUnread mark when joined.contains(mark.room()) ->
          merge(AccountInbox.MarkUnread.class, mark.room(), mark, (_, now) -> now);
      case AccountInbox.ReadUpTo _, AccountInbox.Delivered _, AccountInbox.MarkUnread _ -> {}
      case AccountInbox.Loaded _, AccountInbox.Counted _, AccountInbox.Again _ ->
          throw new IllegalArgumentException("does not wait");
    }
  }

  private boolean isQuestionTaken(InboxCommand question) {
    if (asking >= MOST_ASKING) return false;
    asking++;
    byKey.put(question, question);
    return true;
  }

  private <T extends InboxCommand> void merge(
      Class<T> kind, String room, T said, BinaryOperator<T> both) {
    var key = new OfRoom(kind, room);
    var before = byKey.remove(key);
    byKey.put(key, before == null ? said : both.apply(kind.cast(before), said));
  }

  List<InboxCommand> takeAll() {
    var all = List.copyOf(byKey.values());
    byKey.clear();
    asking = 0;
    return all;
  }
}

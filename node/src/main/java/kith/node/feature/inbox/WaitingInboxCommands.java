package kith.node.feature.inbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import kith.node.core.account.Account.Refused;
import kith.node.feature.inbox.AccountInbox.Command;

/// Commands to an account's inbox while its positions are not loaded yet. Commands that are not
/// retried are kept, merged by room; requests beyond the bound are refused.
final class WaitingInboxCommands {
  private record OfRoom(Class<? extends Command> kind, String room) {}

  /// In the order of the latest command of each key.
  private final Map<Object, Command> byKey = new LinkedHashMap<>();

  private final int mostQuestions;
  private int questions;

  WaitingInboxCommands(int mostQuestions) {
    this.mostQuestions = mostQuestions;
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /// @param joined the rooms of the account: commands about others are dropped
  void add(Command asked, Set<String> joined) {
    switch (asked) {
      case AccountInbox.Ask ask -> {
        if (!isQuestionTaken(ask)) ask.replyTo().tell(new AccountInbox.NotNow());
      }
      case AccountInbox.Mute mute -> {
        if (!isQuestionTaken(mute)) mute.replyTo().tell(Refused.UNAVAILABLE);
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
          throw new IllegalArgumentException("this command is never queued");
    }
  }

  private boolean isQuestionTaken(Command question) {
    if (questions >= mostQuestions) return false;
    questions++;
    byKey.put(question, question);
    return true;
  }

  private <T extends Command> void merge(
      Class<T> kind, String room, T said, BinaryOperator<T> both) {
    var key = new OfRoom(kind, room);
    var before = byKey.remove(key);
    byKey.put(key, before == null ? said : both.apply(kind.cast(before), said));
  }

  List<Command> takeAll() {
    var all = List.copyOf(byKey.values());
    byKey.clear();
    questions = 0;
    return all;
  }
}

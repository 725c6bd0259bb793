package kith.node.feature.push;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kith.node.core.room.Commit;
import kith.node.core.room.RoomEvent;
import kith.node.core.room.RoomPart;
import kith.node.core.room.RoomState;
import kith.protocol.Visibility;

/// Notes messages about which members may have to be notified. Notes are written within a second;
/// [PushWorker] finds those that a crash loses.
///
/// @param note keeps a candidate
record PushRoom(String room, PushIndex index, Consumer<Candidate> note) implements RoomPart {
  @Override
  public void committed(Commit commit) {
    var accounts = index.accounts();
    if (accounts.isEmpty()) return;
    for (var i = 0; i < commit.events().size(); i++)
      if (commit.events().get(i) instanceof RoomEvent.Posted message)
        posted(commit.after(), accounts, commit.firstSeq() + i, message);
  }

  private void posted(RoomState state, Set<String> accounts, long seq, RoomEvent.Posted message) {
    var members = state.members();
    // the smaller of both sets: a room may have thousands of members, a server thousands of
    // accounts
    if (members.size() < accounts.size())
      members.keySet().forEach(member -> posted(state, member, seq, message));
    else
      accounts.stream()
          .filter(members::containsKey)
          .forEach(account -> posted(state, account, seq, message));
  }

  private void posted(RoomState state, String account, long seq, RoomEvent.Posted message) {
    if (account.equals(message.by())) return;
    var isDirect = state.settings().visibility() == Visibility.DIRECT;
    index
        .rules(account)
        .filter(rules ->
            rules.wants(
                account, room, isDirect, message.body(), message.mentions().orElse(List.of())))
        .ifPresent(_ -> note.accept(new Candidate(account, room, seq, message.at())));
  }
}

package kith.node.person;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import kith.protocol.Status;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.UserPresence;
import kith.protocol.rest.Inboxes.InboxRoom;

/// A person's view besides messages: the inbox, receipts and presence.
public abstract sealed class Screen extends Talk permits Person {
  Screen(HttpClient client, URI node, String name) {
    super(client, node, name);
  }

  /// Waits until the latest row of a room matches.
  public InboxRoom inbox(String room, Predicate<InboxRoom> wanted) {
    return until(
        frames -> {
          var row = LiveInbox.row(frames, room);
          return row.filter(wanted);
        },
        "its inbox");
  }

  /// Waits until the latest receipt of a user matches.
  public ServerFrame.Receipt receipt(
      String room, String user, Predicate<ServerFrame.Receipt> wanted) {
    return until(
        frames -> {
          var all = receipts(frames, room, user);
          return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast()).filter(wanted);
        },
        "a receipt of " + user);
  }

  public List<ServerFrame.Receipt> receipts(String room, String user) {
    return receipts(heard(), room, user);
  }

  private static List<ServerFrame.Receipt> receipts(
      List<ServerFrame> frames, String room, String user) {
    var all = new ArrayList<ServerFrame.Receipt>();
    for (var frame : frames)
      if (frame instanceof ServerFrame.Receipts it && it.room().equals(room))
        for (var receipt : it.users().orElse(List.of()))
          if (receipt.user().equals(user)) all.add(receipt);
    return all;
  }

  public void losesFromInbox(String room) {
    hears(ServerFrame.Inbox.class, inbox -> inbox.removed().contains(room));
  }

  /// Watches these users from now on.
  public void watches(String room, String... users) {
    forgets();
    says(new ClientFrame.Watch(Optional.of(room), List.of(users)));
    hears(ServerFrame.Presence.class, ServerFrame.Presence::whole);
  }

  /// Waits until the latest presence of a watched user matches.
  public UserPresence sees(String who, Predicate<UserPresence> wanted) {
    return until(frames -> whereabouts(frames, who).filter(wanted), "presence of " + who);
  }

  private static Optional<UserPresence> whereabouts(List<ServerFrame> frames, String who) {
    return frames.stream()
        .filter(ServerFrame.Presence.class::isInstance)
        .flatMap(frame -> ((ServerFrame.Presence) frame).users().stream())
        .filter(it -> it.user().equals(who))
        .reduce((_, later) -> later);
  }

  /// The statuses received of a user since the last watch, in order.
  public List<Status> statuses(String who) {
    return heard().stream()
        .filter(ServerFrame.Presence.class::isInstance)
        .flatMap(frame -> ((ServerFrame.Presence) frame).users().stream())
        .filter(it -> it.user().equals(who))
        .map(UserPresence::status)
        .toList();
  }
}

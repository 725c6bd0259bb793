package kith.terminal.update;

import java.util.List;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.terminal.model.Pulse;
import kith.terminal.model.Seek;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;

/// What the screen does about what the connection tells.
final class News {
  /// How the ids of history questions begin.
  static final String OLDER = "older-";

  static final String NEWER = "newer-";

  private News() {}

  static void apply(Draft draft, SessionEvent event) {
    switch (event) {
      case SessionEvent.StateChanged(var state) -> changed(draft, state);
      case SessionEvent.Arrived(var room, var entries) -> arrived(draft, room, entries);
      case SessionEvent.CaughtUp(var room, _) -> {
        draft.change(room, it -> it.with(it.log().loading(false)));
        if (draft.isHere(room)) Travel.goOn(draft);
      }
      // the timeline shows what is missing by the numbers on both sides
      case SessionEvent.Missing _ -> {}
      case SessionEvent.Rewound(var room, _, var has) ->
          draft.change(room, it -> it.with(it.log().rewound(has)));
      case SessionEvent.Kept(var post) -> Outgoing.kept(draft, post);
      case SessionEvent.Sent(var post, _, _) -> Outgoing.sent(draft, post);
      case SessionEvent.Failed(var post, _, var message) -> Outgoing.failed(draft, post, message);
      case SessionEvent.Page(var id, var room, var entries, _) when id.startsWith(Travel.ID) ->
          Travel.came(draft, room, entries);
      case SessionEvent.Page(var id, var room, var entries, var more) when id.startsWith(OLDER) -> {
        draft.change(room, it -> it.with(it.log().older(entries, more)));
        Finding.loaded(draft, room, entries);
      }
      case SessionEvent.Page(_, var room, var entries, _) ->
          draft.change(room, it -> it.with(it.log().newer(entries)));
      case SessionEvent.NoPage(_, _, var code, _) when code.equals(Code.ROOM_NOT_OPEN.wire()) -> {
        // asked too early: it is asked again when the room has caught up
      }
      case SessionEvent.NoPage(_, var room, _, var message) -> {
        draft.change(
            room,
            it -> it.with(it.log().loading(false)).with(it.reading().seeking(new Seek.Nothing())));
        draft.complain(message);
      }
      case SessionEvent.Inbox inbox -> Inbox.apply(draft, inbox);
      case SessionEvent.Contacts(var it) ->
          draft.contacts =
              draft.contacts.heard(
                  it.contacts(), it.incoming(), it.outgoing(), it.removed(), it.whole());
      case SessionEvent.Receipts(var it) ->
          draft.change(it.room(), room -> room.with(room.receipts().heard(it)));
      case SessionEvent.Presence(var users, var whole) ->
          draft.people = draft.people.heard(users, whole);
      case SessionEvent.Typing(var room, var users) ->
          draft.people = draft.people.typing(room, users);
      case SessionEvent.RoomClosed(var room, _, var message) -> {
        var name = draft.room(room).map(it -> it.name() + ": ").orElse("");
        Rooms.forget(draft, room);
        draft.complain(name + message);
      }
    }
  }

  private static void changed(Draft draft, ConnectionState state) {
    boolean wasOnline = draft.connection instanceof ConnectionState.Online;
    draft.connection = state;
    boolean isOnline = state instanceof ConnectionState.Online;
    if (!isOnline) draft.people = draft.people.unknown();
    if (!isOnline) draft.pulse = Pulse.NONE;
    else if (!wasOnline) draft.pulse = Pulse.from(draft.moment.now());
    if (state instanceof ConnectionState.Ended(_, var message)) {
      draft.complain(message + " To log in again, quit and say: ./kith login");
    }
  }

  private static void arrived(Draft draft, String room, List<Entry> entries) {
    for (var entry : entries) {
      if (entry.by().equals(draft.user)) Outgoing.seen(draft, room, entry);
      else if (entry instanceof Entry.Message) draft.people = draft.people.said(room, entry.by());
      if (entry instanceof Entry.SettingsChanged settings) {
        draft.change(
            room,
            it -> it.named(settings.name().orElse(it.name()), settings.topic().orElse(it.topic())));
      }
    }
    if (draft.isHere(room) && entries.stream().anyMatch(News::changesMembers)) {
      draft.want(new Request.LoadMembers(room));
    }
    boolean isWatched = draft.room(room).map(it -> Seeing.isLive(draft, it)).orElse(false);
    draft.change(
        room,
        it -> {
          var reading = it.reading();
          // what is not seen as it comes is counted by the server
          var now = isWatched ? reading.seenTo(entries.getLast().seq()) : reading;
          return it.with(it.log().arrived(entries, reading.anchor().isPresent())).with(now);
        });
    if (isWatched) draft.want(new SessionCommand.Read(room, entries.getLast().seq()));
    Calls.about(draft, room, entries, !isWatched);
  }

  private static boolean changesMembers(Entry entry) {
    return entry instanceof Entry.Joined
        || entry instanceof Entry.Left
        || entry instanceof Entry.Kicked
        || entry instanceof Entry.Banned
        || entry instanceof Entry.RoleChanged;
  }
}

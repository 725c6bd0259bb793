package kith.terminal.update;

import java.util.List;
import kith.protocol.Code;
import kith.protocol.frame.Entry;
import kith.terminal.model.Latency;
import kith.terminal.model.Room;
import kith.terminal.model.RoomThreads;
import kith.terminal.model.SearchState;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;
import kith.terminal.net.SessionEvent;

/// Applies the events of the session to the model.
final class EventUpdate {
  /// Prefixes of the ids of history queries.
  static final String OLDER = "older-";

  static final String NEWER = "newer-";

  private EventUpdate() {}

  static void apply(StepBuilder step, SessionEvent event) {
    switch (event) {
      case SessionEvent.StateChanged(var state) -> changed(step, state);
      case SessionEvent.Arrived(var room, var entries) -> arrived(step, room, entries);
      case SessionEvent.CaughtUp(var room, _) -> {
        step.change(room, it -> it.with(it.log().loading(false)));
        if (step.isCurrent(room)) HistoryJump.resume(step);
      }
      // the timeline shows the gap from the seqs on both sides
      case SessionEvent.Missing _ -> {}
      case SessionEvent.Rewound(var room, _, var has) -> rewound(step, room, has);
      case SessionEvent.Kept(var post) -> OwnPosts.onKept(step, post);
      case SessionEvent.UploadKept(var upload) -> FileActions.onKept(step, upload);
      case SessionEvent.UploadNotKept(var upload, var why) ->
          FileActions.onNotKept(step, upload, why);
      case SessionEvent.Sent(var post, var seq, _) -> OwnPosts.onSent(step, post, seq);
      // the post stays on the screen as a waiting one
      case SessionEvent.Delayed _ -> {}
      case SessionEvent.Failed(var post, _, var message) -> OwnPosts.onFailed(step, post, message);
      case SessionEvent.Page(var id, var room, var entries, _)
          when id.startsWith(HistoryJump.ID_PREFIX) ->
          HistoryJump.onPage(step, room, entries);
      case SessionEvent.Page(var id, var room, var entries, var more) when id.startsWith(OLDER) -> {
        step.change(room, it -> it.with(it.log().older(entries, more)));
        ThreadActions.count(step, room, entries);
        Search.onPage(step, room, entries);
      }
      case SessionEvent.Page(_, var room, var entries, _) -> {
        step.change(room, it -> it.with(it.log().newer(entries)));
        ThreadActions.count(step, room, entries);
      }
      case SessionEvent.NoPage(_, _, var code, _) when code.equals(Code.ROOM_NOT_OPEN.wire()) -> {
        // the room is not open yet; the query is repeated after `CaughtUp`
      }
      case SessionEvent.NoPage(_, var room, _, var message) -> {
        step.change(
            room,
            it ->
                it.with(it.log().loading(false))
                    .with(it.reading().searching(new SearchState.None())));
        step.error(message);
      }
      case SessionEvent.Inbox inbox -> InboxUpdate.apply(step, inbox);
      case SessionEvent.Contacts(var it) ->
          step.contacts =
              step.contacts.updated(
                  it.contacts(), it.incoming(), it.outgoing(), it.removed(), it.whole());
      case SessionEvent.Requests(var it) ->
          step.contacts =
              step.contacts.asked(it.incoming(), it.outgoing(), it.removed(), it.whole());
      case SessionEvent.Receipts(var it) ->
          step.change(it.room(), room -> room.with(room.receipts().updated(it)));
      case SessionEvent.Presence(var users, var whole) ->
          step.presence = step.presence.updated(users, whole);
      case SessionEvent.Typing(var room, var users) ->
          step.presence = step.presence.typing(room, users);
      case SessionEvent.Notices(var notices) -> Announcements.arrived(step, notices);
      case SessionEvent.Thread(var frame) -> ThreadActions.arrived(step, frame);
      case SessionEvent.Reminder(var frame) -> ReminderActions.arrived(step, frame);
      case SessionEvent.Moderation(var frame) -> Moderations.arrived(step, frame);
      case SessionEvent.JoinRequests(var frame) -> Moderations.asked(step, frame);
      case SessionEvent.Answered(var answer) -> BotCommands.answered(step, answer);
      // only bots register commands
      case SessionEvent.Called _ -> {}
      case SessionEvent.RoomClosed(var room, var code, var message) ->
          closed(step, room, code, message);
    }
  }

  /// For a room that was removed before, this was already reported.
  private static void closed(StepBuilder step, String room, String code, String message) {
    var name = step.room(room).map(Room::name);
    RoomNavigation.remove(step, room);
    if (name.isEmpty()) return;
    if (code.equals(Code.NOT_A_MEMBER.wire()))
      step.info(name.get() + ": you are no longer a member.");
    else step.error(name.get() + ": " + message);
  }

  private static void rewound(StepBuilder step, String room, long has) {
    step.change(
        room,
        it ->
            it.with(it.log().rewound(has))
                .with(it.reading().rewound(has))
                .with(it.receipts().rewound(has))
                .with(RoomThreads.NONE));
    OwnPosts.onRewound(step, room, has);
    var name = step.room(room).map(it -> it.name() + ": ").orElse("");
    step.error(name + "the server was restored from a backup; later messages are gone.");
  }

  private static void changed(StepBuilder step, ConnectionState state) {
    boolean wasOnline = step.connection instanceof ConnectionState.Online;
    step.connection = state;
    boolean isOnline = state instanceof ConnectionState.Online;
    if (isOnline && !wasOnline) {
      if (step.offers("push")) step.request(new Request.LoadRules());
      step.request(new Request.WakeUploads());
      ThreadActions.reconnected(step);
      // the server sends those that are due again
      step.reminders = step.reminders.reconnected();
    }
    if (!isOnline) step.presence = step.presence.unknown();
    if (!isOnline) Moderations.disconnected(step);
    if (!isOnline) step.latency = Latency.NONE;
    else if (!wasOnline) step.latency = Latency.from(step.moment.now());
    if (state instanceof ConnectionState.Ended(_, var message)) {
      step.error(message + ServerActions.logInAgain(step));
    }
  }

  private static void arrived(StepBuilder step, String room, List<Entry> entries) {
    Caching.onEntries(step, entries);
    for (var entry : entries) {
      if (entry.by().equals(step.user)) OwnPosts.onEntry(step, room, entry);
      else if (entry instanceof Entry.Message || entry instanceof Entry.Edited)
        step.presence = step.presence.typingEnded(room, entry.by());
      if (entry instanceof Entry.SettingsChanged settings) {
        step.change(
            room,
            it -> it.named(settings.name().orElse(it.name()), settings.topic().orElse(it.topic())));
        settings.moderation().ifPresent(it -> Moderations.changed(step, room, it));
      }
    }
    if (step.isCurrent(room) && entries.stream().anyMatch(EventUpdate::changesMembers)) {
      step.request(new Request.LoadMembers(room));
    }
    var before = step.room(room);
    boolean isWatched = step.room(room).map(it -> ReadTracking.isLive(step, it)).orElse(false);
    boolean isOnScreen = step.room(room).map(it -> ReadTracking.isOnScreen(step, it)).orElse(false);
    step.change(
        room,
        it -> {
          var reading = it.reading();
          // the server counts entries that are not seen live
          var now = isWatched ? reading.seenTo(entries.getLast().seq()) : reading;
          return it.with(it.log().arrived(entries, reading.anchor().isPresent()))
              .with(now)
              .with(it.threads().arrived(entries));
        });
    ThreadActions.seen(step, room, before.flatMap(it -> it.threads().pane()));
    if (isWatched) step.request(new SessionCommand.Read(room, entries.getLast().seq()));
    Notifications.onEntries(step, room, entries, !isOnScreen);
    Hooks.onEntries(step, room, entries);
  }

  private static boolean changesMembers(Entry entry) {
    return entry instanceof Entry.Joined
        || entry instanceof Entry.Left
        || entry instanceof Entry.Kicked
        || entry instanceof Entry.Banned
        || entry instanceof Entry.RoleChanged;
  }
}

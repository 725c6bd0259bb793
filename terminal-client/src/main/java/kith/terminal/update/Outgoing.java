package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay.Deed;
import kith.terminal.model.Own;
import kith.terminal.model.Room;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.SessionCommand;

/// Own posts, from the editor until they stand in the timeline.
final class Outgoing {
  private Outgoing() {}

  static void left(Draft draft, List<ClientFrame.Post> left) {
    for (var post : left) {
      if (draft.room(post.room()).isEmpty()) draft.rooms.add(Room.unknown(post.room()));
      add(draft, Own.fresh(post, draft.moment.now()).kept());
    }
  }

  private static void add(Draft draft, Own own) {
    draft.change(own.post().room(), it -> it.withOwn(with(it.own(), own)));
  }

  private static List<Own> with(List<Own> own, Own more) {
    var longer = new ArrayList<>(own);
    longer.add(more);
    return longer;
  }

  static void say(Draft draft, Room room, String text, Editor.Purpose purpose) {
    var id = draft.moment.id();
    post(
        draft,
        switch (purpose) {
          case Editor.Say() -> new ClientFrame.Send(id, room.id(), text, OptionalLong.empty());
          case Editor.Reply(var seq) ->
              new ClientFrame.Send(id, room.id(), text, OptionalLong.of(seq));
          case Editor.Edit(var seq) -> new ClientFrame.Edit(id, room.id(), seq, text);
        });
  }

  /// In the current room.
  static void say(Draft draft, String text) {
    draft.here().ifPresent(room -> say(draft, room, text, new Editor.Say()));
  }

  static void post(Draft draft, ClientFrame.Post post) {
    add(draft, Own.fresh(post, draft.moment.now()));
    Company.posted(draft);
    draft.changeHere(
        it -> it.with(it.reading().at(Optional.empty()).marked().selecting(OptionalLong.empty())));
    draft.want(new SessionCommand.Post(post));
    if (draft.connection instanceof ConnectionState.Waiting) draft.want(new SessionCommand.Wake());
  }

  static void seen(Draft draft, String room, Entry entry) {
    switch (entry) {
      case Entry.Message message -> gone(draft, room, message.id());
      case Entry.Edited edited -> gone(draft, room, edited.id());
      case Entry.Redacted redacted -> gone(draft, room, redacted.id());
      case Entry.Created _,
          Entry.Joined _,
          Entry.Left _,
          Entry.Kicked _,
          Entry.Banned _,
          Entry.Unbanned _,
          Entry.RoleChanged _,
          Entry.SettingsChanged _,
          Entry.Invited _,
          Entry.InvitationRevoked _,
          Entry.Deleted _,
          Entry.Hidden _,
          Entry.Unknown _ -> {}
    }
  }

  static void kept(Draft draft, ClientFrame.Post post) {
    draft.change(post.room(), room -> room.withOwn(changed(room.own(), post.id(), Own::kept)));
  }

  /// The answer came. Its entry comes too, but an answer may be the first of the two.
  static void sent(Draft draft, ClientFrame.Post post) {
    find(draft, post)
        .ifPresent(own -> {
          draft.pulse = draft.pulse.answered(own.at(), draft.moment.now());
          draft.change(
              post.room(), room -> room.withOwn(changed(room.own(), post.id(), Own::acknowledged)));
        });
  }

  private static Optional<Own> find(Draft draft, ClientFrame.Post post) {
    return draft
        .room(post.room())
        .flatMap(
            room -> room.own().stream().filter(it -> it.post().id().equals(post.id())).findFirst());
  }

  static void failed(Draft draft, ClientFrame.Post post, String why) {
    draft.change(
        post.room(), room -> room.withOwn(changed(room.own(), post.id(), it -> it.failed(why))));
  }

  private static List<Own> changed(
      List<Own> own, String id, java.util.function.UnaryOperator<Own> how) {
    return own.stream().map(it -> it.post().id().equals(id) ? how.apply(it) : it).toList();
  }

  private static void gone(Draft draft, String room, String id) {
    draft
        .room(room)
        .flatMap(it -> it.own().stream().filter(own -> own.post().id().equals(id)).findFirst())
        .ifPresent(own -> {
          if (own.isWaiting()) draft.pulse = draft.pulse.answered(own.at(), draft.moment.now());
          draft.change(room, it -> it.withOwn(without(it.own(), id)));
        });
  }

  private static List<Own> without(List<Own> own, String id) {
    return own.stream().filter(it -> !it.post().id().equals(id)).toList();
  }

  /// The oldest one here that was refused.
  private static Optional<Own> firstFailed(Draft draft) {
    return draft.here().flatMap(room -> room.own().stream().filter(Own::hasFailed).findFirst());
  }

  static void retry(Draft draft) {
    firstFailed(draft)
        .ifPresentOrElse(
            own -> {
              gone(draft, own.post().room(), own.post().id());
              post(draft, own.post());
            },
            () -> draft.say("No message was refused here."));
  }

  static void drop(Draft draft) {
    firstFailed(draft)
        .ifPresentOrElse(
            own ->
                Deeds.ask(
                    draft, new Deed.Drop(own.post().room(), own.post().id(), words(own.post()))),
            () -> draft.say("No message was refused here."));
  }

  /// Its text can be had back, as everything that was sent.
  static void drop(Draft draft, String room, String id) {
    draft
        .room(room)
        .flatMap(it -> it.own().stream().filter(own -> own.post().id().equals(id)).findFirst())
        .filter(Own::hasFailed)
        .ifPresent(own -> {
          gone(draft, room, id);
          Typed.remember(draft, words(own.post()));
        });
  }

  private static String words(ClientFrame.Post post) {
    return switch (post) {
      case ClientFrame.Send send -> send.body();
      case ClientFrame.Edit edit -> edit.body();
      case ClientFrame.Redact _ -> "";
    };
  }
}

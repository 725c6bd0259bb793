package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Blocks;
import kith.terminal.model.Editor;
import kith.terminal.model.Overlay.Question;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Pins;
import kith.terminal.model.Reactions;
import kith.terminal.model.Room;
import kith.terminal.model.Timeline;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Features;
import kith.terminal.net.RefusedPost;
import kith.terminal.net.SessionCommand;

/// The user's own posts, from the editor until their entries are in the timeline.
final class OwnPosts {
  private OwnPosts() {}

  static void restore(StepBuilder step, List<ClientFrame.Post> left, List<RefusedPost> refused) {
    for (var it : refused) {
      if (hasText(it.post())) restore(step, kept(step, it.post()).failed(it.why()));
      else giveUp(step, it.post(), it.why());
    }
    for (var post : left) restore(step, kept(step, post));
  }

  private static OwnPost kept(StepBuilder step, ClientFrame.Post post) {
    return OwnPost.fresh(post, step.moment.now()).kept();
  }

  static void restore(StepBuilder step, OwnPost own) {
    var room = own.post().room();
    if (step.room(room).isEmpty()) step.rooms.add(Room.unknown(room));
    add(step, own);
  }

  /// Removes own posts whose entries are in the timeline, or were when it was loaded.
  static void settle(StepBuilder step) {
    for (var room : List.copyOf(step.rooms)) {
      if (room.ownPosts().isEmpty()) continue;
      var ids = ids(room.log(), step.user);
      for (var own : room.ownPosts())
        if (ids.contains(own.post().id()) || isBehind(room.log(), own))
          remove(step, room.id(), own.post().id());
      RoomNavigation.removeIfGone(step, room.id());
    }
  }

  private static Set<String> ids(Timeline log, String me) {
    return log.entries().stream()
        .filter(entry -> entry.by().equals(me))
        .filter(Entry.OfPost.class::isInstance)
        .map(entry -> ((Entry.OfPost) entry).id())
        .collect(Collectors.toSet());
  }

  /// Whether its entry is above the end of the loaded window: it will no longer arrive.
  private static boolean isBehind(Timeline log, OwnPost own) {
    return !log.entries().isEmpty() && own.seq().orElse(Long.MAX_VALUE) <= log.last();
  }

  static void add(StepBuilder step, OwnPost own) {
    step.change(own.post().room(), it -> it.withOwnPosts(with(it.ownPosts(), own)));
  }

  private static List<OwnPost> with(List<OwnPost> own, OwnPost more) {
    var longer = new ArrayList<>(own);
    longer.add(more);
    return longer;
  }

  /// A message that was opened to be edited and not changed is not marked as edited.
  static void send(StepBuilder step, Room room, String text, Editor.Purpose purpose) {
    if (purpose instanceof Editor.Edit(var seq) && isText(room, seq, text)) {
      step.info("The message is unchanged.");
      return;
    }
    var id = step.moment.id();
    post(
        step,
        switch (purpose) {
          case Editor.Say() ->
              new ClientFrame.Send(id, room.id(), text, ThreadActions.answered(room));
          case Editor.Reply(var seq) ->
              new ClientFrame.Send(id, room.id(), text, OptionalLong.of(seq));
          case Editor.Edit(var seq) -> new ClientFrame.Edit(id, room.id(), seq, text);
        });
  }

  private static boolean isText(Room room, long seq, String text) {
    return room.log()
        .find(seq)
        .filter(it -> it instanceof Entry.Message message && Blocks.text(message).equals(text))
        .isPresent();
  }

  /// Sends one of several messages that are sent at once.
  static void sendPart(StepBuilder step, Room room, String text, int index) {
    var id = step.moment.id() + (index == 0 ? "" : "-" + index);
    post(step, new ClientFrame.Send(id, room.id(), text, ThreadActions.answered(room)));
  }

  /// Sends to the current room.
  static void send(StepBuilder step, String text) {
    step.currentRoom().ifPresent(room -> send(step, room, text, new Editor.Say()));
  }

  /// Adds or removes the user's reaction.
  ///
  /// @param target the selected message or the latest one by another user if absent
  /// @return whether there is a message to react to
  static boolean react(StepBuilder step, Room room, OptionalLong target, String emoji) {
    if (!offers(step, "reactions")) return false;
    var me = step.user;
    var seq = target.isPresent() ? target : room.reading().selected();
    if (seq.isEmpty()) seq = Reactions.latestTarget(room.log(), me);
    if (seq.isEmpty()) {
      step.error("There is no message to react to.");
      return false;
    }
    var own = room.ownPosts().stream().filter(it -> !it.hasFailed()).map(OwnPost::post).toList();
    post(
        step,
        Reactions.toggled(
            step.moment.id(), room.id(), seq.getAsLong(), emoji, me, room.log(), own));
    return true;
  }

  /// Tells the user if the server does not have a feature.
  static boolean offers(StepBuilder step, String feature) {
    boolean isOffered = step.offers(feature);
    if (!isOffered) step.error(Features.lacking(feature));
    return isOffered;
  }

  static void post(StepBuilder step, ClientFrame.Post post) {
    post(step, post, new SessionCommand.Post(post));
  }

  private static void post(StepBuilder step, ClientFrame.Post post, SessionCommand command) {
    add(step, OwnPost.fresh(post, step.moment.now()));
    PresenceRequests.onPost(step);
    step.changeShown(
        it -> it.with(it.reading().at(Optional.empty()).marked().selecting(OptionalLong.empty())));
    step.request(command);
  }

  static void onEntry(StepBuilder step, String room, Entry entry) {
    if (entry instanceof Entry.OfPost post) remove(step, room, post.id());
  }

  static void onKept(StepBuilder step, ClientFrame.Post post) {
    step.change(
        post.room(), room -> room.withOwnPosts(changed(room.ownPosts(), post.id(), OwnPost::kept)));
  }

  /// The ack arrived. The post stays until its entry arrives, which may be later.
  static void onSent(StepBuilder step, ClientFrame.Post post, long seq) {
    find(step, post)
        .ifPresent(own -> {
          step.latency = step.latency.answered(own.at(), step.moment.now());
          step.change(
              post.room(),
              room ->
                  room.withOwnPosts(
                      changed(room.ownPosts(), post.id(), it -> it.acknowledged(seq))));
        });
  }

  private static Optional<OwnPost> find(StepBuilder step, ClientFrame.Post post) {
    return step.room(post.room())
        .flatMap(room ->
            room.ownPosts().stream().filter(it -> it.post().id().equals(post.id())).findFirst());
  }

  static void onFailed(StepBuilder step, ClientFrame.Post post, String why) {
    if (!hasText(post)) {
      giveUp(step, post, why);
      return;
    }
    step.change(
        post.room(),
        room -> room.withOwnPosts(changed(room.ownPosts(), post.id(), it -> it.failed(why))));
  }

  /// Whether the user would lose something that was typed.
  private static boolean hasText(ClientFrame.Post post) {
    return switch (post) {
      case ClientFrame.Pin _, ClientFrame.React _, ClientFrame.Redact _ -> false;
      case ClientFrame.Send _, ClientFrame.Edit _, ClientFrame.FeaturePost _ -> true;
    };
  }

  /// A refused pin, reaction or removal is reported once: it can be chosen again.
  private static void giveUp(StepBuilder step, ClientFrame.Post post, String why) {
    step.change(post.room(), room -> room.withOwnPosts(without(room.ownPosts(), post.id())));
    step.request(new SessionCommand.Forget(post));
    var what =
        switch (post) {
          case ClientFrame.Pin pin ->
              pin.remove().orElse(false) ? "Not unpinned: " : "Not pinned: ";
          case ClientFrame.Redact _ -> "Not removed: ";
          default -> "No reaction: ";
        };
    step.error(what + why);
  }

  private static List<OwnPost> changed(List<OwnPost> own, String id, UnaryOperator<OwnPost> how) {
    return own.stream().map(it -> it.post().id().equals(id) ? how.apply(it) : it).toList();
  }

  /// The server was restored from a backup that does not have these entries.
  static void onRewound(StepBuilder step, String room, long has) {
    var why = "The server was restored from a backup without this message.";
    step.change(
        room,
        it ->
            it.withOwnPosts(
                it.ownPosts().stream()
                    .map(own -> own.seq().orElse(0) > has ? own.failed(why) : own)
                    .toList()));
  }

  private static void remove(StepBuilder step, String room, String id) {
    step.room(room)
        .flatMap(it -> it.ownPosts().stream().filter(own -> own.post().id().equals(id)).findFirst())
        .ifPresent(own -> {
          if (own.isWaiting() && own.upload().isEmpty())
            step.latency = step.latency.answered(own.at(), step.moment.now());
          if (own.hasFailed() || own.isUploading())
            step.request(new SessionCommand.Forget(own.post()));
          FileActions.end(step, own);
          step.change(room, it -> it.withOwnPosts(without(it.ownPosts(), id)));
        });
  }

  /// Changes one own post, or removes it from the screen only.
  static void replace(
      StepBuilder step, ClientFrame.Post post, Function<OwnPost, Optional<OwnPost>> how) {
    step.change(
        post.room(),
        room ->
            room.withOwnPosts(
                room.ownPosts().stream()
                    .flatMap(own ->
                        own.post().id().equals(post.id())
                            ? how.apply(own).stream()
                            : Stream.of(own))
                    .toList()));
  }

  private static List<OwnPost> without(List<OwnPost> own, String id) {
    return own.stream().filter(it -> !it.post().id().equals(id)).toList();
  }

  /// The oldest refused post of the current room.
  private static Optional<OwnPost> firstFailed(StepBuilder step) {
    return step.currentRoom()
        .flatMap(room -> room.ownPosts().stream().filter(OwnPost::hasFailed).findFirst());
  }

  /// Connects at once while the client waits to, and sends the oldest refused post again.
  static void retry(StepBuilder step) {
    if (step.connection instanceof ConnectionState.Waiting) {
      step.request(new SessionCommand.Reconnect());
      if (firstFailed(step).isEmpty()) return;
    }
    firstFailed(step)
        .ifPresentOrElse(
            own -> {
              if (own.upload().isPresent()) {
                FileActions.retry(step, own);
                return;
              }
              step.change(
                  own.post().room(),
                  room -> room.withOwnPosts(without(room.ownPosts(), own.post().id())));
              post(step, own.post(), new SessionCommand.Retry(own.post()));
            },
            () -> step.info("No message was refused in this room."));
  }

  /// Asks about the first refused post of the room, then about its latest upload; otherwise ends a
  /// download.
  static void drop(StepBuilder step) {
    firstFailed(step)
        .or(() -> step.currentRoom().flatMap(FileActions::underWay))
        .ifPresentOrElse(
            own ->
                Confirmations.ask(
                    step, new Question.DropPost(own.post().room(), own.post().id(), text(own))),
            () -> {
              if (step.download.isPresent()) FileActions.cancelDownload(step);
              else step.info("No message was refused in this room, and no file is on its way.");
            });
  }

  /// An upload under way is dropped, too. The text of a dropped post goes to the input history.
  static void drop(StepBuilder step, String room, String id) {
    step.room(room)
        .flatMap(it -> it.ownPosts().stream().filter(own -> own.post().id().equals(id)).findFirst())
        .filter(own -> own.hasFailed() || own.isUploading())
        .ifPresent(own -> {
          remove(step, room, id);
          RoomNavigation.removeIfGone(step, room);
          if (own.upload().isEmpty()) SubmittedLine.addToHistory(step, text(own.post()));
        });
  }

  private static String text(OwnPost own) {
    return own.upload().map(it -> it.file().name()).orElseGet(() -> text(own.post()));
  }

  private static String text(ClientFrame.Post post) {
    return switch (post) {
      case ClientFrame.Send send -> send.body();
      case ClientFrame.Edit edit -> edit.body();
      case ClientFrame.React react -> Reactions.command(react);
      case ClientFrame.Pin pin -> Pins.command(pin);
      case ClientFrame.Redact _, ClientFrame.FeaturePost _ -> "";
    };
  }
}

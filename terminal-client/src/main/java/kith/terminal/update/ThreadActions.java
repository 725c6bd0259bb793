package kith.terminal.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.Threads;
import kith.terminal.keys.Action;
import kith.terminal.layout.Panes;
import kith.terminal.model.Editor;
import kith.terminal.model.Room;
import kith.terminal.model.ThreadPane;
import kith.terminal.model.Timeline;
import kith.terminal.net.ThreadCalls;
import kith.terminal.plain.InputLine;

/// Shows a thread beside its room or in place of it, and tracks the read positions in threads.
final class ThreadActions {
  /// Loads the page before when the screen is this many entries from the first one.
  private static final int NEARLY = 20;

  private ThreadActions() {}

  /// The thread that is open in the current room.
  static Optional<ThreadPane> pane(StepBuilder step) {
    return step.currentRoom().flatMap(room -> room.threads().pane());
  }

  private static boolean hasFocus(StepBuilder step) {
    return pane(step).filter(ThreadPane::hasFocus).isPresent();
  }

  /// Whether a current room is on the screen: a thread may be in its place.
  static boolean showsRoom(StepBuilder step, Room room) {
    return room.threads().pane().filter(ThreadPane::hasFocus).isEmpty()
        || Panes.isThreadBeside(step.size);
  }

  /// Shows the thread of a message of the current room and gives it the focus. The unsent text of
  /// the room stays in the room.
  static void open(StepBuilder step, long seq) {
    if (!OwnPosts.offers(step, "threads") || step.currentRoom().isEmpty()) return;
    var room = step.currentRoom().get();
    long root = root(room, seq);
    step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
    if (pane(step).filter(it -> it.root() == root).isPresent()) {
      if (!hasFocus(step)) changeFocus(step);
      return;
    }
    close(step);
    var typed = step.editor;
    step.editor = Editor.empty();
    step.changeCurrent(it -> it.with(it.threads().opened(root, it.log().entries(), typed)));
    step.request(new Request.LoadThread(room.id(), root, OptionalLong.empty()));
  }

  /// Shows the thread of a message, to which the text in the editor becomes the answer.
  static void answer(StepBuilder step, long seq) {
    var typed = step.editor;
    step.editor = Editor.empty();
    open(step, seq);
    if (step.editor.isEmpty()) step.editor = typed;
    else SubmittedLine.addToHistory(step, typed.text());
  }

  /// The thread on the screen, or the room beside it, gets the focus and its unsent text.
  static void changeFocus(StepBuilder step) {
    if (pane(step).isEmpty()) return;
    var pane = pane(step).get();
    step.changeShown(it -> it.with(it.reading().selecting(OptionalLong.empty())));
    if (pane.hasFocus()) step.changeThread(it -> it.with(it.reading().marked()));
    var typed = step.editor;
    step.editor = pane.aside();
    step.recalled = -1;
    step.changeCurrent(it -> it.with(it.threads().changingPane(that -> that.swapped(typed))));
  }

  /// Gives the focus to the room. A thread in place of it closes.
  static void toRoom(StepBuilder step) {
    if (!hasFocus(step)) return;
    if (Panes.isThreadBeside(step.size)) changeFocus(step);
    else close(step);
  }

  /// Shows the room again. The unsent text stays a reply in the thread, unless the room has an
  /// unsent text, too: then the reply is in the input history.
  static void close(StepBuilder step) {
    var pane = pane(step);
    if (pane.isEmpty()) return;
    boolean isThread = pane.get().hasFocus();
    var ofThread = isThread ? step.editor : pane.get().aside();
    var ofRoom = isThread ? pane.get().aside() : step.editor;
    if (ofThread.isEmpty()) {
      step.editor = ofRoom;
    } else if (ofRoom.isEmpty()) {
      step.editor = reply(ofThread, pane.get().root());
    } else {
      SubmittedLine.addToHistory(step, ofThread.text());
      step.editor = ofRoom;
      step.info("Your unsent answer is in the input history: " + step.hint(Action.UP) + ".");
    }
    step.changeCurrent(it -> it.with(it.threads().closed()));
  }

  /// A text that was typed in the thread, as an answer to its first message.
  static Editor reply(Editor typed, long root) {
    return typed.purpose() instanceof Editor.Say
        ? new Editor(typed.text(), typed.cursor(), new Editor.Reply(root), typed.isPasted())
        : typed;
  }

  /// The message that a new message in this room answers: the first one of the thread with the
  /// focus.
  static OptionalLong answered(Room room) {
    return room.threads()
        .pane()
        .filter(ThreadPane::hasFocus)
        .map(it -> OptionalLong.of(it.root()))
        .orElse(OptionalLong.empty());
  }

  /// Follows or unfollows a thread: that of the selected message, or the one on the screen, unless
  /// a number is given.
  ///
  /// @return false if no thread is meant
  static boolean follow(StepBuilder step, Room room, InputLine.Follow asked) {
    if (!OwnPosts.offers(step, "threads")) return false;
    var seq = asked.seq();
    if (seq.isEmpty()) seq = room.shown().reading().selected();
    if (seq.isEmpty() && room.threads().pane().isPresent())
      seq = OptionalLong.of(room.threads().pane().get().root());
    if (seq.isEmpty()) {
      step.error("Which thread? Give the number of a message, or select it.");
      return false;
    }
    var root = OptionalLong.of(root(room.shown(), seq.getAsLong()));
    step.request(new Request.Run(new InputLine.Follow(root, asked.is()), room.id()));
    return true;
  }

  private static long root(Room room, long seq) {
    return room.log()
        .find(seq)
        .filter(Entry.Message.class::isInstance)
        .map(it -> ((Entry.Message) it).thread().orElse(seq))
        .orElse(seq);
  }

  static void loaded(
      StepBuilder step, String room, long asked, OptionalLong before, Threads.ThreadPage page) {
    step.change(room, it -> it.with(it.threads().loaded(asked, before, page)));
  }

  /// The thread cannot be loaded.
  static void notLoaded(StepBuilder step, String room, long asked, String sentence) {
    boolean isShown =
        step.isCurrent(room) && pane(step).filter(it -> it.root() == asked).isPresent();
    if (isShown) {
      close(step);
      step.error(sentence);
    }
  }

  static void counted(StepBuilder step, String room, List<Threads.ThreadCount> counts) {
    step.change(room, it -> it.with(it.threads().counted(counts, it.log().entries())));
  }

  /// Replies that are seen as they arrive are not below the unread line.
  ///
  /// @param before the pane before they arrived
  static void seen(StepBuilder step, String room, Optional<ThreadPane> before) {
    boolean isLive = before.filter(it -> it.hasFocus() && it.reading().isLive()).isPresent();
    if (!isLive || !step.isCurrent(room) || !ReadTracking.isWatching(step)) return;
    step.changeThread(it -> it.with(it.reading().markedAt(it.log().last())));
  }

  static void arrived(StepBuilder step, ServerFrame.Thread frame) {
    step.change(frame.room(), it -> it.with(it.threads().updated(frame)));
  }

  /// The server sends the unread threads again.
  static void reconnected(StepBuilder step) {
    for (var room : List.copyOf(step.rooms)) {
      step.change(room.id(), it -> it.with(it.threads().forgetUnread()));
      room.threads()
          .pane()
          .ifPresent(pane ->
              step.request(new Request.LoadThread(room.id(), pane.root(), OptionalLong.empty())));
    }
  }

  /// Requests the number of replies to the messages of a page.
  static void count(StepBuilder step, String room, List<Entry> page) {
    boolean isAsked = page.stream().anyMatch(Entry.Message.class::isInstance);
    if (!isAsked || !step.offers("threads")) return;
    long from = page.getFirst().seq();
    long to = Math.min(page.getLast().seq(), from + ThreadCalls.RANGE - 1);
    step.request(new Request.CountReplies(room, from, to));
  }

  /// Marks threads as read that had the focus while the user was active, and loads earlier replies.
  static void updateVisible(StepBuilder step) {
    if (step.currentRoom().isEmpty()) return;
    var room = step.currentRoom().get();
    var pane = room.threads().pane();
    if (pane.isPresent() && (pane.get().hasFocus() || Panes.isThreadBeside(step.size)))
      fetch(step, room, pane.get());
    if (hasFocus(step)) markRead(step, room, room.threads().pane().get());
    if (!step.conf.foldsThreads() && ReadTracking.isOnScreen(step, room)) markRead(step, room);
  }

  private static void fetch(StepBuilder step, Room room, ThreadPane pane) {
    var log = pane.log();
    boolean isFull = log.entries().size() >= Timeline.MAX;
    if (log.isLoading() || pane.before().isEmpty() || isFull) return;
    var window =
        Panes.scroll(step.model(), room.thread().orElseThrow()).window(pane.reading().anchor());
    if (!window.isShort() && window.first() >= NEARLY) return;
    step.changeThread(it -> it.with(it.log().loading(true)));
    step.request(new Request.LoadThread(room.id(), pane.root(), pane.before()));
  }

  private static void markRead(StepBuilder step, Room room, ThreadPane pane) {
    boolean isSeen =
        ReadTracking.isWatching(step)
            && pane.reading().anchor().isEmpty()
            && !pane.log().isLoading();
    long last = pane.log().last();
    if (!isSeen || last <= pane.reading().read()) return;
    step.changeThread(it -> it.with(it.reading().readTo(last)));
    if (!pane.isFollowed()) return;
    step.change(room.id(), it -> it.with(it.threads().read(pane.root(), last)));
    step.request(new Request.ReadThread(room.id(), pane.root(), last));
  }

  /// In the linear view, a user who has seen the end of the room has also seen the replies. An open
  /// thread has a read position of its own.
  private static void markRead(StepBuilder step, Room room) {
    var seen = new ArrayList<Request.ReadThread>();
    long open = room.threads().pane().map(ThreadPane::root).orElse(0L);
    room.threads()
        .followed()
        .forEach((root, it) -> {
          if (root != open && it.unread() > 0 && it.last() <= room.reading().read())
            seen.add(new Request.ReadThread(room.id(), root, it.last()));
        });
    for (var it : seen) {
      step.change(room.id(), changed -> changed.with(changed.threads().read(it.root(), it.seq())));
      step.request(it);
    }
  }
}

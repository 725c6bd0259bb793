package kith.terminal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import kith.protocol.frame.Entry;
import kith.terminal.net.ConnectionState;
import kith.terminal.net.Refused;
import kith.terminal.net.SessionEvent;
import kith.terminal.plain.Sanitizer;
import org.jspecify.annotations.Nullable;

/// Prints a room's entries, then stores the position: in this order, so that a crash in between
/// repeats a batch and never skips one.
final class Tail implements Consumer<SessionEvent> {
  private final PrintStream out;
  private final Function<Entry, Optional<String>> line;
  private final @Nullable Path state;
  private final boolean follow;
  private final CompletableFuture<Integer> end = new CompletableFuture<>();

  Tail(
      PrintStream out,
      Function<Entry, Optional<String>> line,
      @Nullable Path state,
      boolean follow) {
    this.out = out;
    this.line = line;
    this.state = state;
    this.follow = follow;
  }

  CompletableFuture<Integer> end() {
    return end;
  }

  @Override
  public void accept(SessionEvent event) {
    if (end.isDone()) return;
    switch (event) {
      case SessionEvent.Arrived(var room, var entries) -> print(room, entries);
      case SessionEvent.CaughtUp(var room, var seq) -> caughtUp(room, seq);
      case SessionEvent.Missing(_, var from, var to) ->
          Streams.err().println("#" + from + " to #" + to + " are no longer kept.");
      case SessionEvent.Rewound(_, var had, var has) ->
          Streams.err().println("The server's log was reset from #" + had + " to #" + has + ".");
      case SessionEvent.RoomClosed(_, var code, var message) ->
          end.completeExceptionally(new Refused(0, code, message, OptionalLong.empty()));
      case SessionEvent.StateChanged(ConnectionState.Ended(_, var message)) ->
          end.completeExceptionally(new NotLoggedIn(message));
      case SessionEvent.StateChanged(ConnectionState.Waiting(_, var why)) ->
          Streams.err().println(Sanitizer.line(why) + " Trying again.");
      case SessionEvent.StateChanged _,
          SessionEvent.Kept _,
          SessionEvent.Delayed _,
          SessionEvent.UploadKept _,
          SessionEvent.UploadNotKept _,
          SessionEvent.Sent _,
          SessionEvent.Failed _,
          SessionEvent.Page _,
          SessionEvent.NoPage _,
          SessionEvent.Called _,
          SessionEvent.Answered _,
          SessionEvent.OfAccount _ -> {}
    }
  }

  private void print(String room, List<Entry> entries) {
    entries.forEach(entry -> line.apply(entry).ifPresent(out::println));
    storePosition(room, entries.getLast().seq());
  }

  private void caughtUp(String room, long seq) {
    storePosition(room, seq);
    if (!follow) end.complete(Exit.DONE);
  }

  private void storePosition(String room, long seq) {
    // also flushes; a reader that closed the pipe has not read these entries
    if (out.checkError()) {
      end.complete(Exit.DONE);
      return;
    }
    if (state == null) return;
    try {
      new TailState(room, seq).write(state);
    } catch (IOException fault) {
      end.completeExceptionally(fault);
    }
  }
}

package kith.terminal.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import kith.protocol.frame.Entry;
import kith.terminal.net.Connection;
import kith.terminal.net.Outbox;
import kith.terminal.net.SessionCommand;
import kith.terminal.plain.EntryLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tail",
    description = {
      "Print a room's entries as they arrive, each once and in order, across lost connections.",
      "With --state it continues where the last run ended. After a crash no entry is skipped; the"
          + " last batch is repeated if the crash came between printing it and storing the"
          + " position. Repeated entries have the same seq."
    })
final class TailCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Option(
      names = "--from",
      paramLabel = "SEQ",
      description = "The first entry; default: new entries only, or all with --no-follow.")
  private @Nullable Long from;

  @Option(names = "--json", description = "Entries as lines of JSON, in the wire format.")
  private boolean json;

  @Option(names = "--state", paramLabel = "FILE", description = "Store the position in this file.")
  private @Nullable Path state;

  @Option(
      names = "--follow",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Wait for new entries (default), or exit after the last one.")
  private boolean follow;

  @Override
  public Integer call() throws Exception {
    if (state != null) TailState.check(state);
    var access = options.access();
    var id = RoomLookup.own(access, room).room();
    var after = after(id);
    var shown = new EntryLines(ZoneId.systemDefault());
    Function<Entry, Optional<String>> line =
        json ? entry -> Optional.of(JsonLine.of(entry)) : shown::line;
    var tail = new Tail(Streams.out(), line, state, follow);
    try (var connection = Connection.start(access.nodes(), access.tokens(), Outbox.none(), tail)) {
      connection.submit(new SessionCommand.Open(id, after));
      return tail.end().get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  private OptionalLong after(String id) throws IOException {
    var noted = state == null ? Optional.<TailState>empty() : TailState.read(state);
    if (noted.isPresent()) {
      if (noted.get().room().equals(id)) return OptionalLong.of(noted.get().seq());
      throw options.usage(state + " belongs to another room, " + noted.get().room() + ".");
    }
    if (from != null) return OptionalLong.of(Math.max(0, from - 1));
    return follow ? OptionalLong.empty() : OptionalLong.of(0);
  }
}

package kith.terminal.command;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import kith.terminal.net.RoomCalls;
import kith.terminal.plain.RoomLines;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "create",
    description = {
      "Create a room, of which you become the owner.",
      "The room is public unless you give --private: everybody on the server can find it, join it and"
          + " read all of it."
    })
final class CreateCommand implements Callable<Integer> {
  @Mixin private final Options options;

  @Parameters(paramLabel = "NAME", description = "The name of the room.")
  private String name = "";

  @Option(names = "--topic", paramLabel = "TEXT", description = "The topic of the room.")
  private @Nullable String topic;

  @Option(names = "--private", description = "Only invited users can find and join it.")
  private boolean isPrivate;

  @Option(
      names = "--passcode",
      description = "Ask for a passcode that joining needs; not needed with KITH_PASSCODE.")
  private boolean hasPasscode;

  @Option(names = "--capacity", paramLabel = "N", description = "The maximum number of members.")
  private @Nullable Integer capacity;

  @Option(names = "--json", description = "The room as a line of JSON.")
  private boolean json;

  CreateCommand() {
    this(new Options());
  }

  CreateCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    var calls = RoomCalls.of(options.access().rest());
    var most = capacity == null ? OptionalInt.empty() : OptionalInt.of(capacity);
    var made =
        calls.create(
            name, Optional.ofNullable(topic), isPrivate, options.passcode(hasPasscode), most);
    Streams.print(json ? JsonLine.rest(made) : RoomLines.own(made));
    return Exit.DONE;
  }
}

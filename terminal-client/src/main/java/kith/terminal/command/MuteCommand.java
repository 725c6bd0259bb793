package kith.terminal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "mute", description = "Mute a room on all your devices.")
final class MuteCommand implements Callable<Integer> {
  @Mixin private final Options options;

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Option(names = "--undo", description = "End the muting.")
  private boolean undo;

  MuteCommand() {
    this(new Options());
  }

  MuteCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    var access = options.access();
    access.rest().mute(RoomLookup.own(access, room).room(), !undo);
    return Exit.DONE;
  }
}

package kith.terminal.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "leave", description = "Leave a room, or remove a conversation from your list.")
final class LeaveCommand implements Callable<Integer> {
  @Mixin private final Options options;

  @Parameters(paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  LeaveCommand() {
    this(new Options());
  }

  LeaveCommand(Options options) {
    this.options = options;
  }

  @Override
  public Integer call() {
    var access = options.access();
    access.rest().leave(RoomLookup.own(access, room).room());
    return Exit.DONE;
  }
}

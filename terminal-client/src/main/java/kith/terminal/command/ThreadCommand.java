package kith.terminal.command;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import kith.protocol.Program;
import kith.terminal.net.ThreadCalls;
import kith.terminal.plain.InputLine;
import kith.terminal.plain.ThreadLines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "thread",
    description = {
      "Show the thread of a message: the first message and all replies. Then it counts as read.",
      "${ROOT-COMMAND-NAME} send --thread SEQ ROOM TEXT answers in it."
    })
final class ThreadCommand implements Callable<Integer> {
  @Mixin private final Options options = new Options();

  @Parameters(index = "0", paramLabel = "ROOM", description = "The name or id of a room, or @USER.")
  private String room = "";

  @Parameters(
      index = "1",
      paramLabel = "SEQ",
      description = "The number of the first message of the thread, or of any reply.")
  private long seq;

  @Option(names = "--follow", description = "Follow the thread, instead of showing it.")
  private boolean follow;

  @Option(names = "--unfollow", description = "Unfollow the thread, instead of showing it.")
  private boolean unfollow;

  @Option(
      names = "--json",
      description = "The latest page of the thread as one line of JSON; nothing counts as read.")
  private boolean json;

  @Override
  public Integer call() {
    if (seq < 1) throw options.usage("SEQ must be at least 1.");
    if ((follow ? 1 : 0) + (unfollow ? 1 : 0) + (json ? 1 : 0) > 1)
      throw options.usage("Only one of --follow, --unfollow and --json.");
    var access = options.access();
    var rest = access.rest();
    var id = RoomLookup.own(access, room).room();
    var out = Streams.out();
    if (follow || unfollow)
      ThreadLines.follow(rest, id, new InputLine.Follow(OptionalLong.of(seq), follow));
    else if (json)
      out.println(JsonLine.rest(new ThreadCalls(rest).page(id, seq, OptionalLong.empty())));
    else
      ThreadLines.thread(rest, id, seq, Program.NAME + " send ROOM --thread").forEach(out::println);
    out.flush();
    return Exit.DONE;
  }
}

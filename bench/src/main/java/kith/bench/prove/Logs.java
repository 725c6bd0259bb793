package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers;

/// Reads a room's whole log from one node.
final class Logs {
  private static final int PAGE = 200;
  private static final long PAUSE_MILLIS = 500;

  private final Nodes nodes;
  private final Announcer out;

  Logs(Nodes nodes, Announcer out) {
    this.nodes = nodes;
    this.out = out;
  }

  /// Nothing if the node would not give it until `end` (of `System.nanoTime`).
  Optional<Log> read(URI node, String room, Login member, long end) throws InterruptedException {
    var lines = new ArrayList<Line>();
    for (; ; ) {
      try {
        if (!readPage(node, room, member, lines))
          return Optional.of(new Log(Progress.name(node), lines));
      } catch (Refused no) {
        if (no.code().equals(Code.UNAUTHENTICATED.wire())) renew(member);
        if (isLate(node, room, end, String.valueOf(no.getMessage()))) return Optional.empty();
      } catch (IOException fault) {
        if (isLate(node, room, end, String.valueOf(fault.getMessage()))) return Optional.empty();
      }
    }
  }

  private boolean isLate(URI node, String room, long end, String why) throws InterruptedException {
    if (System.nanoTime() - end > 0) {
      out.line("%s does not give out the log of %s: %s", Progress.name(node), room, why);
      return true;
    }
    Thread.sleep(PAUSE_MILLIS);
    return false;
  }

  private static void renew(Login member) throws InterruptedException {
    try {
      member.renew();
    } catch (Refused | IOException notNow) {
      // the next page says so
    }
  }

  /// Returns whether there is more.
  private boolean readPage(URI node, String room, Login member, List<Line> lines)
      throws Refused, IOException, InterruptedException {
    long after = lines.isEmpty() ? 0 : lines.getLast().seq();
    var path = "/v1/rooms/" + room + "/entries?after=" + after + "&limit=" + PAGE;
    var page =
        Nodes.read(
            nodes.at(node, Nodes.Call.get(path, member.token())), RoomAnswers.EntryPage.class);
    for (var entry : page.entries()) lines.add(Line.of(entry));
    if (page.more() && page.entries().isEmpty())
      throw new IOException("an empty page that says there is more");
    return page.more();
  }
}

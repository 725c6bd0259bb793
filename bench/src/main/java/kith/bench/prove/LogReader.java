package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers;

/// Reads a room's whole log from one node.
final class LogReader {
  private static final int PAGE = 200;
  private static final long PAUSE_MILLIS = 500;

  private final Nodes nodes;
  private final Output out;

  LogReader(Nodes nodes, Output out) {
    this.nodes = nodes;
    this.out = out;
  }

  /// Returns empty if the node did not return the log before `end` (of `System.nanoTime`).
  Optional<NodeLog> read(URI node, String room, Login member, long end)
      throws InterruptedException {
    var entries = new ArrayList<LogEntry>();
    for (; ; ) {
      try {
        if (!readPage(node, room, member, entries))
          return Optional.of(new NodeLog(Progress.name(node), entries));
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
      out.println("%s does not return the log of %s: %s", Progress.name(node), room, why);
      return true;
    }
    Thread.sleep(PAUSE_MILLIS);
    return false;
  }

  private static void renew(Login member) throws InterruptedException {
    try {
      member.renew();
    } catch (Refused | IOException notNow) {
      // reading the next page reports the error
    }
  }

  /// Reads a page and returns whether there are more.
  private boolean readPage(URI node, String room, Login member, List<LogEntry> entries)
      throws Refused, IOException, InterruptedException {
    long after = entries.isEmpty() ? 0 : entries.getLast().seq();
    var path = "/v1/rooms/" + room + "/entries?after=" + after + "&limit=" + PAGE;
    var page =
        Nodes.read(
            nodes.at(node, Nodes.Call.get(path, member.token())), RoomAnswers.EntryPage.class);
    for (var entry : page.entries()) entries.add(LogEntry.of(entry));
    if (page.more() && page.entries().isEmpty())
      throw new IOException("an empty page with more = true");
    return page.more();
  }
}

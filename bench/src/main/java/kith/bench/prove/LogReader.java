package kith.bench.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kith.protocol.Code;
import kith.protocol.rest.RoomAnswers;

/// Reads whole logs of rooms from one node, however slow it is: it gives up only if the node has
/// returned nothing for the whole patience. Then it tries each further room once.
final class LogReader {
  private static final int PAGE = 200;
  private static final long PAUSE_MILLIS = 500;

  private final Nodes nodes;
  private final URI node;
  private final Duration patience;
  private final Output out;
  private final SlowProgress progress;
  private long lastPage = System.nanoTime();
  private int timeouts;

  LogReader(Nodes nodes, URI node, Duration patience, Output out) {
    this.nodes = nodes;
    this.node = node;
    this.patience = patience;
    this.out = out;
    this.progress = new SlowProgress(out);
  }

  /// Returns empty if the node did not return the log.
  Optional<NodeLog> read(String room, Login member) throws InterruptedException {
    var entries = new ArrayList<LogEntry>();
    for (; ; ) {
      try {
        boolean more = readPage(room, member, entries);
        lastPage = System.nanoTime();
        progress.show("%s: %d entries of %s read".formatted(name(), entries.size(), room));
        if (!more) return Optional.of(new NodeLog(name(), entries));
      } catch (Refused no) {
        if (no.code().equals(Code.UNAUTHENTICATED.wire())) renew(member);
        if (givesUp(room, String.valueOf(no.getMessage()))) return Optional.empty();
      } catch (IOException fault) {
        if (fault instanceof HttpTimeoutException) timeouts++;
        if (givesUp(room, reason(fault))) return Optional.empty();
      }
    }
  }

  private String name() {
    return Progress.name(node);
  }

  private static String reason(IOException fault) {
    return fault.getMessage() == null ? fault.getClass().getSimpleName() : fault.getMessage();
  }

  private boolean givesUp(String room, String why) throws InterruptedException {
    if (System.nanoTime() - lastPage > patience.toNanos()) {
      out.println(
          "  %s did not return the log of %s, and nothing for %s: %s",
          name(), room, Output.seconds(patience.toMillis()), why);
      return true;
    }
    progress.show("waiting for %s to return the log of %s: %s".formatted(name(), room, why));
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
  private boolean readPage(String room, Login member, List<LogEntry> entries)
      throws Refused, IOException, InterruptedException {
    long after = entries.isEmpty() ? 0 : entries.getLast().seq();
    var path = "/v1/rooms/" + room + "/entries?after=" + after + "&limit=" + PAGE;
    var call = Nodes.Call.get(path, member.token());
    var page =
        Nodes.read(nodes.at(node, call, Nodes.answering(timeouts)), RoomAnswers.EntryPage.class);
    for (var entry : page.entries()) entries.add(LogEntry.of(entry));
    if (page.more() && page.entries().isEmpty())
      throw new IOException("an empty page with more = true");
    return page.more();
  }
}

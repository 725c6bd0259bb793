package kith.terminal.command;

import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.Callable;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.Inboxes.Latest;
import kith.terminal.plain.Sanitizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inbox",
    description = "List your rooms with their unread counts and mentions (@2).")
final class InboxCommand implements Callable<Integer> {
  /// Unread rooms first, those with mentions before others, then by latest message.
  private static final Comparator<InboxRoom> ORDER =
      Comparator.<InboxRoom, Boolean>comparing(room -> !isUnread(room))
          .thenComparing(room -> room.mentions().orElse(0) == 0)
          .thenComparing(
              room -> room.latest().map(Latest::at).orElse(Instant.EPOCH),
              Comparator.reverseOrder());

  @Mixin private final Options options = new Options();

  @Option(names = "--json", description = "Rooms as lines of JSON.")
  private boolean json;

  @Override
  public Integer call() {
    for (var room : options.access().rest().inbox().rooms().stream().sorted(ORDER).toList()) {
      Streams.print(json ? JsonLine.rest(room) : line(room));
    }
    return Exit.DONE;
  }

  private static boolean isUnread(InboxRoom room) {
    return room.unread() > 0 || room.unreadFrom().isPresent();
  }

  static String line(InboxRoom room) {
    var count = room.unread() > 0 ? String.valueOf(room.unread()) : isUnread(room) ? "*" : "";
    var name = Sanitizer.line(room.title().orElse(room.room())) + (room.muted() ? " (muted)" : "");
    int named = room.mentions().orElse(0);
    var mentions = named > 0 ? " @" + named : "";
    var latest = room.latest().map(it -> ", " + Sanitizer.line(text(it))).orElse("");
    return "%4s  %s%s%s".formatted(count, name, mentions, latest);
  }

  private static String text(Latest latest) {
    return latest.by() + ": " + latest.text().orElse("(removed)").replace('\n', ' ');
  }
}

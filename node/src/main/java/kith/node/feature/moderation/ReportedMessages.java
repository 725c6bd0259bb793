package kith.node.feature.moderation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.core.room.RoomLog;
import kith.node.platform.config.Portions;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Moderating.ReportedMessage;

/// Copies of a message and its neighbours, as everybody can read them now.
final class ReportedMessages {
  private final RoomLog log;

  /// Entries before the message, and after it.
  private final int neighbours;

  ReportedMessages(RoomLog log, int neighbours) {
    this.log = log;
    this.neighbours = neighbours;
  }

  /// The entries around `seq`; without it, if it cannot be read.
  CompletionStage<List<Entry>> around(String room, long seq) {
    return log.before(room, seq + neighbours + 1, 2 * neighbours + 1)
        .thenApply(page ->
            page.entries().stream().filter(entry -> entry.seq() >= seq - neighbours).toList());
  }

  static Optional<Entry.Message> message(List<Entry> entries, long seq) {
    return entries.stream()
        .filter(entry -> entry.seq() == seq && entry instanceof Entry.Message)
        .map(Entry.Message.class::cast)
        .findFirst();
  }

  /// The message is copied as a whole, the others are cut.
  static List<ReportedMessage> copies(List<Entry> entries, long seq) {
    return entries.stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .map(it -> {
          var text = text(it);
          return new ReportedMessage(
              it.seq(), it.at(), it.by(), it.seq() == seq ? text : cut(text));
        })
        .toList();
  }

  private static String text(Entry.Message message) {
    if (message.redaction().isPresent()) return "";
    var body = message.edit().map(Entry.LatestEdit::body).or(message::body).orElse("");
    var files = message.files().orElse(List.of()).stream().map(file -> "▣ " + file.name());
    return Stream.concat(Stream.of(body).filter(it -> !it.isEmpty()), files)
        .collect(Collectors.joining("\n"));
  }

  private static String cut(String text) {
    if (text.codePointCount(0, text.length()) <= Portions.REPORTED_NEIGHBOUR) return text;
    return text.substring(0, text.offsetByCodePoints(0, Portions.REPORTED_NEIGHBOUR)) + "…";
  }
}

package kith.terminal.plain;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import kith.terminal.layout.Markup;
import kith.terminal.net.Connection;
import kith.terminal.net.SessionCommand;
import kith.terminal.profile.Access;

/// Executes the commands that print parts of a room, or that change read positions.
record ReadingCommands(
    Access access,
    Transcript transcript,
    Connection connection,
    Desktop desktop,
    OpenedFiles opened) {
  private static final Duration CONFIRMED_IN = Duration.ofSeconds(30);

  private RoomReader reader(String room) {
    return new RoomReader(access.rest(), room);
  }

  private void print(String room, RoomReader.Part part) {
    transcript.printEntries(room, part.entries());
    if (!part.remark().isEmpty()) transcript.print("-- " + part.remark());
  }

  void latest(String room) {
    var message = reader(room).latest();
    if (message.isEmpty()) transcript.print("-- There are no messages.");
    message.ifPresent(it -> transcript.printEntries(room, List.of(it)));
  }

  void find(String room, String text) {
    print(room, reader(room).find(text));
  }

  void code(String room, OptionalLong seq, OptionalInt number) {
    reader(room)
        .withCode(seq)
        .map(message -> RoomReader.code(message, number))
        .orElse(List.of("-- There is no such code block."))
        .forEach(transcript::print);
  }

  void markUnread(String room, long seq) {
    connection.submit(new SessionCommand.Unread(room, seq));
    transcript.markedUnread(room, seq);
    transcript.print("-- unread from #" + seq + " on, on all your devices");
  }

  void readAll() throws InterruptedException {
    var unread = access.rest().inbox().rooms().stream().filter(InboxLines::isUnread).toList();
    if (unread.isEmpty()) {
      transcript.print("-- No room is unread.");
      return;
    }
    var seqs = new LinkedHashMap<String, Long>();
    unread.forEach(row -> seqs.put(row.room(), row.seq()));
    transcript.reading(seqs);
    seqs.forEach((room, seq) -> connection.submit(new SessionCommand.Read(room, seq)));
    var names = unread.stream().map(InboxLines::name).collect(Collectors.joining(", "));
    transcript.print(
        transcript.awaitReads(CONFIRMED_IN)
            ? "-- read: " + names
            : "! The server has not confirmed yet that these rooms are read: " + names);
  }

  /// @return whether there are unread entries
  boolean printUnread(String room) {
    var read = transcript.position(room);
    if (read.isEmpty()) return false;
    var part = reader(room).after(read.getAsLong());
    transcript.printUnread(room, part.entries());
    if (!part.remark().isEmpty()) transcript.print("-- " + part.remark());
    return !part.entries().isEmpty();
  }

  void toUnread(String room) {
    if (!printUnread(room)) transcript.print("-- Nothing is unread in this room.");
  }

  void goToDay(String room, String typed) {
    var zone = ZoneId.systemDefault();
    var day = Days.parse(typed, LocalDate.now(zone));
    if (day.isEmpty()) {
      transcript.print("! Usage: " + LineParser.usages().get("date"));
      return;
    }
    print(room, reader(room).day(day.get(), zone));
  }

  void open(String room, OptionalLong seq) throws IOException {
    var message =
        reader(room)
            .toOpen(seq)
            .orElseThrow(() -> Chat.refused("There is no message with a link or a file to open."));
    var link = Markup.link(message);
    if (link.isPresent()) desktop.open(link.get());
    var name =
        link.isPresent()
            ? link.get()
            : LineFiles.open(access.files(), room, message, opened, desktop);
    transcript.print("-- opened " + Sanitizer.line(name));
  }
}

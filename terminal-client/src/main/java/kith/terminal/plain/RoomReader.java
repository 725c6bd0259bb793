package kith.terminal.plain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import kith.protocol.frame.Entry;
import kith.terminal.layout.Markup;
import kith.terminal.layout.Matches;
import kith.terminal.model.SearchState;
import kith.terminal.net.Rest;

/// Reads parts of a room's log that the user asks for.
record RoomReader(Rest rest, String room) {
  /// One screen reader reads this many entries for minutes.
  static final int MOST = 200;

  /// The pages that a search reads, as on the full screen.
  private static final int PAGES = 20;

  private static final int PAGE = 50;
  private static final int MOST_FOUND = 20;

  /// Entries in ascending order.
  ///
  /// @param remark a sentence about the omitted entries, or empty
  record Part(List<Entry> entries, String remark) {
    Part {
      entries = List.copyOf(entries);
    }
  }

  /// The entries after `seq`, at most `MOST`.
  Part after(long seq) {
    return forward(seq, Optional.empty(), "more follow; /to-unread continues");
  }

  /// The entries of a day, at most `MOST`.
  Part day(LocalDate day, ZoneId zone) {
    var begin = day.atStartOfDay(zone).toInstant();
    long first = firstSince(begin);
    var end = day.plusDays(1).atStartOfDay(zone).toInstant();
    var part = forward(first - 1, Optional.of(end), "only the first " + MOST + " of this day");
    return part.entries().isEmpty()
        ? new Part(List.of(), "There are no messages of " + Days.text(day) + ".")
        : part;
  }

  private Part forward(long after, Optional<Instant> end, String remark) {
    var entries = new ArrayList<Entry>();
    while (true) {
      long last = entries.isEmpty() ? after : entries.getLast().seq();
      var page =
          rest.entries(room, OptionalLong.empty(), OptionalLong.of(last), OptionalInt.of(PAGE));
      for (var entry : page.entries()) {
        if (end.isPresent() && !entry.at().isBefore(end.get())) return new Part(entries, "");
        if (entries.size() == MOST) return new Part(entries, remark);
        entries.add(entry);
      }
      if (!page.more() || page.entries().isEmpty()) return new Part(entries, "");
    }
  }

  /// A binary search, one entry at a time.
  private long firstSince(Instant moment) {
    long end = rest.room(room).lastSeq().orElse(0L);
    var since = new SearchState.Since(moment, 0, end + 1);
    while (since.high() - since.low() > 1) {
      long middle = since.low() + (since.high() - since.low()) / 2;
      since = since.after(one(middle).stream().toList());
    }
    return since.high();
  }

  private Optional<Entry> one(long seq) {
    var page =
        rest.entries(room, OptionalLong.of(seq + 1), OptionalLong.empty(), OptionalInt.of(1));
    return page.entries().stream().filter(it -> it.seq() == seq).findFirst();
  }

  /// The latest messages that contain a text.
  Part find(String text) {
    var found = new ArrayList<Entry>();
    var before = OptionalLong.empty();
    for (int number = 0; number < PAGES; number++) {
      var page = rest.entries(room, before, OptionalLong.empty(), OptionalInt.of(PAGE));
      for (var entry : page.entries().reversed()) {
        if (!Matches.in(entry, text)) continue;
        found.addFirst(entry);
        if (found.size() == MOST_FOUND) return new Part(found, searchedBackTo(entry.seq()));
      }
      if (!page.more() || page.entries().isEmpty())
        return new Part(found, found.isEmpty() ? "Nothing found in this room." : "");
      before = OptionalLong.of(page.entries().getFirst().seq());
    }
    return new Part(found, searchedBackTo(before.getAsLong()));
  }

  private static String searchedBackTo(long seq) {
    return "Searched back to #" + seq + "; /search finds older messages, in all your rooms.";
  }

  Optional<Entry.Message> latest() {
    return recent().stream().findFirst();
  }

  /// A message with a link or a file.
  ///
  /// @param seq absent for the latest one
  Optional<Entry.Message> toOpen(OptionalLong seq) {
    return chosen(seq).stream()
        .filter(it -> Markup.link(it).isPresent() || hasFiles(it))
        .findFirst();
  }

  static boolean hasFiles(Entry.Message message) {
    return message.redaction().isEmpty() && message.files().isPresent();
  }

  /// A message with code blocks.
  ///
  /// @param seq absent for the latest one
  Optional<Entry.Message> withCode(OptionalLong seq) {
    return chosen(seq).stream().filter(it -> !Markup.code(it).isEmpty()).findFirst();
  }

  private List<Entry.Message> chosen(OptionalLong seq) {
    return seq.isEmpty() ? recent() : messages(one(seq.getAsLong()).stream().toList());
  }

  /// The newest first.
  private List<Entry.Message> recent() {
    return messages(HistoryPages.newest(rest, room, MOST)).reversed();
  }

  private static List<Entry.Message> messages(List<Entry> entries) {
    return entries.stream()
        .filter(Entry.Message.class::isInstance)
        .map(Entry.Message.class::cast)
        .toList();
  }

  /// The lines of a code block between two lines that delimit it.
  ///
  /// @param number absent for the last one
  static List<String> code(Entry.Message message, OptionalInt number) {
    var blocks = Markup.code(message);
    int wanted = number.orElse(blocks.size());
    if (wanted < 1 || wanted > blocks.size()) return List.of("-- There is no such code block.");
    // a block cannot imitate the output of the client: the first line states its length
    var code = Sanitizer.code(blocks.get(wanted - 1)).stripTrailing().lines().toList();
    var lines = new ArrayList<String>();
    lines.add(
        "-- code block %d of %d in #%d, %d %s:"
            .formatted(
                wanted,
                blocks.size(),
                message.seq(),
                code.size(),
                code.size() == 1 ? "line" : "lines"));
    lines.addAll(code);
    lines.add("-- end of the code block");
    return lines;
  }
}

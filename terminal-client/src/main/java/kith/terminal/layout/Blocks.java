package kith.terminal.layout;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.terminal.keys.Action;
import kith.terminal.keys.Keymap;
import kith.terminal.layout.Row.Span;
import kith.terminal.model.FileUpload;
import kith.terminal.model.OwnPost;
import kith.terminal.model.Pins;
import kith.terminal.model.PrivateAnswer;
import kith.terminal.model.Reactions;
import kith.terminal.model.Room;
import kith.terminal.model.ThreadPane;
import kith.terminal.plain.CommandLines;
import kith.terminal.plain.EntryLines;
import kith.terminal.plain.FileLines;
import kith.terminal.plain.Sanitizer;

/// A room's timeline as blocks of rows: one block for each entry, then one for each own post
/// without an entry.
///
/// @param nameColumns the width of the longest name in the loaded timeline, within limits
/// @param folds replies are shown only in the panes of their threads
/// @param hasLinks the terminal can link a text to an address that is not on the screen
/// @param hasStrikes the terminal strikes text through
public record Blocks(
    Room room,
    String me,
    ZoneId zone,
    int columns,
    int nameColumns,
    boolean hasLinks,
    boolean hasStrikes,
    Keymap keys,
    boolean folds) {
  /// The columns left for the text beside the names, if the screen is wide enough.
  private static final int TEXT = 55;

  private static final int LONGEST_NAME = 16;

  /// Names are at least this wide before they are cut off.
  private static final int SHORTEST_LIMIT = 8;

  /// Columns of the time and of the marks between name and text.
  private static final int BESIDE = 9;

  private static final Duration CONTINUATION = Duration.ofMinutes(5);
  private static final int NAME_EVERY = 12;
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  public static Blocks of(
      Room room,
      String me,
      ZoneId zone,
      int columns,
      boolean hasLinks,
      boolean hasStrikes,
      Keymap keys) {
    int limit = Math.clamp(columns - BESIDE - TEXT, SHORTEST_LIMIT, LONGEST_NAME);
    var names =
        room.log().entries().stream()
            .filter(Entry.Message.class::isInstance)
            .map(Entry.Message.class::cast)
            .map(EntryLines::author)
            .distinct();
    var own = room.ownPosts().isEmpty() ? Stream.<String>empty() : Stream.of(Sanitizer.line(me));
    int widest = Stream.concat(names, own).mapToInt(Graphemes::columns).max().orElse(1);
    return new Blocks(
        room, me, zone, columns, Math.min(widest, limit), hasLinks, hasStrikes, keys, false);
  }

  /// The same, with or without the replies of threads.
  public Blocks folding(boolean is) {
    return new Blocks(room, me, zone, columns, nameColumns, hasLinks, hasStrikes, keys, is);
  }

  public int count() {
    int entries = room.log().entries().size();
    return room.log().reachesEnd() ? entries + room.ownPosts().size() : entries;
  }

  private int textColumns() {
    return columns - BESIDE - nameColumns;
  }

  public List<Row> rows(int index) {
    var entries = room.log().entries();
    if (index >= entries.size()) return own(room.ownPosts().get(index - entries.size()));
    var entry = entries.get(index);
    var before = before(index);
    var rows = new ArrayList<Row>();
    if (!room.isFolded(entry, folds)) {
      rows.addAll(dividers(index, before));
      rows.addAll(entry(entry, before));
    }
    long next = index + 1 < entries.size() ? entries.get(index + 1).seq() : Long.MAX_VALUE;
    for (var it : room.answers())
      if (it.after() >= entry.seq() && it.after() < next) rows.addAll(answer(it));
    return rows;
  }

  /// The separator between an entry and the one above it.
  private List<Row> dividers(int index, Optional<Entry> before) {
    var entries = room.log().entries();
    var entry = entries.get(index);
    var rows = new ArrayList<Row>();
    Optional.of(index)
        .filter(it -> it > 0 && !room.log().isThread())
        .map(it -> entries.get(it - 1))
        .filter(it -> it.seq() + 1 < entry.seq())
        .ifPresent(it ->
            rows.add(
                divider(
                    "#" + (it.seq() + 1) + " to #" + (entry.seq() - 1) + " are no longer kept",
                    Tone.ERROR)));
    if (before.isEmpty() && room.log().isCut()) {
      var words =
          "Messages before " + DATE.format(day(entry)) + " were removed by this room's retention";
      var fits = Graphemes.columns(words) + 2 <= columns;
      rows.add(divider(fits ? words : "older messages were removed", Tone.QUIET));
    }
    if (before.map(it -> !day(it).equals(day(entry))).orElse(true)) {
      rows.add(divider(DAY.format(day(entry)), Tone.QUIET));
    }
    if (isFirstUnread(index)) rows.add(divider("unread", Tone.UNREAD));
    return rows;
  }

  /// The entry above, which is not folded.
  private Optional<Entry> before(int index) {
    for (int above = index - 1; above >= 0; above--) {
      var entry = room.log().entries().get(above);
      if (!room.isFolded(entry, folds)) return Optional.of(entry);
    }
    return Optional.empty();
  }

  /// An answer of a bot that only this user sees.
  private List<Row> answer(PrivateAnswer it) {
    var answer = it.answer();
    var text = new ArrayList<Row>();
    text.add(Row.of(Graphemes.fit(CommandLines.author(answer), textColumns()), Tone.QUIET));
    text.addAll(
        answer.body().isPresent()
            ? rows(CommandLines.text(answer))
            : Wrap.rows(Sanitizer.line(CommandLines.text(answer)), Tone.ERROR, textColumns()));
    return beside(CLOCK.format(it.at().atZone(zone)), text);
  }

  private List<Row> rows(String text) {
    return Markup.rows(
        text, new TextOptions(Set.of(), hasLinks, hasStrikes, false), "", textColumns());
  }

  /// The unread line stands before the first unread message; joins and leaves do not count.
  private boolean isFirstUnread(int index) {
    var entries = room.log().entries();
    long marker = room.reading().marker();
    if (marker == 0 || !isUnreadMessage(entries.get(index), marker)) return false;
    int before = index - 1;
    while (before >= 0 && entries.get(before).seq() > marker) {
      if (isUnreadMessage(entries.get(before), marker)) return false;
      before--;
    }
    return before >= 0;
  }

  private boolean isUnreadMessage(Entry entry, long marker) {
    return entry instanceof Entry.Message
        && !entry.by().equals(me)
        && entry.seq() > marker
        && !room.isFolded(entry, folds);
  }

  private LocalDate day(Entry entry) {
    return entry.at().atZone(zone).toLocalDate();
  }

  private Row divider(String words, Tone tone) {
    var middle = " " + words + " ";
    int left = Math.max(0, columns - Graphemes.columns(middle));
    return Row.of("─".repeat(left / 2) + middle + "─".repeat(left - left / 2), tone);
  }

  private List<Row> entry(Entry entry, Optional<Entry> before) {
    if (entry instanceof Entry.Message message) return message(message, before);
    // shown at its target; a pin also points the members to the message
    if (entry instanceof Entry.Amendment && !(entry instanceof Entry.Pinned)) return List.of();
    return EntryLines.text(entry)
        .map(words -> words.startsWith("* ") ? words.substring(2) : words)
        .map(words -> beside(time(entry), Wrap.rows(words, Tone.QUIET, textColumns())))
        .orElse(List.of());
  }

  private List<Row> message(Entry.Message message, Optional<Entry> before) {
    boolean isMine = message.by().equals(me);
    boolean isContinued = before.map(it -> isContinued(it, message)).orElse(false);
    boolean isSelected = room.reading().selected().orElse(0) == message.seq();
    var text = new ArrayList<Row>();
    long answered = message.replyTo().orElse(0);
    // in the pane of a thread, most messages are replies to the first one
    boolean isQuoted = answered > 0 && !(room.log().isThread() && answered == root());
    if (isQuoted) text.addAll(quote(answered, isSelected));
    message.program().flatMap(Entry.Program::call).ifPresent(call -> text.add(called(call)));
    var files = files(message, isSelected);
    if (files.isEmpty() || !text(message).isBlank()) text.addAll(body(message, isSelected));
    text.addAll(files);
    if (!Reactions.of(message).isEmpty()) text.add(reactions(message));
    replies(message.seq()).ifPresent(text::add);
    var gutter = isSelected ? new Span("▶ ", Tone.UNREAD) : new Span("  ", Tone.PLAIN);
    if (isMine && !isSelected) gutter = new Span(mark(message), Tone.GOOD);
    return beside(
        new Span(isContinued ? "" : time(message), Tone.QUIET),
        new Span(isContinued ? "" : EntryLines.author(message), Tone.SENDER, hue(message.by())),
        gutter,
        text);
  }

  private long root() {
    return room.threads().pane().map(ThreadPane::root).orElse(0L);
  }

  /// The number of replies to a message, in the room's own timeline.
  private Optional<Row> replies(long seq) {
    long count = room.threads().replies(seq);
    if (count == 0 || room.log().isThread()) return Optional.empty();
    int unread = room.threads().unread(seq);
    var words = "↳ " + count + (count == 1 ? " reply" : " replies");
    if (unread > 0) words += ", " + unread + " new";
    return Optional.of(
        Row.of(Graphemes.fit(words, textColumns()), unread > 0 ? Tone.UNREAD : Tone.QUIET));
  }

  /// A row for each file of a message: `▣ garden.jpg 312 KB 1200×800`.
  private List<Row> files(Entry.Message message, boolean isWhole) {
    return message.files().orElse(List.of()).stream()
        .flatMap(file ->
            fitted(isWhole ? FileLines.row(file) : shortRow(file), Tone.STRONG, isWhole).stream())
        .toList();
  }

  /// The end of a name shows the kind of file, and a long name must not hide it.
  private String shortRow(Entry.File file) {
    int facts = Graphemes.columns(FileLines.row(_ -> "", file));
    return FileLines.row(name -> Graphemes.fitMiddle(name, textColumns() - facts), file);
  }

  /// The block in as many rows as it needs, or in one.
  private List<Row> fitted(String line, Tone tone, boolean isWhole) {
    return isWhole
        ? Wrap.rows(line, tone, textColumns())
        : List.of(Row.of(Graphemes.fit(line, textColumns()), tone));
  }

  /// One row; the user's own reactions are in brackets.
  private Row reactions(Entry.Message message) {
    var spans = new ArrayList<Span>();
    int left = textColumns();
    for (var reaction : Reactions.of(message)) {
      boolean isMine = reaction.users().contains(me);
      var count = Sanitizer.line(reaction.emoji()) + " " + reaction.users().size();
      var text = (spans.isEmpty() ? "" : "  ") + (isMine ? "[" + count + "]" : count);
      // leaves room for the mark of the omitted ones
      if (Graphemes.columns(text) > left - 2) {
        spans.add(new Span(" …", Tone.QUIET));
        break;
      }
      spans.add(new Span(text, isMine ? Tone.STRONG : Tone.QUIET));
      left -= Graphemes.columns(text);
    }
    return new Row(spans);
  }

  private String mark(Entry.Message message) {
    if (message.redaction().isPresent()) return "✓ ";
    return switch (room.receipts().mark(message.seq(), me)) {
      case SENT -> "✓ ";
      case DELIVERED -> "◎ ";
      case READ -> "◉ ";
    };
  }

  /// The colour of a name is the same on all clients and in all sessions.
  public static int hue(String name) {
    return Math.floorMod(name.hashCode() * 31 + name.length(), 6);
  }

  /// A message without a repeated name. In a long series the name is repeated every few messages.
  private boolean isContinued(Entry before, Entry.Message message) {
    return message.seq() % NAME_EVERY != 0
        && before instanceof Entry.Message
        && before.by().equals(message.by())
        && day(before).equals(day(message))
        && Duration.between(before.at(), message.at()).compareTo(CONTINUATION) < 0;
  }

  private List<Row> body(Entry.Message message, boolean isWhole) {
    if (message.redaction().isPresent()) {
      var by = Sanitizer.line(message.redaction().get().by());
      return Wrap.rows("(removed by " + by + ")", Tone.QUIET, textColumns());
    }
    return Markup.rows(
        text(message),
        new TextOptions(Markup.mentioned(message, me), hasLinks, hasStrikes, isWhole),
        marks(message),
        textColumns(),
        room.reading().search());
  }

  private static String marks(Entry.Message message) {
    var marks = new ArrayList<String>();
    if (message.edit().isPresent()) marks.add("(edited)");
    if (message.pin().isPresent()) marks.add("(pinned)");
    return String.join(" ", marks);
  }

  public static String text(Entry.Message message) {
    return message.edit().map(Entry.LatestEdit::body).or(message::body).orElse("");
  }

  private List<Row> quote(long seq, boolean isWhole) {
    var quoted =
        room.log()
            .find(seq)
            .map(entry -> EntryLines.author(entry) + quotedText(entry))
            .orElse("an earlier message, #" + seq);
    return fitted("↪ " + quoted, Tone.QUIET, isWhole);
  }

  private Row called(Entry.CommandCall call) {
    var words = "↪ " + Sanitizer.line(call.by()) + ": /" + Sanitizer.line(call.command());
    return Row.of(Graphemes.fit(words, textColumns()), Tone.QUIET);
  }

  private static String quotedText(Entry entry) {
    return entry instanceof Entry.Message message && message.redaction().isEmpty()
        ? ": " + Sanitizer.line(EntryLines.preview(message))
        : "";
  }

  private List<Row> own(OwnPost own) {
    var text =
        new ArrayList<>(
            switch (own.post()) {
              case ClientFrame.Send send -> sent(own, send);
              case ClientFrame.Edit edit -> plain("edit: " + Sanitizer.line(edit.body()));
              case ClientFrame.Redact _ -> plain("remove a message");
              case ClientFrame.React react -> plain(reaction(react));
              case ClientFrame.Pin pin -> plain(Pins.command(pin).substring(1));
              case ClientFrame.FeaturePost _ -> plain("a post");
            });
    own.failure()
        .ifPresent(why ->
            text.addAll(
                Wrap.rows(
                    "not sent: " + Sanitizer.line(why) + choices(), Tone.ERROR, textColumns())));
    return beside(
        new Span(CLOCK.format(own.at().atZone(zone)), Tone.QUIET),
        new Span(me, Tone.SENDER, hue(me)),
        gutter(own),
        text);
  }

  private List<Row> plain(String words) {
    return Wrap.rows(words, Tone.PLAIN, textColumns());
  }

  private List<Row> sent(OwnPost own, ClientFrame.Send send) {
    if (own.upload().isPresent()) {
      var upload = own.upload().get();
      var row = FileLines.row(upload.file().name(), upload.file().size());
      var state = own.hasFailed() ? "" : "  " + state(upload);
      var line = List.of(new Span(row, Tone.STRONG), new Span(state, Tone.WAITING));
      return Wrap.rows(List.of(line), textColumns());
    }
    int files = send.files().map(List::size).orElse(0);
    if (files == 0 || !send.body().isBlank()) return rows(send.body());
    return Wrap.rows(files == 1 ? "▣ a file" : "▣ " + files + " files", Tone.STRONG, textColumns());
  }

  private static String state(FileUpload upload) {
    return switch (upload.state()) {
      case WAITING -> "waits to be uploaded";
      case MOVING -> FileLines.percent(upload.done(), upload.file().size());
      case DONE -> "";
    };
  }

  private static String reaction(ClientFrame.React react) {
    var emoji = Sanitizer.line(react.emoji());
    return react.remove().orElse(false)
        ? "remove " + emoji + " from #" + react.target()
        : "react " + emoji + " to #" + react.target();
  }

  private String choices() {
    var retry = keys.hint(Action.RETRY);
    return " (" + retry + " retries, " + keys.hint(Action.DROP) + " drops it)";
  }

  private static Span gutter(OwnPost own) {
    if (own.hasFailed()) return new Span("✗ ", Tone.ERROR);
    if (own.isAcknowledged()) return new Span("✓ ", Tone.GOOD);
    // not on disk yet: a client that is killed now loses it
    return own.isKept() ? new Span("… ", Tone.WAITING) : new Span("◌ ", Tone.WAITING);
  }

  private String time(Entry entry) {
    return CLOCK.format(entry.at().atZone(zone));
  }

  private List<Row> beside(String time, List<Row> text) {
    return beside(
        new Span(time, Tone.QUIET), new Span("", Tone.QUIET), new Span("· ", Tone.QUIET), text);
  }

  private List<Row> beside(Span time, Span name, Span gutter, List<Row> text) {
    var rows = new ArrayList<Row>();
    for (int index = 0; index < text.size(); index++) {
      boolean first = index == 0;
      var fitted = Graphemes.fit(Sanitizer.line(name.text()), nameColumns);
      int pad = nameColumns - Graphemes.columns(fitted);
      var spans = new ArrayList<Span>();
      spans.add(new Span(first ? padded(time.text()) : "      ", time.tone()));
      spans.add(new Span(" ".repeat(first ? pad : nameColumns), Tone.PLAIN));
      if (first) spans.add(new Span(fitted, name.tone(), name.hue()));
      spans.add(new Span(" ", Tone.PLAIN));
      spans.add(first ? gutter : new Span("  ", Tone.PLAIN));
      spans.addAll(text.get(index).spans());
      rows.add(new Row(spans));
    }
    return rows;
  }

  private static String padded(String time) {
    return time.isEmpty() ? "      " : time + " ";
  }
}

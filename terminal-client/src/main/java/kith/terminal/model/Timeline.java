package kith.terminal.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import kith.protocol.frame.Entry;

/// The loaded window of a room's log, never more than `MAX` entries.
///
/// @param end the highest known `seq` of the room
/// @param isWhole the first entry of the log is loaded
/// @param isCut the room's retention removed the entries before the first one
/// @param isLoading a page was requested and has not arrived
public record Timeline(
    List<Entry> entries,
    long end,
    boolean isWhole,
    boolean isCut,
    boolean isLoading,
    Origin origin) {
  public static final int MAX = 600;

  public Timeline {
    entries = List.copyOf(entries);
  }

  /// The origin of the entries.
  public enum Origin {
    SERVER,
    /// an earlier run; the server has not listed the room yet
    FILE,
    /// an earlier run; the server has listed the room, and its first page replaces them
    FILE_OF_LISTED,
    /// one thread: its first message and its replies, with other entries between them
    THREAD
  }

  private Timeline(
      List<Entry> entries, long end, boolean isWhole, boolean isCut, boolean isLoading) {
    this(entries, end, isWhole, isCut, isLoading, Origin.SERVER);
  }

  public static Timeline endingAt(long end) {
    return new Timeline(List.of(), end, end == 0, false, false);
  }

  /// Entries of an earlier run.
  public static Timeline cached(List<Entry> entries, long end) {
    return new Timeline(entries, end, false, false, false, Origin.FILE);
  }

  /// The same entries, in a room that the server has listed.
  ///
  /// @param newEnd may be above them
  public Timeline listed(long newEnd) {
    var known = entries.stream().filter(entry -> entry.seq() <= newEnd).toList();
    return new Timeline(known, newEnd, newEnd == 0, false, false, Origin.FILE_OF_LISTED);
  }

  /// Whether the entries are those of an earlier run.
  public boolean isCached() {
    return origin == Origin.FILE || origin == Origin.FILE_OF_LISTED;
  }

  /// Whether these are the messages of one thread.
  public boolean isThread() {
    return origin == Origin.THREAD;
  }

  /// The first message of a thread and replies, in ascending order.
  public static Timeline ofThread(List<Entry> entries, boolean isWhole) {
    long end = entries.isEmpty() ? 0 : entries.getLast().seq();
    return new Timeline(entries, end, isWhole, false, false, Origin.THREAD);
  }

  /// New entries of the room, of which those of the thread are kept.
  public Timeline arrivedInThread(long root, List<Entry> news) {
    var changed = new ArrayList<>(entries);
    for (var entry : news) {
      boolean isReply = entry instanceof Entry.Message it && it.thread().orElse(0) == root;
      if (isReply && entry.seq() > end) changed.add(entry);
      apply(changed, entry);
    }
    // the first message stays
    while (changed.size() > MAX) changed.remove(1);
    long newEnd = changed.isEmpty() ? end : Math.max(end, changed.getLast().seq());
    return new Timeline(changed, newEnd, isWhole, isCut, isLoading, Origin.THREAD);
  }

  /// Whether the server has not listed the room yet.
  public boolean isUnlisted() {
    return origin == Origin.FILE;
  }

  /// A window somewhere in the log.
  public static Timeline of(List<Entry> page, long end) {
    boolean isWhole = page.isEmpty() || page.getFirst().seq() == 1;
    return new Timeline(page, end, isWhole, false, false);
  }

  public boolean reachesEnd() {
    return isCached() || entries.isEmpty() || entries.getLast().seq() >= end;
  }

  /// The exclusive upper end of the previous page.
  public long before() {
    return isCached() || entries.isEmpty() ? end + 1 : entries.getFirst().seq();
  }

  public long last() {
    return entries.isEmpty() ? end : entries.getLast().seq();
  }

  public Timeline loading(boolean is) {
    return new Timeline(entries, end, isWhole, isCut, is, origin);
  }

  public Optional<Entry> find(long seq) {
    var index = indexOf(seq);
    return index.isPresent() ? Optional.of(entries.get(index.getAsInt())) : Optional.empty();
  }

  public OptionalInt indexOf(long seq) {
    for (int index = entries.size() - 1; index >= 0; index--) {
      long here = entries.get(index).seq();
      if (here == seq) return OptionalInt.of(index);
      if (here < seq) break;
    }
    return OptionalInt.empty();
  }

  /// New entries at the end of the log.
  ///
  /// @param isRead the user has scrolled up: the entries on the screen must not be dropped
  public Timeline arrived(List<Entry> news, boolean isRead) {
    var fresh = news.stream().filter(entry -> entry.seq() > end).toList();
    if (fresh.isEmpty()) return this;
    if (isCached()) return endingAt(end).loading(isLoading).arrived(news, isRead);
    long newEnd = fresh.getLast().seq();
    var changed = new ArrayList<>(entries);
    boolean grows = reachesEnd() && !(isRead && entries.size() + fresh.size() > MAX);
    if (grows) changed.addAll(fresh);
    fresh.forEach(entry -> apply(changed, entry));
    int over = Math.max(0, changed.size() - MAX);
    var grown =
        new Timeline(
            changed.subList(over, changed.size()),
            newEnd,
            isWhole && over == 0,
            isCut && over == 0,
            isLoading);
    for (var entry : fresh) if (entry instanceof Entry.Truncated it) grown = grown.from(it.first());
    return grown;
  }

  /// Without the entries before `first`, which the room does not keep.
  private Timeline from(long first) {
    var kept = entries.stream().filter(entry -> entry.seq() >= first).toList();
    boolean isWholeNow = kept.isEmpty() || kept.getFirst().seq() <= first;
    return new Timeline(kept, end, isWholeNow, isWholeNow && first > 1, isLoading);
  }

  /// An earlier page.
  public Timeline older(List<Entry> page, boolean more) {
    if (isCached()) return endingAt(end).older(page, more);
    // requested before the window moved elsewhere
    if (!page.isEmpty() && page.getLast().seq() + 1 < before()) return loading(false);
    var changed = new ArrayList<Entry>();
    page.stream().filter(entry -> entry.seq() < before()).forEach(changed::add);
    // the page's messages have their reactions and pins as of the end of the page
    entries.forEach(entry -> amend(changed, entry));
    changed.addAll(entries);
    var kept = changed.subList(0, Math.min(MAX, changed.size()));
    boolean isCutHere = !more && !kept.isEmpty() && kept.getFirst().seq() > 1;
    return new Timeline(kept, end, !more, isCutHere, false);
  }

  /// A later page, if the window does not reach the end.
  public Timeline newer(List<Entry> page) {
    if (!page.isEmpty() && page.getFirst().seq() > last() + 1) return loading(false);
    var changed = new ArrayList<>(entries);
    var later = page.stream().filter(entry -> entry.seq() > last()).toList();
    later.forEach(entry -> amend(changed, entry));
    changed.addAll(later);
    int over = Math.max(0, changed.size() - MAX);
    long newEnd = page.isEmpty() ? end : Math.max(end, page.getLast().seq());
    return new Timeline(
        changed.subList(over, changed.size()),
        newEnd,
        isWhole && over == 0,
        isCut && over == 0,
        false);
  }

  /// The server's log ends earlier than before: drops the entries after `to`.
  public Timeline rewound(long to) {
    return new Timeline(
        entries.stream().filter(entry -> entry.seq() <= to).toList(),
        to,
        isWhole,
        isCut,
        false,
        origin);
  }

  private static void apply(List<Entry> entries, Entry news) {
    switch (news) {
      case Entry.Edited edited ->
          edited
              .body()
              .ifPresent(body ->
                  change(
                      entries, edited.target(), it -> edited(it, edited.seq(), edited.at(), body)));
      case Entry.Redacted redacted ->
          change(
              entries,
              redacted.target(),
              it -> redacted(it, redacted.seq(), redacted.at(), redacted.by()));
      case Entry.Reacted _, Entry.Pinned _ -> amend(entries, news);
      case Entry.Message _,
          Entry.Created _,
          Entry.Joined _,
          Entry.Left _,
          Entry.Kicked _,
          Entry.Banned _,
          Entry.Unbanned _,
          Entry.RoleChanged _,
          Entry.SettingsChanged _,
          Entry.Invited _,
          Entry.InvitationRevoked _,
          Entry.Deleted _,
          Entry.Truncated _,
          Entry.Hidden _,
          Entry.Unknown _ -> {}
    }
  }

  /// Changes a message by a reaction or a pin.
  private static void amend(List<Entry> entries, Entry news) {
    if (news instanceof Entry.Reacted reacted)
      change(entries, reacted.target(), it -> Reactions.applied(it, reacted));
    if (news instanceof Entry.Pinned pinned)
      change(entries, pinned.target(), it -> pinned(it, pinned));
  }

  private static Entry.Message pinned(Entry.Message message, Entry.Pinned news) {
    boolean isPinned = !news.removed().orElse(false) && message.redaction().isEmpty();
    return message.withPin(
        isPinned ? Optional.of(new Entry.Pin(news.at(), news.by())) : Optional.empty());
  }

  private interface Change {
    Entry.Message to(Entry.Message message);
  }

  private static void change(List<Entry> entries, long target, Change how) {
    entries.replaceAll(entry ->
        entry.seq() == target && entry instanceof Entry.Message message ? how.to(message) : entry);
  }

  private static Entry.Message edited(Entry.Message it, long seq, Instant at, String body) {
    return new Entry.Message(
            it.seq(),
            it.at(),
            it.by(),
            it.id(),
            it.body(),
            it.replyTo(),
            Optional.of(new Entry.LatestEdit(seq, at, body)),
            it.redaction(),
            it.mentions(),
            Optional.empty(),
            it.files(),
            it.program())
        .withReactions(Reactions.of(it))
        .withPin(it.pin())
        .inThread(it.thread());
  }

  private static Entry.Message redacted(Entry.Message it, long seq, Instant at, String by) {
    return new Entry.Message(
            it.seq(),
            it.at(),
            it.by(),
            it.id(),
            Optional.empty(),
            it.replyTo(),
            Optional.empty(),
            Optional.of(new Entry.Redaction(seq, at, by)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            it.program())
        .inThread(it.thread());
  }
}

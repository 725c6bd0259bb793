package kith.terminal.model;

import java.util.Comparator;
import java.util.List;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomAnswers.Member;

/// A room as this client knows it.
///
/// @param members owners, moderators, then the others
/// @param own posts without an entry yet, oldest first
/// @param draft what was typed here and not sent
public record Room(
    String id,
    String name,
    String topic,
    Listed listed,
    Timeline log,
    Reading reading,
    Receipts receipts,
    List<RoomAnswers.Member> members,
    List<Own> own,
    Editor draft) {
  public static final int MOST_MEMBERS = 1_000;

  private static final Comparator<Member> STANDING =
      Comparator.comparing(Member::role).reversed().thenComparing(Member::user);

  public Room {
    members = List.copyOf(members);
    own = List.copyOf(own);
  }

  /// A room of which nothing but its id is known.
  public static Room unknown(String id) {
    return at(id, 0, 0);
  }

  /// A room one has just come into: all of it counts as read.
  public static Room of(RoomAnswers.Room answer) {
    long end = answer.lastSeq().orElse(0L);
    return at(answer.room(), end, end)
        .with(Listed.NOT.with(answer.with()))
        .named(answer.title(), answer.topic());
  }

  public static Room of(InboxRoom row) {
    return at(row.room(), row.seq(), row.read()).listed(row).marked();
  }

  /// The unread line goes to where reading stopped, or is to begin again.
  public Room marked() {
    return with(reading.markedAt(listed.unreadFrom().orElse(reading.read() + 1) - 1));
  }

  private static Room at(String id, long end, long read) {
    return new Room(
        id,
        "",
        "",
        Listed.NOT,
        Timeline.endingAt(end),
        Reading.of(read),
        Receipts.NONE,
        List.of(),
        List.of(),
        Editor.empty());
  }

  /// As the server's list of rooms has it now. What was read here and is not in it yet counts.
  public Room listed(InboxRoom row) {
    boolean isRead = reading.read() >= row.seq();
    int unread = isRead ? 0 : Math.clamp(row.unread(), 0, Integer.MAX_VALUE);
    int mentions = isRead ? 0 : row.mentions().orElse(0);
    var newReading = reading.readTo(row.read()).counting(unread, mentions);
    return named(row.title().orElse(name), topic).with(listed.changed(row)).with(newReading);
  }

  /// Whether it has something that was not read.
  public boolean isUnread() {
    return reading.unread() > 0 || listed.unreadFrom().isPresent();
  }

  /// Whether it calls for attention.
  public boolean calls() {
    return reading.mentions() > 0 || (isUnread() && !listed.isMuted());
  }

  public Room named(String newName, String newTopic) {
    return new Room(id, newName, newTopic, listed, log, reading, receipts, members, own, draft);
  }

  public Room with(Listed newListed) {
    return new Room(id, name, topic, newListed, log, reading, receipts, members, own, draft);
  }

  public Room with(Timeline newLog) {
    return new Room(id, name, topic, listed, newLog, reading, receipts, members, own, draft);
  }

  public Room with(Reading newReading) {
    return new Room(id, name, topic, listed, log, newReading, receipts, members, own, draft);
  }

  public Room with(Receipts newReceipts) {
    return new Room(id, name, topic, listed, log, reading, newReceipts, members, own, draft);
  }

  public Room withMembers(List<RoomAnswers.Member> newMembers) {
    var sorted = newMembers.stream().sorted(STANDING).toList();
    return new Room(id, name, topic, listed, log, reading, receipts, sorted, own, draft);
  }

  public Room withOwn(List<Own> newOwn) {
    return new Room(id, name, topic, listed, log, reading, receipts, members, newOwn, draft);
  }

  public Room with(Editor newDraft) {
    return new Room(id, name, topic, listed, log, reading, receipts, members, own, newDraft);
  }
}

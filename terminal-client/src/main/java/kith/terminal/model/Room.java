package kith.terminal.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kith.protocol.Role;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.rest.Inboxes.InboxRoom;
import kith.protocol.rest.RoomAnswers;
import kith.protocol.rest.RoomAnswers.Member;

/// This client's view of a room.
///
/// @param members owners, moderators, then the others
/// @param ownPosts posts without an entry, oldest first
/// @param answers of bots that only this user sees, oldest first
/// @param draft the unsent text in the editor
/// @param threads its threads, and the one that is on the screen
public record Room(
    String id,
    String name,
    String topic,
    RoomListing listing,
    Timeline log,
    Reading reading,
    ReadReceipts receipts,
    List<RoomAnswers.Member> members,
    List<OwnPost> ownPosts,
    List<PrivateAnswer> answers,
    Editor draft,
    RoomThreads threads) {
  public static final int MAX_MEMBERS = 1_000;
  private static final int MAX_ANSWERS = 50;

  private static final Comparator<Member> STANDING =
      Comparator.comparing(Member::role).reversed().thenComparing(Member::user);

  public Room {
    members = List.copyOf(members);
    ownPosts = List.copyOf(ownPosts);
    answers = List.copyOf(answers);
  }

  /// A room of which only the id is known.
  public static Room unknown(String id) {
    return at(id, 0, 0);
  }

  /// A room that was just joined: all of it counts as read.
  public static Room of(RoomAnswers.Room answer) {
    long end = answer.lastSeq().orElse(0L);
    return at(answer.room(), end, end)
        .with(RoomListing.NONE.with(answer.with()))
        .named(answer.title(), answer.topic());
  }

  public static Room of(InboxRoom row) {
    return at(row.room(), row.seq(), row.read()).listed(row).marked();
  }

  /// Moves the unread line to the read position, or to the entry from which the user marked the
  /// room as unread.
  public Room marked() {
    return with(reading.markedAt(listing.unreadFrom().orElse(reading.read() + 1) - 1));
  }

  private static Room at(String id, long end, long read) {
    return new Room(
        id,
        "",
        "",
        RoomListing.NONE,
        Timeline.endingAt(end),
        Reading.of(read),
        ReadReceipts.NONE,
        List.of(),
        List.of(),
        List.of(),
        Editor.empty(),
        RoomThreads.NONE);
  }

  /// Applies a row of the inbox. A read position of this client that the row does not contain yet
  /// is kept.
  public Room listed(InboxRoom row) {
    boolean isRead = reading.read() >= row.seq();
    int unread = isRead ? 0 : Math.clamp(row.unread(), 0, Integer.MAX_VALUE);
    int mentions = isRead ? 0 : row.mentions().orElse(0);
    var newReading = reading.readTo(row.read()).counting(unread, mentions);
    return named(row.title().orElse(name), topic).with(listing.changed(row)).with(newReading);
  }

  /// Whether it has unread messages or is marked as unread.
  public boolean isUnread() {
    return reading.unread() > 0 || listing.unreadFrom().isPresent();
  }

  /// Whether it counts as unread in the title and for Alt-a.
  public boolean needsAttention() {
    return reading.mentions() > 0 || (isUnread() && !listing.isMuted());
  }

  /// Whether a user moderates or owns it, as far as its members are known.
  public boolean isModerator(String user) {
    return members.stream()
        .anyMatch(it -> it.user().equals(user) && it.role().isAtLeast(Role.MODERATOR));
  }

  public Room named(String newName, String newTopic) {
    return new Room(
        id, newName, newTopic, listing, log, reading, receipts, members, ownPosts, answers, draft,
        threads);
  }

  public Room with(RoomListing newListing) {
    return new Room(
        id,
        name,
        topic,
        newListing,
        log,
        reading,
        receipts,
        members,
        ownPosts,
        answers,
        draft,
        threads);
  }

  public Room with(Timeline newLog) {
    return new Room(
        id, name, topic, listing, newLog, reading, receipts, members, ownPosts, answers, draft,
        threads);
  }

  public Room with(Reading newReading) {
    return new Room(
        id,
        name,
        topic,
        listing,
        log,
        newReading,
        receipts,
        members,
        ownPosts,
        answers,
        draft,
        threads);
  }

  public Room with(ReadReceipts newReceipts) {
    return new Room(
        id,
        name,
        topic,
        listing,
        log,
        reading,
        newReceipts,
        members,
        ownPosts,
        answers,
        draft,
        threads);
  }

  public Room withMembers(List<RoomAnswers.Member> newMembers) {
    var sorted = newMembers.stream().sorted(STANDING).toList();
    return new Room(
        id, name, topic, listing, log, reading, receipts, sorted, ownPosts, answers, draft,
        threads);
  }

  public Room withOwnPosts(List<OwnPost> newOwnPosts) {
    return new Room(
        id,
        name,
        topic,
        listing,
        log,
        reading,
        receipts,
        members,
        newOwnPosts,
        answers,
        draft,
        threads);
  }

  /// The oldest answers are dropped.
  public Room withAnswer(PrivateAnswer answer) {
    var all = new ArrayList<>(answers);
    all.add(answer);
    var latest = all.subList(Math.max(0, all.size() - MAX_ANSWERS), all.size());
    return new Room(
        id, name, topic, listing, log, reading, receipts, members, ownPosts, latest, draft,
        threads);
  }

  public Room with(Editor newDraft) {
    return new Room(
        id, name, topic, listing, log, reading, receipts, members, ownPosts, answers, newDraft,
        threads);
  }

  public Room with(RoomThreads newThreads) {
    return new Room(
        id,
        name,
        topic,
        listing,
        log,
        reading,
        receipts,
        members,
        ownPosts,
        answers,
        draft,
        newThreads);
  }

  /// The view with the focus: the room, or the thread that is open in it.
  public Room shown() {
    return threads.pane().filter(ThreadPane::hasFocus).map(this::ofThread).orElse(this);
  }

  /// The thread that is open in the room, with its timeline and its reading instead of the room's.
  public Optional<Room> thread() {
    return threads.pane().map(this::ofThread);
  }

  private Room ofThread(ThreadPane pane) {
    var own = ownPosts.stream().filter(it -> isOf(pane, it.post())).toList();
    return new Room(
        id,
        name,
        topic,
        listing,
        pane.log(),
        pane.reading(),
        receipts,
        members,
        own,
        List.of(),
        draft,
        threads);
  }

  private static boolean isOf(ThreadPane pane, ClientFrame.Post post) {
    var about =
        switch (post) {
          case ClientFrame.Send send -> send.replyTo();
          case ClientFrame.Edit edit -> OptionalLong.of(edit.target());
          case ClientFrame.Redact redact -> OptionalLong.of(redact.target());
          case ClientFrame.React react -> OptionalLong.of(react.target());
          case ClientFrame.Pin pin -> OptionalLong.of(pin.target());
          case ClientFrame.FeaturePost _ -> OptionalLong.empty();
        };
    return about.isPresent()
        && (about.getAsLong() == pane.root() || pane.log().find(about.getAsLong()).isPresent());
  }

  /// The room after a change of the timeline or the reading of the [#shown] view.
  public Room afterShown(Room changed) {
    return threads.pane().filter(ThreadPane::hasFocus).isEmpty() ? changed : afterThread(changed);
  }

  /// The room after a change of the timeline or the reading of its [#thread].
  public Room afterThread(Room changed) {
    return with(threads.changingPane(it -> it.with(changed.log).with(changed.reading)));
  }

  /// Whether an entry is shown in the pane of its thread only. A reply to a message that is no
  /// longer kept is shown in the room.
  ///
  /// @param folds the replies are folded under the first messages of their threads
  public boolean isFolded(Entry entry, boolean folds) {
    if (!folds || log.isThread()) return false;
    if (!(entry instanceof Entry.Message message) || message.thread().isEmpty()) return false;
    boolean isLost = log.isWhole() && message.thread().getAsLong() < log.entries().getFirst().seq();
    return !isLost;
  }
}

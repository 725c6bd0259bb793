package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;
import kith.node.feature.contacts.ContactEntry.Kind;

/// What two accounts want of each other, as far as one of them knows.
///
/// Each side is the only writer of its own stance, says it until the other has heard it, and keeps
/// the latest it heard. What the two are to each other follows from the two stances alone; so once
/// both are known on both sides, both see the same.
///
/// @param told the version of `mine` that the other has heard
/// @param since when it became what it is
record Relationship(
    ContactIntent mine, ContactIntent theirs, long told, Instant since, Optional<String> note) {
  static final Relationship NONE =
      new Relationship(
          ContactIntent.NOTHING, ContactIntent.NOTHING, 0, Instant.EPOCH, Optional.empty());

  Kind kind() {
    var isMine = mine.holds(theirs);
    var isTheirs = theirs.holds(mine);
    if (isMine && isTheirs) return Kind.CONTACT;
    return isMine ? Kind.OUTGOING : isTheirs ? Kind.INCOMING : Kind.NONE;
  }

  /// The stance to take to be contacts; absent if it is taken.
  Optional<ContactIntent> wanting() {
    return mine.holds(theirs) ? Optional.empty() : Optional.of(mine.wanting(theirs));
  }

  /// The stance to take to have nothing to do with each other.
  Optional<ContactIntent> ending() {
    return kind() == Kind.NONE ? Optional.empty() : Optional.of(mine.ending(theirs));
  }

  /// A contact, or one's own request.
  boolean isWanted() {
    return kind() == Kind.CONTACT || kind() == Kind.OUTGOING;
  }

  /// The other has asked once, and was never told anything.
  boolean isOfStranger() {
    return mine.version() == 0;
  }

  boolean isToTell() {
    return told < mine.version();
  }

  boolean isNews(ContactIntent heard) {
    return heard.version() > theirs.version();
  }

  Relationship taking(ContactIntent stance, Instant at) {
    return changed(new Relationship(stance, theirs, told, since, note), at);
  }

  Relationship hearing(ContactIntent stance, Instant at) {
    return isNews(stance) ? changed(new Relationship(mine, stance, told, since, note), at) : this;
  }

  Relationship told(long version) {
    return new Relationship(mine, theirs, Math.max(told, version), since, note);
  }

  Relationship noting(Optional<String> words) {
    return new Relationship(mine, theirs, told, since, words);
  }

  private Relationship changed(Relationship now, Instant at) {
    return now.kind() == kind()
        ? now
        : new Relationship(now.mine, now.theirs, now.told, at, now.note);
  }

  ContactEntry with(String user) {
    return new ContactEntry(user, kind(), note, since);
  }
}

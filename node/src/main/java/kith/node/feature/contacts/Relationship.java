package kith.node.feature.contacts;

import java.time.Instant;
import java.util.Optional;
import kith.node.feature.contacts.ContactEntry.Kind;

/// One account's view of the intents of two accounts towards each other.
///
/// Each account alone decides its own intent, sends it until the other has confirmed it, and keeps
/// the latest intent of the other. The relationship follows from the two intents alone; once both
/// accounts have both intents, both see the same relationship.
///
/// @param told the version of `mine` that the other account has confirmed
/// @param since when the kind of the relationship last changed
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

  /// The intent that asks or accepts; absent if the account already has it.
  Optional<ContactIntent> wanting() {
    return mine.holds(theirs) ? Optional.empty() : Optional.of(mine.wanting(theirs));
  }

  /// The intent that ends the relationship; absent if there is none.
  Optional<ContactIntent> ending() {
    return kind() == Kind.NONE ? Optional.empty() : Optional.of(mine.ending(theirs));
  }

  /// A contact, or a request of this account.
  boolean isWanted() {
    return kind() == Kind.CONTACT || kind() == Kind.OUTGOING;
  }

  /// The other user has asked, and this account has never had an intent.
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
